import { spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { fillTemplate } from '../../src/ruleset/fill-template.ts';
import { fakeKey } from '../helpers/keys.ts';
import { leaksIn } from '../helpers/leaks.ts';
import { cleanEnv, tempRepo, type TestRepo } from '../helpers/repo.ts';
import { tarOf, zipOf } from '../helpers/archives.ts';
import { keyguard } from '../helpers/run.ts';
import { scanJson } from './scan-json.ts';

const KEY = fillTemplate('acme_{{loweralnum:40}}', 3);

/** A key of which the rule takes the beginning for the secret. */
const MARKED = '<<acme_{{loweralnum:30}}>>{{loweralnum:10}}';

function keyType(changes: Readonly<Record<string, unknown>> = {}): object {
  return {
    id: 'acme-api-key',
    title: 'Acme API key',
    keyType: 'API key',
    opens: 'the whole of Acme',
    risk: 'medium',
    confidence: 'high',
    anchors: ['acme_'],
    pattern: '(?<secret>acme_[a-z0-9]{40})',
    examples: ['K=<<acme_{{loweralnum:40}}>>', 'the key <<acme_{{loweralnum:40}}>> is new'],
    negativeExamples: ['K=acme_{{loweralnum:20}}', 'acme_client_factory'],
    revoke: {
      url: null,
      evidence: 'general-knowledge',
      who: 'holder',
      always: false,
      steps: ['Delete the key in the console of Acme.'],
      replace: [],
      usageUrl: null,
      afterLeak: [],
    },
    references: ['https://acme.example/docs'],
    ...changes,
  };
}

function file(types: readonly object[], changes: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ provider: 'Acme', consoleUrl: null, docsUrl: null, keyTypes: types, ...changes });
}

function repoWith(rules: string, content = `const key = "${KEY}";\n`): TestRepo {
  const repo = tempRepo();
  repo.write('keyguard.config.json', '{ "rules": ["./tools/acme.json"] }\n');
  repo.write('tools/acme.json', rules);
  repo.write('src/app.js', content);
  repo.git('add', '.');
  return repo;
}

interface Told {
  readonly code: number | null;
  readonly found: readonly (readonly [string, string])[];
}

function scan(repo: TestRepo, ...args: string[]): Told {
  const { code, stdout } = keyguard(repo.dir, ['scan', '--format', 'json', ...args]);
  const { findings, advisories } = JSON.parse(stdout);
  const all: readonly { ruleId: string; location: { path: string; line: number; column: number } }[] = [
    ...findings,
    ...advisories,
  ];
  return {
    code,
    found: all.map(({ ruleId, location }) => [ruleId, `${location.path}:${location.line}:${location.column}`]),
  };
}

