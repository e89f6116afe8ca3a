import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeKey, type SHAPES } from './keys.ts';
import type { Planted } from './leaks.ts';
import { cleanEnv, repoAt, type TestRepo } from './repo.ts';

type Shape = keyof typeof SHAPES;

function planted(shape: Shape, prefix: string, seed: number): Planted {
  return { key: fakeKey(shape, seed), prefix };
}

/** A key of its own for each place that text can come from. */
export const KEYS = {
  content: planted('openaiProject', 'sk-proj-', 11),
  pushed: planted('openaiProject58', 'sk-proj-', 12),
  beside: planted('openaiAdmin', 'sk-admin-', 13),
  wide: planted('anthropicApi', 'sk-ant-api', 14),
  minified: planted('openaiService', 'sk-svcacct-', 15),
  glued: planted('openrouter', 'sk-or-v1-', 16),
  file: planted('openaiProject', 'sk-proj-', 17),
  folder: planted('openrouter', 'sk-or-v1-', 18),
  top: planted('openaiLegacy', 'sk-', 19),
  branch: planted('openaiProject20', 'sk-proj-', 20),
  remote: planted('openaiAdmin74', 'sk-admin-', 21),
  url: planted('anthropicAdmin', 'sk-ant-admin', 22),
  author: planted('openaiNone20', 'sk-None-', 23),
  message: planted('openaiService46', 'sk-svcacct-', 24),
  stash: planted('openaiProject', 'sk-proj-', 25),
  ignore: planted('openrouter', 'sk-or-v1-', 26),
  reason: planted('openaiProject', 'sk-proj-', 27),
  comment: planted('anthropicApi', 'sk-ant-api', 28),
  env: planted('openaiProject', 'sk-proj-', 29),
  argument: planted('openaiProject', 'sk-proj-', 30),
  git: planted('anthropicOauth', 'sk-ant-oat', 31),
} as const;

export const PLANTED: readonly Planted[] = Object.values(KEYS);

/** How a report writes it. */
export function redacted({ key, prefix }: Planted): string {
  return `${prefix}…${key.slice(-4)}`;
}

export interface PlantedRepo extends TestRepo {
  /** Around the repository: for lists, fake programs, temporary files. */
  readonly home: string;
  readonly remove: () => void;
  /** The same repository again, to be changed. */
  readonly copy: () => PlantedRepo;
}

/** A repository with a key in every place from which text can reach a report. Its own folder is named after one, too. */
export function plantedRepo(): PlantedRepo {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'keyguard-canary-')));
  const dir = join(home, `work-${KEYS.top.key}`);
  mkdirSync(dir);
  const { git, write, stage } = repoAt(dir);
  git('init', '-q', '-b', `feature/${KEYS.branch.key}`);
  stage('src/pushed.ts', `export const old = '${KEYS.pushed.key}';\n`);
  commitAs(dir, KEYS.author.key, `Use ${KEYS.message.key}`);
  git('update-ref', `refs/remotes/${KEYS.remote.key}/main`, 'HEAD');
  git('remote', 'add', KEYS.remote.key, `https://me:${KEYS.url.key}@example.com/repo.git`);
  stage('stashed.ts', KEYS.stash.key);
  git('stash', '-q');

  stage(`${KEYS.folder.key}/${KEYS.file.key}.env`, `A=${KEYS.content.key}\n`);
  stage('src/two.ts', `const a = '${KEYS.content.key}', b = '${KEYS.beside.key}';\n`);
  stage('src/again.ts', `const old = '${KEYS.pushed.key}';\n`);
  stage('src/dropped.ts', `const a = '${KEYS.content.key}'; // backup${KEYS.glued.key}\n`);
  stage('src/wide.txt', Buffer.from(`\ufeffkey = ${KEYS.wide.key}\r\n`, 'utf16le'));
  stage('dist/app.min.js', `${'a(1);'.repeat(250_000)}k="${KEYS.minified.key}";${'b(2);'.repeat(150_000)}`);
  stage('src/border.txt', `${'z '.repeat(524_288 - 40)}${KEYS.minified.key} ${KEYS.content.key}\n`);
  stage('src/only-glued.txt', `backup${KEYS.glued.key}\n${KEYS.glued.key}${KEYS.glued.key.slice(20)}\n`);
  stage(
    'src/allowed.ts',
    `x = '${KEYS.content.key}'; // keyguard:allow openai-project-key -- not ${KEYS.comment.key}\n`,
  );
  stage('src/wrong.ts', `x = '${KEYS.content.key}'; // keyguard:allow ${KEYS.comment.key} -- no rule\n`);
  stage('.keyguardignore', `# ${KEYS.ignore.key}\nvendor/${KEYS.ignore.key}/\n`);
  stage(
    'keyguard.config.json',
    `{ /* ${KEYS.ignore.key} */ "overrides": [{ "paths": ["x/${KEYS.ignore.key}/**"], "skipRules": ["openrouter-api-key"] }] }`,
  );
  write(`untracked-${KEYS.file.key}.txt`, KEYS.content.key);
  const remove = (): void => rmSync(home, { recursive: true, force: true });
  return { dir, git, write, stage, commit: repoAt(dir).commit, home, remove, copy: () => copyOf(dir) };
}

function copyOf(from: string): PlantedRepo {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'keyguard-canary-')));
  const dir = join(home, `work-${KEYS.top.key}`);
  cpSync(from, dir, { recursive: true });
  const remove = (): void => rmSync(home, { recursive: true, force: true });
  return { ...repoAt(dir), home, remove, copy: () => copyOf(dir) };
}

function commitAs(dir: string, author: string, message: string): void {
  const env = cleanEnv({ GIT_AUTHOR_NAME: author, GIT_COMMITTER_NAME: author });
  execFileSync('git', ['commit', '-q', '-m', message], { cwd: dir, env });
}

/** All files below a folder with their bytes. */
export function filesBelow(folder: string): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files.set(path, readFileSync(path));
  }
  return files;
}

/** A program called `git` in a folder of its own, to stand first in PATH. */
export function fakeGit(home: string, name: string, script: string): string {
  const folder = join(home, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'git'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return folder;
}
