// `npm run bench`: one table, every row an interleaved run A B A B … on this machine, against its bound. Not a test:
// a busy machine makes every number worse, and the pairs worse alike.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ruleset } from '../../dist/compiled/ruleset.js';
import { viewsOf } from '../../dist/decode/views.js';
import { judge } from '../../dist/judge/judge.js';
import { createScanner } from '../../dist/scanner.js';
import { randomFrom } from '../../dist/ruleset/fill-template.js';

const RUNS = Number(process.env.BENCH_RUNS ?? 15);
const keyguard = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'bin', 'keyguard.js');
const folder = mkdtempSync(join(tmpdir(), 'keyguard-bench-'));
const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C' };
for (const name of Object.keys(env)) if (/^GIT_(?!CONFIG)|^CI$/u.test(name)) delete env[name];

const NODE = { name: 'node -e 0', command: process.execPath, args: ['-e', '0'] };
const DIFF = { name: 'git diff-index -p', command: 'git', args: ['diff-index', '--cached', '-p', 'HEAD'] };
const HOOK = { name: 'keyguard hook', command: process.execPath, args: [keyguard, 'hook', 'pre-commit'] };
const SCAN = { name: 'keyguard scan', command: process.execPath, args: [keyguard, 'scan'] };

const COMMON = (
  'const let return await function => { } ( ) import from export interface readonly string number the a of is not ' +
  'request.headers.get response.json() userId projectName createClient({ model: messages: [ ] temperature: 0.7 // why'
).split(' ');
const LURES = ['task-list', 'risk-model', 'openai.chat', 'class="sk-circle"', 'apiKey:'];

try {
  console.log(`node ${process.version}, ${RUNS} runs each, wall time in ms: min / median / max; memory in MB\n`);
  for (const [files, bytes, bound] of [
    [1, 4_000, 35],
    [10, 4_000, 35],
    [20, 5_000, 35],
    [200, 5_000, 60],
  ]) {
    const repo = repository(`staged-${files}`, files, bytes);
    table(`hook, ${files} staged files of ${bytes / 1000} KB (bound: node + ${bound} ms, node + 30 MB)`, repo, [
      NODE,
      DIFF,
      HOOK,
    ]);
  }
  table('hook, one file of 1 MB', repository('big', 1, 1_000_000), [NODE, DIFF, HOOK]);
  rulesTable();
  const given = process.argv[2];
  if (given !== undefined) table(`tree of ${given}`, given, [NODE, SCAN], 3);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function repository(name, files, bytes) {
  const dir = join(folder, name);
  mkdirSync(dir);
  const git = (...args) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: dir, env });
  git('init', '-q');
  for (let i = 0; i < 300; i += 1) writeFileSync(join(dir, `old-${i}.ts`), source(i, 3_000));
  git('add', '.');
  git('commit', '-qm', 'old');
  for (let i = 0; i < files; i += 1) writeFileSync(join(dir, `new-${i}.ts`), source(1000 + i, bytes));
  git('add', '.');
  return dir;
}

/**
 * Text that looks like code to a scanner: common words, and one in 500 that begins as a key does. That is plenty: in the
 * 57 MB of a large AI SDK there are 264 of them.
 */
function source(seed, bytes) {
  const random = randomFrom(seed);
  let text = '';
  while (text.length < bytes) {
    const words = random() < 0.002 ? LURES : COMMON;
    text += `${words[Math.floor(random() * words.length)]}${random() < 0.12 ? '\n' : ' '}`;
  }
  return text;
}

function table(title, cwd, commands, runs = RUNS) {
  console.log(title);
  const times = commands.map(() => []);
  for (const command of commands) once(command, cwd);
  for (let run = 0; run < runs; run += 1)
    for (const [i, command] of commands.entries()) times[i].push(once(command, cwd));
  const base = median(times[0]);
  for (const [i, command] of commands.entries()) {
    const sorted = times[i].toSorted((a, b) => a - b);
    const numbers = [sorted[0], median(sorted), sorted.at(-1)].map((ms) => ms.toFixed(1).padStart(8)).join(' /');
    const memory =
      command.command === process.execPath ? `${memoryOf(command, cwd).toFixed(0).padStart(5)} MB` : '        ';
    console.log(`  ${command.name.padEnd(20)}${numbers}  ${memory}  node + ${(median(sorted) - base).toFixed(1)} ms`);
  }
  console.log('');
}

/** What a rule costs: every second one against all, in one program, in turn, over text as it is in the hook's rows. */
function rulesTable() {
  const all = ruleset.rules;
  const half = all.filter((_, index) => index % 2 === 0);
  const texts = Array.from({ length: 400 }, (_, i) => Buffer.from(source(5000 + i, 20_000)));
  const scans = [half, all].map((rules) => ({ matcher: createScanner({ ...ruleset, rules }).matcher, times: [] }));
  for (let run = -2; run < RUNS; run += 1) {
    for (const { matcher, times } of scans) {
      const start = process.cpuUsage();
      for (const bytes of texts) {
        const window = { bytes, base: 0, ownStart: 0, ownEnd: bytes.length, last: true };
        for (const view of viewsOf(window)) judge(matcher.findMatches(view));
      }
      const { user, system } = process.cpuUsage(start);
      if (run >= 0) times.push((user + system) / 1000);
    }
  }
  const [less, more] = scans.map(({ times }) => median(times));
  const percent = ((more / less - 1) * (100 / (all.length - half.length)) * 100).toFixed(1);
  console.log(`8 MB read, CPU ms (bound: 100 rules cost less than 10 %)`);
  console.log(
    `  ${half.length} rules ${less.toFixed(1)}, ${all.length} rules ${more.toFixed(1)}: 100 rules cost ${percent} %\n`,
  );
}

function once({ command, args }, cwd) {
  const start = performance.now();
  const done = spawnSync(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 });
  if (done.error !== undefined || done.status === null || done.status > 1) {
    throw new Error(`${command} ${args.join(' ')} ended with ${done.status ?? done.signal}: ${done.stderr}`);
  }
  return performance.now() - start;
}

/** Asked in a run of its own: a preloaded script writes the peak at the end. */
function memoryOf({ command, args }, cwd) {
  const out = join(folder, 'rss');
  const preload = join(folder, 'rss.cjs');
  writeFileSync(
    preload,
    `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(out)}, String(process.resourceUsage().maxRSS)));`,
  );
  spawnSync(command, ['--require', preload, ...args], { cwd, env, stdio: 'ignore' });
  return Number(readFileSync(out, 'utf8')) / 1024;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
