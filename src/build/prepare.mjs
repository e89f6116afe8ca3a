// What `npm ci` runs in a clone. It runs again whenever npx is used here, so it is quiet, works offline, and does
// nothing while the build is newer than its sources. Plain JavaScript, because it runs before anything is compiled.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const stamp = join(top, 'dist', '.built');

function newest(path) {
  const info = statSync(path);
  if (!info.isDirectory()) return info.mtimeMs;
  return Math.max(info.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** What went wrong has been printed by the script itself. */
function succeeds(script, args) {
  const done = spawnSync(process.execPath, [script, ...args], { cwd: top, stdio: ['ignore', 'inherit', 'inherit'] });
  return done.status === 0;
}

const sources = ['src', 'rules', 'package.json', 'tsconfig.json'].map((name) => newest(join(top, name)));
const isFresh = existsSync(stamp) && statSync(stamp).mtimeMs > Math.max(...sources);
if (!isFresh) {
  const tsc = join(top, 'node_modules', 'typescript', 'bin', 'tsc');
  const isBuilt =
    succeeds(tsc, ['-p', join(top, 'tsconfig.json')]) && succeeds(join(top, 'dist', 'build', 'build.js'), []);
  if (isBuilt) writeFileSync(stamp, '');
  else process.exitCode = 1;
}

// Our own commits are checked, too. Not in CI, not where git already works for somebody else (`git config` would write
// into that repository), and not where a package manager unpacks us without a `.git`.
const { CI, GIT_DIR } = process.env;
const isClone = existsSync(join(top, '.git'));
if (isClone && !CI && !GIT_DIR && !existsSync(join(top, '.husky', '_', 'h'))) {
  const { default: husky } = await import('husky');
  const trouble = husky();
  if (trouble !== '') console.error(`husky: ${trouble}`);
}