describe('rules of a repository', () => {
  test('find in containers, too', () => {
    const repo = repoWith(file([keyType()]), 'nothing\n');
    repo.write('a.tgz', gzipSync(tarOf([{ name: 'b.zip', content: zipOf([{ name: 'c.js', content: `\n${KEY}` }]) }])));
    const { report } = scanJson(repo.dir, []);
    expect(report.findings).toMatchObject([
      { ruleId: 'acme-api-key', location: { path: 'a.tgz', member: 'b.zip › c.js', line: 2, column: 1 } },
    ]);
  });

  test('come before the values of a .env file, and hide them on their lines', () => {
    const other = fillTemplate('{{alnum:40}}', 4);
    const repo = repoWith(file([keyType()]), `const key = "${KEY}"; const other = "${other}";\n`);
    repo.write('.gitignore', '.env\n');
    repo.write('.env', `ACME_API_KEY=${KEY}\nOTHER_TOKEN=${other}\n`);
    const places = [
      ['acme-api-key', 'src/app.js:1:14'],
      ['own-key', 'src/app.js:1:77'],
    ];
    expect(scan(repo)).toEqual({ code: 1, found: places });
    const { stdout, stderr } = keyguard(repo.dir, ['scan']);
    expect(`${stdout}${stderr}`).not.toContain(other.slice(0, 12));
    expect(stdout.replaceAll(/\s+/gu, ' ')).toContain('the same value as ACME_API_KEY in .env');
  });

  test.each([
    ['a warning', { severity: 'warning' }],
    ['a lower risk', { risk: 'low' }],
    ['a part of it', { pattern: '(?<secret>acme_[a-z0-9]{30})[a-z0-9]{10}', examples: [MARKED, `x ${MARKED}`] }],
  ])('cannot talk down the value of a .env file: %s', (_name, changes) => {
    const repo = repoWith(file([keyType(changes)]));
    repo.write('.gitignore', '.env\n');
    repo.write('.env', `ACME_API_KEY=${KEY}\n`);
    const { code, found } = scan(repo);
    expect([code, found.map(([rule]) => rule).toSorted()]).toEqual([1, ['acme-api-key', 'own-key']]);
  });

  test('find in the tree, in what is staged, and in the hook, with their own steps', () => {
    const repo = repoWith(file([keyType()]));
    expect(scan(repo)).toEqual({ code: 1, found: [['acme-api-key', 'src/app.js:1:14']] });
    expect(scan(repo, '--staged')).toEqual({ code: 1, found: [['acme-api-key', 'src/app.js:1:14']] });
    const { code, stderr } = keyguard(repo.dir, ['hook', 'pre-commit']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('commit stopped: Acme API key in src/app.js:1')]);
    expect(stderr.replaceAll(/\s+/gu, ' ')).toContain('in the console of Acme');
    expect(leaksIn(stderr, [{ key: KEY, prefix: 'acme_' }])).toEqual([]);
  });

  test('say nothing without the config, nor where no key is', () => {
    expect(scan(repoWith(file([keyType()])), '--no-config').found).toEqual([]);
    expect(scan(repoWith(file([keyType()]), 'const key = "acme_client_factory";\n'))).toEqual({ code: 0, found: [] });
  });

  test('are read from the index where the index is scanned', () => {
    const repo = repoWith(file([keyType()]));
    repo.write(
      'tools/acme.json',
      file([
        keyType({
          pattern: '(?<secret>acme_[a-z]{40})',
          examples: ['<<acme_{{lower:40}}>>', 'x <<acme_{{lower:40}}>>'],
        }),
      ]),
    );
    expect(scan(repo, '--staged').found).toHaveLength(1);
    expect(scan(repo).found).toEqual([]);
  });

  test('know the old side of a change: moving a line with an old key stops nobody', () => {
    const repo = repoWith(file([keyType()]));
    repo.git('commit', '-qm', 'old', '--no-verify');
    repo.stage('src/app.js', `// moved\nconst key = "${KEY}";\n`);
    expect(scan(repo, '--staged')).toEqual({ code: 0, found: [] });
    repo.stage('src/app.js', `const key = "${fillTemplate('acme_{{loweralnum:40}}', 4)}";\n`);
    expect(scan(repo, '--staged').code).toBe(1);
  });

  test('cannot talk down a key that keyguard knows', () => {
    const greedy = keyType({
      id: 'acme-anything',
      risk: 'low',
      severity: 'warning',
      anchors: ['sk-admin-'],
      pattern: '(?<secret>sk-admin-[A-Za-z0-9_-]{20,400})',
      examples: ['<<sk-admin-{{alnum:40}}>>', 'x <<sk-admin-{{alnum:44}}>>'],
      negativeExamples: ['sk-admin-{{alnum:5}}', 'sk-admin-your-key-here'],
    });
    const repo = repoWith(file([greedy]), `k = "${fakeKey('openaiAdmin')}"\n`);
    expect(scan(repo)).toEqual({ code: 1, found: [['openai-admin-key', 'src/app.js:1:6']] });
  });

  test('hide their keys beside a key of keyguard too', () => {
    const repo = repoWith(file([keyType()]), `k = ["${fakeKey('openaiProject')}", "${KEY}"]\n`);
    const { stdout } = keyguard(repo.dir, ['scan']);
    expect(stdout).toContain('acme_…');
    expect(leaksIn(stdout, [{ key: KEY, prefix: 'acme_' }])).toEqual([]);
  });

  test('are not passed over silently by why', () => {
    const repo = repoWith(file([keyType()]));
    const { code, stdout } = keyguard(repo.dir, ['why', 'src/app.js:1']);
    expect([code, stdout]).toEqual([0, expect.stringContaining("The rule of this repository's config did not look")]);
    expect(keyguard(repo.dir, ['why', 'src/app.js:1', '--no-config']).stdout).not.toContain('did not look');
  });

  test('can be switched off, and accepted, as others can', () => {
    const repo = repoWith(file([keyType()]));
    repo.write('keyguard.config.json', '{ "rules": ["tools/acme.json"], "skipRules": ["acme-api-key"] }');
    expect(scan(repo)).toEqual({ code: 0, found: [] });
  });
});

