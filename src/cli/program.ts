import type { Program } from '../report/program.ts';

/** By the path with which node was started: a link in a folder of the PATH for what is installed for all projects. */
export function programOf(bin: string | undefined): Program {
  return /[\\/]node_modules[\\/]/u.test(bin ?? '') ? 'npx keyguard' : 'keyguard';
}
