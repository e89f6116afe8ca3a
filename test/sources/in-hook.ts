import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { cleanEnv, tempDir } from '../helpers/repo.ts';

/** What git gives a hook. */
export interface HookCall {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface GitCall {
  /** Folder in which the user types the command. */
  readonly cwd: string;
  readonly args: readonly string[];
  readonly stdin?: string;
}

/**
 * Runs a git command with a real hook that stands still while `look` is called with its folder and environment, when the
 * temporary index exists that git has made. Returns what `look` saw; throws if the hook was not run or git failed.
 */
export async function inHook<T>(
  hooksDir: string,
  hook: string,
  call: GitCall,
  look: (hook: HookCall) => Promise<T>,
): Promise<T> {
  const [said, goOn] = fifos();
  mkdirSync(hooksDir, { recursive: true });
  const file = join(hooksDir, hook);
  writeFileSync(file, `#!/bin/sh\n{ pwd; env -0; } > '${said}'\ncat '${goOn}'\n`);
  chmodSync(file, 0o755);

  const child = spawn('git', [...call.args], { cwd: call.cwd, env: cleanEnv(), stdio: 'pipe' });
  onTestFinished(() => void child.kill('SIGKILL'));
  let words = '';
  child.stdout.on('data', (chunk: Buffer) => (words += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
  child.stdin.end(call.stdin ?? '');
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const early = ended.then((code) => {
    throw new Error(`git ended with ${code} before the hook ran: ${words}`);
  });
  const answer = await Promise.race([readFile(said, 'utf8'), early]);
  early.catch(() => undefined);
  const seen = await look(parse(answer)).finally(() => writeFile(goOn, ''));
  if ((await ended) !== 0) throw new Error(`git failed: ${words}`);
  return seen;
}

function fifos(): readonly [string, string] {
  const dir = tempDir();
  const paths = [join(dir, 'said'), join(dir, 'go-on')] as const;
  execFileSync('mkfifo', [...paths]);
  return paths;
}

/** Variables that git did not pass on are undefined, so that they are not taken from the test's own environment. */
function parse(answer: string): HookCall {
  const end = answer.indexOf('\n');
  const given = answer
    .slice(end + 1)
    .split('\0')
    .filter((entry) => entry !== '');
  const env = Object.fromEntries(
    given.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
  );
  return { cwd: answer.slice(0, end), env };
}