describe('what a rule file of a repository may not hold', () => {
  test.each([
    [
      'a look-ahead',
      file([keyType({ pattern: '(?<secret>acme_(?=a)[a-z0-9]{40})' })]),
      'tools/acme.json: keyTypes[0].pattern: ',
    ],
    [
      'an open repeat',
      file([keyType({ pattern: '(?<secret>acme_[a-z0-9]+)' })]),
      'tools/acme.json: keyTypes[0].pattern: ',
    ],
    ['a short anchor', file([keyType({ anchors: ['ac'] })]), 'tools/acme.json: keyTypes[0].anchors'],
    ['no negative example', file([keyType({ negativeExamples: [] })]), 'tools/acme.json: keyTypes[0].negativeExamples'],
    ['no example', file([keyType({ examples: [] })]), 'tools/acme.json: keyTypes[0].examples'],
    [
      'an example that is not found',
      file([keyType({ examples: ['<<acme_{{lower:7}}>>', '<<acme_{{lower:9}}>>'] })]),
      'acme-api-key: examples[0] is not found',
    ],
    ['a host', file([keyType()], { hosts: ['acme.example'] }), 'tools/acme.json: hosts: '],
    ['a host to ask', file([keyType({ verify: { method: 'GET' } })]), 'tools/acme.json: keyTypes[0].verify: '],
    ['the id of another rule', file([keyType({ id: 'openai-admin-key' })]), '"openai-admin-key" is a rule of keyguard'],
    ['an unknown field', file([keyType({ patern: 'x' })]), 'tools/acme.json: keyTypes[0]'],
    ['something else than JSON', '{', 'tools/acme.json:1:'],
  ])('%s: one line with the place, exit 2', (_name, rules, message) => {
    const { code, stdout, stderr } = keyguard(repoWith(rules).dir, ['scan']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test.each(['../acme.json', '/etc/passwd', 'tools/../../x.json', 'C:/x.json'])('a path that leads out: %s', (path) => {
    const repo = repoWith(file([keyType()]));
    repo.write('keyguard.config.json', JSON.stringify({ rules: [path] }));
    const { code, stderr } = keyguard(repo.dir, ['scan']);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('keyguard.config.json:1:11: "rules" names files of this repository'),
    ]);
  });

  test('a file that is not there', () => {
    const repo = repoWith(file([keyType()]));
    repo.write('keyguard.config.json', '{"rules":["gone.json"]}');
    const { code, stderr } = keyguard(repo.dir, ['scan']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('names the rule file gone.json, which is not there')]);
  });
});

describe('the watchdog', () => {
  /** Every byte begins a match of a thousand states, and none ends: minutes, whatever engine runs it. */
  const SLOW = { id: 'slow-rule', pattern: '(?<secret>aaa(?:[a-y]{0,1000}[a-x]{0,1000}){1}z)', anchors: ['aaa'] };

  test('ends a rule that takes too long, and names it and the place', () => {
    const { code, stdout } = watched(SLOW, 3000);
    expect(stdout).toContain('The rule slow-rule did not come to an end within 3 s in big.txt');
    expect(code).toBe(0);
  }, 60_000);

  test('lets one go on that answers', () => {
    expect(watched({ ...SLOW, pattern: '(?<secret>aaaz)' }, 60_000).stdout).toContain('answered: read');
  }, 60_000);

  /** The thread of the built program with this rule on a megabyte of its anchor. */
  function watched(rule: object, patience: number): { code: number | null; stdout: string } {
    const script = new URL('../../dist/user-rules/watched-worker.js', import.meta.url).href;
    const whole = {
      provider: 'x',
      title: 'x',
      keyType: 'x',
      opens: '',
      risk: 'low',
      severity: 'error',
      confidence: 'low',
      anchorAt: 'start',
      left: '',
      right: '',
      maxLength: 2100,
      context: { names: [], hosts: [], words: [], required: false },
      structure: null,
      placeholders: [],
      envVars: [],
      catchAll: false,
      guessable: false,
      isSecret: true,
      ...rule,
    };
    const source = `
      const { startWorker } = await import(${JSON.stringify(script)});
      const worker = startWorker([${JSON.stringify(whole)}], [], ${patience});
      worker.send({ kind: 'fragment', about: { provenance: { kind: 'stdin', name: null }, countsAs: 1 }, most: 10 });
      const bytes = new Uint8Array(1000000).fill(97);
      try {
        console.log('first: ' + (await worker.answer('big.txt')).kind);
        worker.send({ kind: 'window', window: { bytes, base: 0, ownStart: 0, ownEnd: bytes.length, last: true } });
        let answer = await worker.answer('big.txt');
        if (answer.kind === 'next') { worker.send({ kind: 'end' }); answer = await worker.answer('big.txt'); }
        console.log('answered: ' + answer.kind);
      } catch (error) {
        console.log(error.message);
      }`;
    const done = spawnSync(process.execPath, ['--input-type=module', '-e', source], {
      env: cleanEnv(),
      encoding: 'utf8',
    });
    return { code: done.status, stdout: done.stdout };
  }
});
