import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { cleanEnv, repoAt, tempDir, type TestRepo } from './repo.ts';

/** What a run of the fake keyguard saw. */
export interface Seen {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly index: string;
  /** Paths that git calls staged when it is asked from inside of the hook. */
  readonly staged: readonly string[];
}

export interface GitRun {
  readonly code: number | null;
  readonly stderr: string;
}

export interface HookedRepo extends TestRepo {
  /** A fake `keyguard.js` outside of the repository, which records how it was called. */
  readonly bin: string;
  /** Runs git; `EXIT` in `env` is what the fake keyguard ends with, `RECORD` is where hooks may write lines too. */
  readonly run: (args: readonly string[], env?: Readonly<Record<string, string>>, cwd?: string) => GitRun;
  /** What keyguard saw since the last call. */
  readonly seen: () => readonly Seen[];
  /** The lines of the record since the last call. */
  readonly record: () => readonly string[];
}

// A name would be looked up in the PATH that a test gives to git.
const GIT = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();

const FAKE_KEYGUARD = `
const { appendFileSync, readFileSync } = require('node:fs');
const { execFileSync } = require('node:child_process');
const staged = execFileSync('git', ['diff-index', '--cached', '--name-only', '-z', process.env.AGAINST || 'HEAD'], { encoding: 'utf8' });
const stdin = process.argv[3] === 'pre-push' || process.argv[3] === 'pre-receive' ? readFileSync(0, 'utf8') : undefined;
appendFileSync(process.env.RECORD, JSON.stringify({ stdin,
  argv: process.argv.slice(2), cwd: process.cwd(), index: process.env.GIT_INDEX_FILE, staged: staged.split('\\0').filter(Boolean),
}) + '\\n');
process.exitCode = Number(process.env.EXIT || 0);
`;

/** A repository with one commit (`a.txt`) and a fake keyguard that is not installed yet. `name` is the folder's. */
export function hookedRepo(name = 'repo', initArgs: readonly string[] = []): HookedRepo {
  const home = realpathSync(tempDir());
  const dir = join(home, name);
  mkdirSync(dir);
  execFileSync(GIT, ['init', '-q', '-b', 'main', ...initArgs, dir], { env: cleanEnv() });
  const bin = join(home, "it's $(false) `fake`", 'keyguard.js');
  mkdirSync(dirname(bin));
  writeFileSync(bin, FAKE_KEYGUARD);
  const file = join(home, 'record');
  const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}, cwd = dir): GitRun => {
    const done = spawnSync(GIT, args, { cwd, env: cleanEnv({ RECORD: file, ...env }), encoding: 'utf8' });
    return { code: done.status, stderr: done.stderr };
  };
  const record = (): readonly string[] => {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
    writeFileSync(file, '');
    return lines;
  };
  const seen = (): readonly Seen[] => record().map((line): Seen => JSON.parse(line));
  const repo = repoAt(dir);
  repo.commit('a.txt', 'a\n');
  return { ...repo, bin, run, seen, record };
}

/** Every file below a folder with its mode, date and content or link: two of them are equal only if nothing changed. */
export function snapshot(folder: string, at = ''): readonly string[] {
  const path = join(folder, at);
  const info = lstatSync(path, { throwIfNoEntry: false });
  if (info === undefined) return [];
  if (info.isDirectory()) {
    const below = readdirSync(path).toSorted();
    return [`${at}/`, ...below.flatMap((name) => snapshot(folder, join(at, name)))];
  }
  const content = info.isSymbolicLink() ? `-> ${readlinkSync(path)}` : readFileSync(path, 'latin1');
  return [`${at} ${info.mode.toString(8)} ${info.mtimeMs} ${content}`];
}
