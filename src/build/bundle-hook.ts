import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** `keyguard hook` runs on every commit: one file starts faster than forty. */
export async function bundleHook(top: string): Promise<void> {
  const entry = join(top, 'dist', 'cli', 'hook.js');
  if (!existsSync(entry)) return;
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({ input: entry, platform: 'node', external: ['#compiled/guidance'] });
  await bundle.write({ file: join(top, 'dist', 'hook.js'), format: 'esm' });
}
