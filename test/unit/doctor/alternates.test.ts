import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alternatesOf } from '../../../src/doctor/alternates.ts';
import { cleanEnv, tempDir } from '../../helpers/repo.ts';

describe('the objects of the repository, as git reads them from the environment', () => {
  it.each(['plain', 'with space', 'a:b', '"quoted"', String.raw`back\slash:"`, 'new\nline', '#number'])(
    '%j',
    (name) => {
      const home = tempDir();
      const repo = join(home, name);
      mkdirSync(repo);
      const git = (args: readonly string[], env: Readonly<Record<string, string>> = {}, input = ''): string =>
        execFileSync('git', args, {
          cwd: home,
          env: cleanEnv(env),
          input,
          encoding: 'utf8',
          stdio: ['pipe', 'pipe', 'pipe'],
        });
      git(['init', '-q', repo]);
      const oid = git(['-C', repo, 'hash-object', '-w', '--stdin'], {}, 'here\n').trim();
      git(['init', '-q', join(home, 'other')]);
      const objects = join(repo, '.git', 'objects');
      const inherited = join(dirname(repo), 'nowhere');
      const value = alternatesOf(objects, { env: { GIT_ALTERNATE_OBJECT_DIRECTORIES: inherited }, platform: 'linux' });
      const seen = git(['-C', join(home, 'other'), 'cat-file', 'blob', oid], {
        GIT_ALTERNATE_OBJECT_DIRECTORIES: value,
      });
      expect(seen).toBe('here\n');
      expect(() => git(['-C', join(home, 'other'), 'cat-file', 'blob', oid])).toThrow(
        /could not get object info|Not a valid object|bad file/u,
      );
    },
  );
});
