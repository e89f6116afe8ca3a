import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { tempDir } from '../../helpers/repo.ts';

const TOP = fileURLToPath(new URL('../../..', import.meta.url));
const IMPORTS = 'no-restricted-imports';
const FOLDERS = readdirSync(join(TOP, 'src'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .toSorted();

/** Violations of each line of the tables in src/README.md: the folder they are planted in, the text, the lint rule. */
const PLANTED = [
  ['src', "import './cli/main.ts';", IMPORTS],
  ['src', "import 'node:fs';", IMPORTS],
  ['src/model', "import '../match/matcher.ts';", IMPORTS],
  ['src/model', "import 'node:fs';", IMPORTS],
  ['src/decode', "import '../match/matcher.ts';", IMPORTS],
  ['src/decode', "import 'node:zlib';", IMPORTS],
  ['src/match', "import '../judge/judge.ts';", IMPORTS],
  ['src/match', "import 'picomatch';", IMPORTS],
  ['src/match', "import '#compiled/ruleset';", IMPORTS],
  ['src/judge', "import '../scan.ts';", IMPORTS],
  ['src/judge', "import 'node:fs/promises';", IMPORTS],
  ['src/judge', "import type { Report } from '../report/reporter.ts';", IMPORTS],
  ['src/unpack', "import '../decode/views.ts';", IMPORTS],
  ['src/unpack', "import 'node:fs';", IMPORTS],
  ['src/own', "import '../sources/env-files.ts';", IMPORTS],
  ['src/own', "import 'node:fs';", IMPORTS],
  ['src/hazards', "import '../own/own.ts';", IMPORTS],
  ['src/hazards', "import '../config/globs.ts';", IMPORTS],
  ['src/show', "import '../report/pretty.ts';", IMPORTS],
  ['src/show', "import 'node:fs';", IMPORTS],
  ['src/report', "import '../sources/stdin.ts';", IMPORTS],
  ['src/report', "import 'node:fs';", IMPORTS],
  ['src/report', "import { Secret } from '../model/secret.ts';", IMPORTS],
  ['src/report/wording', "import '../../judge/judge.ts';", IMPORTS],
  ['src/remedy', "import '../ruleset/parse.ts';", IMPORTS],
  ['src/remedy', "import 'node:path';", IMPORTS],
  ['src/remedy', "import { Secret } from '../model/secret.ts';", IMPORTS],
  ['src/sources', "import '../match/matcher.ts';", IMPORTS],
  ['src/sources', "import '../config/policy.ts';", IMPORTS],
  ['src/sources/git', "import '../../ruleset/parse.ts';", IMPORTS],
  ['src/sources/git', "import 'simple-git';", IMPORTS],
  ['src/config', "import 'node:fs';", IMPORTS],
  ['src/config', "import 'picomatch';", IMPORTS],
  ['src/config', "import '../report/display.ts';", IMPORTS],
  ['src/ruleset', "import '../match/matcher.ts';", IMPORTS],
  ['src/ruleset', "import 'node:fs';", IMPORTS],
  ['src/user-rules', "import '../cli/main.ts';", IMPORTS],
  ['src/user-rules', "import 're2js';", IMPORTS],
  ['src', "import './user-rules/wire.ts';", IMPORTS],
  ['src/hooks', "import '../scan.ts';", IMPORTS],
  ['src/hooks', "import '../sources/git/run.ts';", IMPORTS],
  ['src/hooks', "import 'yaml';", IMPORTS],
  ['src/hooks/managers', "import '../../scan.ts';", IMPORTS],
  ['src/hooks/managers', "import 'smol-toml';", IMPORTS],
  ['src/doctor', "import '../scan.ts';", IMPORTS],
  ['src/doctor', "import '../config/globs.ts';", IMPORTS],
  ['src', "import './doctor/prove.ts';", IMPORTS],
  ['src/agents', "import '../scan.ts';", IMPORTS],
  ['src/agents', "import '../sources/git/run.ts';", IMPORTS],
  ['src/agents', "import 'jsonc-parser';", IMPORTS],
  ['src', "import './agents/claude.ts';", IMPORTS],
  ['src/cli', "import 'yargs';", IMPORTS],
  ['src/cli/commands', "import '../../build/build.ts';", IMPORTS],
  ['src/build', "import '../cli/main.ts';", IMPORTS],
  ['src/hooks', 'export const here = process.cwd();', 'no-restricted-globals'],
  ['src/report', "console.log('');", 'no-console'],
  ['src/report', 'export const text = (s: { reveal(): string }): string => s.reveal();', 'no-restricted-properties'],
  ['src/cli', 'process.exit(1);', 'no-process-exit'],
  ['src/config', 'export default 1;', 'no-default-export'],
  ['src/match', "import './cycle-b.ts';", 'no-cycle'],
] as const;

/** What each folder is there to import; nothing of it is reported. */
const ALLOWED = [
  ['src/pipeline.ts', "import './match/matcher.ts'; import './model/rule.ts';"],
  ['src/model/planted.ts', "import 'node:crypto'; import './rule.ts';"],
  ['src/match/planted.ts', "import '../model/rule.ts'; import './boundary.ts';"],
  ['src/unpack/planted.ts', "import 'node:zlib'; import '../model/fragment.ts'; import './member.ts';"],
  ['src/own/planted.ts', "import '../match/matcher.ts'; import '../judge/placeholder.ts';"],
  ['src/hazards/planted.ts', "import '../own/dotenv.ts'; import '../judge/placeholder.ts';"],
  ['src/show/planted.ts', "import '../judge/judge.ts'; import '../report/display.ts';"],
  ['src/report/planted.ts', "import '../model/report.ts'; import './wording/place.ts';"],
  ['src/report/wording/planted.ts', "import '../display.ts'; import '../../model/report.ts';"],
  ['src/remedy/planted.ts', "import '../model/finding.ts'; import type { Secret } from '../model/secret.ts';"],
  ['src/sources/git/planted.ts', "import '../windows.ts'; import '../../errors.ts'; import 'node:fs/promises';"],
  ['src/sources/git/porcelain.ts', "import 'simple-git';"],
  ['src/config/globs.ts', "import 'picomatch';"],
  ['src/user-rules/linear-pattern.ts', "import 're2js';"],
  ['src/user-rules/planted.ts', "import '../scanner.ts'; import '../match/matcher.ts'; import 'node:worker_threads';"],
  ['src/hooks/edit-yaml.ts', "import 'yaml';"],
  ['src/hooks/managers/planted.ts', "import '../own-hook.ts'; import '../../errors.ts'; import 'node:fs';"],
  ['src/agents/planted.ts', "import '../errors.ts'; import '../sources/git/porcelain.ts'; import 'node:fs';"],
  ['src/agents/settings-tree.ts', "import 'jsonc-parser';"],
  ['src/cli/yargs.ts', "import 'yargs'; import '../scan.ts'; import '#compiled/ruleset'; import './commands/scan.ts';"],
  ['src/judge/planted.ts', 'export const text = (s: { reveal(): string }): string => s.reveal();'],
  ['src/cli/planted.ts', 'export const here = process.cwd();'],
] as const;

it('lint reports every violation', () => {
  const files = PLANTED.map(([folder, text], i) => [`${folder}/planted-${i}.ts`, text] as const);
  const reported = lint([...files, ['src/match/cycle-b.ts', `import './planted-${PLANTED.length - 1}.ts';`]]);
  const found = PLANTED.map(([folder, text, rule], i) => {
    const isReported = reported.some(({ file, code }) => file === files[i]?.[0] && code.includes(`(${rule})`));
    return [folder, text, isReported ? rule : 'not reported'];
  });
  expect(found).toEqual(PLANTED);
});

it('lint reports nothing that is allowed', () => {
  const rules = new Set<string>(PLANTED.map(([, , rule]) => rule));
  const reported = lint(ALLOWED).filter(({ code }) => rules.has(/\((?<rule>.*)\)/u.exec(code)?.groups?.['rule'] ?? ''));
  expect(reported).toEqual([]);
});

/** `| `match` | model | … |`: the rows of "Who may import what". */
function importTable(): readonly (readonly [folder: string, mayImport: readonly string[]])[] {
  const text = readFileSync(join(TOP, 'src', 'README.md'), 'utf8');
  const section = text.slice(text.indexOf('## Who may import what'), text.indexOf('## Who may not do what'));
  const rows = section.matchAll(/^\| `(?<folder>[\w-]+)` \| ?(?<others>[^|]*?) ?\|/gmu);
  return [...rows].map(({ groups }) => {
    const others = (groups?.['others'] ?? '').split(', ');
    return [
      groups?.['folder'] ?? '',
      others[0] === 'all but build' ? FOLDERS.filter((name) => name !== 'build') : others,
    ];
  });
}

it('the table in src/README.md is what lint enforces, for each folder and each other', () => {
  const table = importTable();
  expect(table.map(([folder]) => folder).toSorted()).toEqual(FOLDERS);
  const pairs = table.flatMap(([folder, mayImport]) => {
    const others = [...FOLDERS, ...mayImport.filter((path) => path.includes('/'))].filter((name) => name !== folder);
    return others.map((other) => ({ folder, other, isAllowed: mayImport.includes(other) }));
  });
  const fileOf = ({ folder, other }: { readonly folder: string; readonly other: string }): string =>
    `src/${folder}/imports-${other.replaceAll(/[/.]/gu, '-')}.ts`;
  const reported = lint(
    pairs.map((pair) => [fileOf(pair), `import '../${pair.other.includes('/') ? pair.other : `${pair.other}/a.ts`}';`]),
  ).filter(({ code }) => code.includes(IMPORTS));
  const enforced = pairs.map((pair) => ({ ...pair, isAllowed: !reported.some(({ file }) => file === fileOf(pair)) }));
  expect(enforced).toEqual(pairs);
});

interface Reported {
  readonly file: string;
  /** `eslint(no-console)` */
  readonly code: string;
}

/** What our configuration says to these files, in a folder with nothing else. */
function lint(files: readonly (readonly [path: string, text: string])[]): readonly Reported[] {
  const dir = tempDir();
  copyFileSync(join(TOP, '.oxlintrc.json'), join(dir, '.oxlintrc.json'));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), `${text}\n`);
  }
  const oxlint = join(TOP, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const done = spawnSync(process.execPath, [oxlint, '--format', 'json'], { cwd: dir, encoding: 'utf8' });
  const report: { readonly diagnostics: readonly { readonly filename: string; readonly code: string }[] } = JSON.parse(
    done.stdout,
  );
  return report.diagnostics.map(({ filename, code }) => ({ file: filename.replaceAll('\\', '/'), code }));
}
