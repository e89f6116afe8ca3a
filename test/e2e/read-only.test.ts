import { mkdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fakeKey } from '../helpers/keys.ts';
import { snapshot } from '../helpers/hooked-repo.ts';
import { tempDir, tempRepo } from '../helpers/repo.ts';
import { keyguard } from '../helpers/run.ts';

const WITH_KEY = `const key = '${fakeKey('openaiProject')}';\n`;

describe('a scan', () => {
  it('leaves worktree, repository, home and temporary folder as they are', () => {
    const repo = tempRepo();
    repo.commit('old.ts', 'old();\n');
    repo.stage('staged.ts', WITH_KEY);
    repo.write('untracked.ts', WITH_KEY);
    // A file that looks changed: git would refresh its index.
    utimesSync(join(repo.dir, 'old.ts'), 1, 1);
    const home = tempDir();
    for (const name of ['home', 'tmp']) mkdirSync(join(home, name));
    const env = { HOME: join(home, 'home'), TMPDIR: join(home, 'tmp'), XDG_CACHE_HOME: join(home, 'home') };
    const before = [snapshot(repo.dir), snapshot(home)];
    for (const [args, expected] of [
      [['scan'], 1],
      [['scan', 'staged.ts', '--format', 'json'], 1],
      [['scan', '--staged', '--verbose'], 1],
      [['hook', 'pre-commit'], 1],
      [['hook', 'pre-merge-commit'], 1],
      [['scan', '--files-from', 'old.ts'], 2],
      [['scan', '--stdin'], 0],
      [['why', 'staged.ts:1'], 0],
      [['install', '--dry-run'], 0],
    ] as const) {
      expect({ args, code: keyguard(repo.dir, args, { env }).code }).toEqual({ args, code: expected });
      expect([snapshot(repo.dir), snapshot(home)]).toEqual(before);
    }
    repo.git('status');
    expect([snapshot(repo.dir), snapshot(home)]).not.toEqual(before);
  });
});
