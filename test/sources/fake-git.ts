import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanEnv, tempDir } from '../helpers/repo.ts';

/**
 * A PATH on which `git` is a shell script: the real git, but for one command, which runs `body`. There `$real` is the real
 * git and "$@" its arguments.
 */
export function pathWithFakeGit(command: string, body: string): string {
  const dir = tempDir();
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  const script = `#!/bin/sh
real='${real}'
for word in "$@"; do
  if [ "$word" = '${command}' ]; then
${body}
  fi
done
exec "$real" "$@"
`;
  writeFileSync(join(dir, 'git'), script);
  chmodSync(join(dir, 'git'), 0o755);
  return `${dir}:${cleanEnv()['PATH'] ?? ''}`;
}
