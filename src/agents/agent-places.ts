import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import { openPorcelain } from '../sources/git/porcelain.ts';
import type { AgentName } from './agent.ts';
import { holdsHooks } from './edit-toml.ts';

/** The repository in which an agent works; absolute paths. */
export interface Project {
  readonly top: string;
  readonly commonDir: string;
}

export async function findProject(host: Host): Promise<Project> {
  const git = openPorcelain(host);
  try {
    const top = resolve(await git.revParse('--show-toplevel'));
    return { top, commonDir: resolve(await git.revParse('--path-format=absolute', '--git-common-dir')) };
  } catch (cause) {
    throw new KeyguardError(
      'not-a-repository',
      `${host.cwd} is in no working tree of git; change to the project that the agent works in, or run "git init" first.`,
      { cause },
    );
  }
}

/** Every file in which the guard of an agent may stand, below the top. */
export const AGENT_FILES: Readonly<Record<AgentName, readonly string[]>> = {
  claude: ['.claude/settings.json', '.claude/settings.local.json'],
  codex: ['.codex/hooks.json', '.codex/config.toml'],
  cursor: ['.cursor/hooks.json'],
};

/** The one that it goes into. `isShared`: what goes in may be committed for all. */
export function fileFor(agent: AgentName, { top }: Project, isShared: boolean): string {
  switch (agent) {
    case 'claude':
      // The second is for one machine only. https://code.claude.com/docs/en/settings#settings-files
      return join(top, '.claude', isShared ? 'settings.json' : 'settings.local.json');
    case 'codex': {
      const [json, toml] = [join(top, '.codex', 'hooks.json'), join(top, '.codex', 'config.toml')];
      // With both, Codex reads both and warns.
      return !existsSync(json) && existsSync(toml) && holdsHooks(readFileSync(toml, 'utf8')) ? toml : json;
    }
    case 'cursor':
      return join(top, '.cursor', 'hooks.json');
  }
}
