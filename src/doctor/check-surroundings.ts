import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from '../host.ts';
import type { HookedRepository } from '../hooks/repository.ts';
import { check, type Check } from './check.ts';
import { textOf } from './hook-state.ts';

/** Variables by which hooks are left out, here and in the start file of husky. */
export function checkEnvironment({ env }: Host, managers: readonly string[]): readonly Check[] {
  const set = SWITCHES.filter(({ variable, off, manager }) => {
    const value = env[variable];
    return value !== undefined && off.test(value) && (manager === null || managers.includes(manager));
  });
  const switched = set.map(({ variable, what }) =>
    check('switched-off', {
      variable: `${variable}=${env[variable] ?? ''}`,
      where: ' in the environment',
      what,
      command: `unset ${variable}`,
    }),
  );
  return managers.includes('husky') ? [...switched, ...checkHuskyStart(env)] : switched;
}

const SWITCHES = [
  { variable: 'KEYGUARD', off: /^0$/u, manager: null, what: 'keyguard checks no commit' },
  { variable: 'HUSKY', off: /^0$/u, manager: 'husky', what: 'husky runs no hook' },
  { variable: 'HUSKY_SKIP_HOOKS', off: /^(?:1|true)$/u, manager: 'husky', what: 'husky 4 runs no hook' },
  { variable: 'LEFTHOOK', off: /^(?:0|false)$/u, manager: 'lefthook', what: 'lefthook runs no hook' },
  { variable: 'LEFTHOOK_EXCLUDE', off: /keyguard/u, manager: 'lefthook', what: 'lefthook leaves keyguard out' },
  {
    variable: 'SKIP',
    off: /(?:^|,)\s*keyguard/u,
    manager: 'pre-commit',
    what: 'the pre-commit framework leaves keyguard out',
  },
  {
    variable: 'SKIP_SIMPLE_GIT_HOOKS',
    off: /^1$/u,
    manager: 'simple-git-hooks',
    what: 'simple-git-hooks runs no hook',
  },
] as const;

/** husky sources it before each hook: https://typicode.github.io/husky/how-to.html#node-version-managers-and-guis */
function checkHuskyStart(env: Host['env']): readonly Check[] {
  const home = env['HOME'] ?? env['USERPROFILE'] ?? '';
  const path = join(env['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'husky', 'init.sh');
  if (!/^[ \t]*(?:export[ \t]+)?HUSKY=["']?0["']?[ \t]*$/mu.test(textOf(path) ?? '')) return [];
  const facts = { variable: 'HUSKY=0', where: ` in ${path}`, what: 'husky runs no hook' };
  return [check('switched-off', { ...facts, command: `sed -i.bak /HUSKY=0/d ${path}` })];
}

/** The workflow that runs keyguard, or what would add it. */
export function checkCi({ top }: HookedRepository): readonly Check[] {
  const files = [
    ...FILES.filter((file) => existsSync(join(top, file))),
    ...FOLDERS.flatMap((folder) => yamlIn(top, folder)),
  ];
  const scripts = scriptsWithKeyguard(textOf(join(top, 'package.json')) ?? '');
  const found = files.find((file) => runsKeyguard(textOf(join(top, file)) ?? '', scripts));
  if (found !== undefined) return [check('ci-found', { file: found })];
  const isGitLab = existsSync(join(top, '.gitlab-ci.yml'));
  return [
    check('ci-missing', {
      file: isGitLab ? 'a job in .gitlab-ci.yml' : 'the steps of a job in .github/workflows',
      lines: isGitLab
        ? 'variables: { GIT_DEPTH: 0 }\nscript: [npx keyguard scan]'
        : '- uses: actions/checkout@v4\n  with: { fetch-depth: 0 }\n- run: npx keyguard scan',
    }),
  ];
}

const FOLDERS = [
  '.github/workflows',
  '.gitea/workflows',
  '.forgejo/workflows',
  '.woodpecker',
  '.buildkite',
  '.circleci',
  '.ci',
];
const FILES =
  '.gitlab-ci.yml azure-pipelines.yml bitbucket-pipelines.yml Jenkinsfile .travis.yml .drone.yml .woodpecker.yml appveyor.yml .appveyor.yml buildspec.yml .cirrus.yml .semaphore/semaphore.yml'.split(
    ' ',
  );

function yamlIn(top: string, folder: string): readonly string[] {
  const path = join(top, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => /\.ya?ml$/u.test(name) || folder === '.ci')
    .map((name) => `${folder}/${name}`);
}

function runsKeyguard(text: string, scripts: readonly string[]): boolean {
  const lines = text.split('\n').filter((line) => !/^\s*#/u.test(line));
  const runs = /\bkeyguard(?:\.js)?["']?\s+(?:scan|audit)\b|uses:\s*\S*\/keyguard(?:-action)?@/u;
  return lines.some((line) => runs.test(line) || scripts.some((name) => calls(line, name)));
}

function calls(line: string, script: string): boolean {
  const word = /\b(?:npm|pnpm|yarn|bun)(?:\s+(?:run|run-script))?\s+(?<script>[\w:.-]+)/u.exec(line)?.groups?.[
    'script'
  ];
  return word === script;
}

function scriptsWithKeyguard(text: string): readonly string[] {
  try {
    const data: unknown = JSON.parse(text);
    const scripts: unknown = typeof data === 'object' && data !== null && 'scripts' in data ? data.scripts : {};
    if (typeof scripts !== 'object' || scripts === null) return [];
    return Object.entries(scripts).flatMap(([name, value]) =>
      /\bkeyguard(?:\.js)?\s+(?:scan|audit)\b/u.test(String(value)) ? [name] : [],
    );
  } catch {
    return [];
  }
}
