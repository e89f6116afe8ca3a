import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Step, Suppressed } from '../../../src/model/finding.ts';
import { displayWidth } from '../../../src/report/display-width.ts';
import { prettyReport } from '../../../src/report/pretty.ts';
import { adminFinding, finding, fingerprint, location, report, shown, snippet, style, suppressed } from './fixtures.ts';

describe('the report in a hook', () => {
  test('is read from the top: the verdict, the worst finding first, and what to do', () => {
    const text = prettyReport(
      report({ findings: [finding(), adminFinding({ location: location('src/b.ts', 4, 11) })] }),
      style(),
    );
    expect(text).toMatchInlineSnapshot(`
      "keyguard: commit stopped: OpenAI admin API key in src/b.ts:4, and 1 more

      OpenAI admin API key: controls the whole organization
        src/b.ts:4:11
        4 | ADMIN_KEY=sk-admin-…wxyz
          |           ^^^^^^^^^^^^^^
        Why: prefix sk-admin-.
        Exposure: staged only: not in HEAD; older commits were not searched.
        What to do now (risk high):
        1. An owner of the organization revokes it:
           https://platform.openai.com/settings/organization/admin-keys
        Not a secret? keyguard allow 1d7a000000000000 --never-live --reason '…'

      OpenAI project API key: everything that one project may use and pay for
        src/app.ts:12:17
        12 | const client = new OpenAI({ apiKey: 'sk-proj-…wxyz' });
           |                                      ^^^^^^^^^^^^^
        Why: prefix sk-proj-, the provider's marker, two halves of 74 characters.
        Exposure: staged only: not in HEAD; older commits were not searched.
        What to do now (risk medium; permission unknown, assume All):
        1. Take the file out of the commit:
           git restore --staged -- src/app.ts
        2. Put the key into .env, which git ignores, and read it from the environment.
        3. If it ever left this machine (a chat, an agent, a log, a synced folder),
           revoke it. If unsure, revoke it:
           https://platform.openai.com/api-keys
        Not a secret? keyguard allow 9f2c4e0a1b2c3d4e --reason '…'

      "
    `);
  });

  test('is empty when the commit is clean', () => {
    expect(prettyReport(report(), style())).toBe('');
    expect(prettyReport(report({ suppressed: [suppressed()] }), style())).toBe('');
  });

  test('shows five findings, and how to see the others', () => {
    const findings = Array.from({ length: 300 }, (_each, i) => finding({ location: location(`src/f${i}.ts`) }));
    const text = prettyReport(report({ findings }), style());
    expect(text).toMatch(/^keyguard: commit stopped: OpenAI project API key in src\/f0\.ts:12, and 299 more\n/u);
    expect(text.match(/^ {2}src\/f\d+\.ts:12:17$/gmu)).toHaveLength(5);
    expect(text).toContain('\nand 295 more: keyguard scan --staged\n');
    const all = prettyReport(report({ findings }), style({ rerun: null }));
    expect(all.match(/^ {2}src\/f\d+\.ts:12:17$/gmu)).toHaveLength(300);
    expect(all).not.toMatch(/more: /u);
  });

  test('orders by risk, then by exposure, then by place', () => {
    const findings = [
      finding({ location: location('a'), risk: 'low', exposure: { state: 'published', detail: '' } }),
      finding({ location: location('b') }),
      finding({ location: location('c') }),
      finding({ location: location('d'), exposure: { state: 'unknown', detail: '' } }),
      finding({ location: location('e'), exposure: { state: 'pushed-private', detail: '' } }),
      adminFinding({ location: location('f') }),
    ];
    const text = prettyReport(report({ findings }), style({ rerun: null }));
    expect(text.match(/^ {2}[a-f](?=:12:17$)/gmu)?.map((line) => line.trim())).toEqual(['f', 'd', 'e', 'b', 'c', 'a']);
  });
});

describe('the block of a finding', () => {
  test('names the place for a click and marks the redacted key in its line', () => {
    const lines = prettyReport(report({ findings: [finding()] }), style()).split('\n');
    expect(lines).toContain('  src/app.ts:12:17');
    const code = lines.findIndex((line) => line.includes('new OpenAI'));
    const marker = lines[code + 1] ?? '';
    expect(lines[code]?.slice(marker.indexOf('^'), marker.length)).toBe('sk-proj-…wxyz');
  });

  test('cuts a long line around the key, also between wide characters and behind tabs', () => {
    const line = `\t\t${'長'.repeat(80)} key: sk-proj-…wxyz ${'い'.repeat(80)}`;
    const long = finding({ snippet: snippet(line, 'sk-proj-…wxyz') });
    const lines = prettyReport(report({ findings: [long] }), style()).split('\n');
    const code = lines.findIndex((candidate) => candidate.includes('key: sk-proj'));
    const [before = ''] = (lines[code] ?? '').split('sk-proj-…wxyz');
    expect(displayWidth(lines[code] ?? '')).toBeLessThanOrEqual(80);
    expect(before).toMatch(/^ {2}12 \| …長+ key: $/u);
    expect(lines[code + 1]).toBe(`     | ${' '.repeat(displayWidth(before) - 7)}^^^^^^^^^^^^^`);
  });

  test('shows no line of a decoded view, but the way to the key', () => {
    const decoded = finding({ decoded: ['base64', 'percent-encoding'], snippet: snippet('no sk-proj-…wxyz', 'sk') });
    const text = prettyReport(report({ findings: [decoded] }), style());
    expect(text).toContain('  sk-proj-…wxyz  decoded from base64 and percent-encoding\n');
    expect(text).not.toContain('no sk-proj');
  });

  test('says that a damaged key looks like one, and how sure that is', () => {
    const damaged = finding({ damage: 'cut-short', confidence: 'low' });
    const text = prettyReport(report({ findings: [damaged] }), style());
    expect(text).toContain('\nLooks like a damaged OpenAI project API key (cut short): everything');
    expect(text).toContain('Confidence low.');
    expect(text).toMatch(
      /^keyguard: commit stopped: looks like a damaged OpenAI project API key \(cut short\) in src/u,
    );
  });

  test('names the candidates when nothing tells whose key it is', () => {
    const candidates = ['Moonshot', 'Stability', 'SiliconFlow'].map((provider) => ({
      ruleId: `${provider.toLowerCase()}-key`,
      provider,
      keyType: 'API key',
    }));
    const text = prettyReport(report({ findings: [finding({ candidates })] }), style({ width: 120 }));
    expect(text).toContain('Could be a key of Moonshot, Stability or SiliconFlow; nothing on the line tells which.');
  });

  test('ends with the command for the case that it is no secret, which a high risk needs a proof for', () => {
    const text = prettyReport(report({ findings: [finding(), adminFinding()] }), style());
    expect(text).toContain("\n  Not a secret? keyguard allow 9f2c4e0a1b2c3d4e --reason '…'\n\n");
    expect(text).toContain("\n  Not a secret? keyguard allow 1d7a000000000000 --never-live --reason '…'\n\n");
    expect(text).not.toContain('no-verify');
  });

  test('names the commands as they work where keyguard is installed in the project only', () => {
    const guidance = {
      summary: '',
      caveats: [],
      steps: [
        { text: 'Make one:', command: 'keyguard guide openai create' },
        { text: 'Stage it:', command: 'git add -- a' },
      ],
    };
    const findings = Array.from({ length: 6 }, () => finding({ guidance }));
    const text = prettyReport(report({ findings }), style({ program: 'npx keyguard' }));
    expect(text).toContain('     npx keyguard guide openai create\n');
    expect(text).toContain('     git add -- a\n');
    expect(text).toContain('\n  Not a secret? npx keyguard allow 9f2c4e0a1b2c3d4e');
    expect(text).toContain('and 1 more: npx keyguard scan --staged\n');
    expect(prettyReport(report({ findings }), style())).not.toContain('npx');
  });

  test('does not say twice how a key was recognized', () => {
    const text = prettyReport(
      report({ findings: [finding(), finding({ location: location('src/copy.ts') })] }),
      style(),
    );
    expect(text.match(/^ {2}Why: /gmu)).toHaveLength(1);
    expect(text).toContain('  The same key as in src/app.ts:12:17.\n');
  });

  test('tells the member of a container, shows the line there, and how it was unpacked', () => {
    const member = finding({
      location: { ...location('a.tgz', 3, 5), member: shown('inner.zip › config/.env') },
      decoded: ['gzip', 'tar', 'zip'],
      snippet: snippet('K = sk-proj-…wxyz', 'sk-proj-…wxyz'),
    });
    const text = prettyReport(report({ findings: [member] }), style());
    expect(text).toContain('  a.tgz › inner.zip › config/.env:3:5\n  3 | K = sk-proj-…wxyz\n');
    expect(text).toContain('\n  unpacked from gzip, tar and zip\n');
  });

  test('tells a key in a message, a file name and standard input by what they are', () => {
    const findings = [
      finding({ location: location(null, 3, 5, 'message') }),
      finding({ location: location('keys/sk-proj-…wxyz', 1, 6, 'path') }),
      finding({ location: location(null) }),
    ];
    const text = prettyReport(report({ findings }), style());
    expect(text).toContain('  the commit message, line 3, column 5\n');
    expect(text).toContain('  the file name keys/sk-proj-…wxyz\n  The same key as in');
    expect(text).toContain('  standard input, line 12, column 17\n');
  });
});

describe('steps', () => {
  const first = { text: 'Take it out:', command: 'git restore --staged -- a.ts' };
  const revoke = { text: 'Revoke it:', url: 'https://platform.openai.com/api-keys' };
  const replace = { text: 'Make a new one.' };
  const withSteps = (path: string, steps: readonly Step[], digits: string) =>
    finding({
      fingerprint: fingerprint(digits),
      location: location(path),
      guidance: { summary: 'Key: act.', caveats: [], steps },
    });

  test('are not printed twice', () => {
    const findings = [withSteps('a.ts', [first, revoke], 'a'), withSteps('b.ts', [first, revoke], 'b')];
    const text = prettyReport(report({ findings }), style());
    expect(text.match(/Revoke it:/gu)).toHaveLength(1);
    expect(text).toContain('  Same steps as for a.ts:12:17.\n');
  });

  test('that speak of another key are named by its ending', () => {
    const steps = (ending: string): Step[] => [{ ...revoke, text: `Delete the key that ends in ${ending}.` }, replace];
    const other = { ...withSteps('b.ts', steps('abcd'), 'b'), redacted: shown('sk-proj-…abcd') };
    const same = withSteps('c.ts', steps('wxyz'), 'c');
    const text = prettyReport(report({ findings: [withSteps('a.ts', steps('wxyz'), 'a'), other, same] }), style());
    expect(text.match(/Delete the key/gu)).toHaveLength(1);
    expect(text).toContain('  Same steps as for a.ts:12:17, with the key that ends in abcd.\n');
    expect(text).toContain('  Same steps as for a.ts:12:17.\n');
  });

  test('that differ only in part are named by their numbers', () => {
    const other = { text: 'Take it out:', command: 'git restore --staged -- b.ts' };
    const findings = [
      withSteps('a.ts', [first, revoke, replace], 'a'),
      withSteps('b.ts', [other, revoke, replace], 'b'),
      withSteps('c.ts', [first, revoke], 'c'),
    ];
    const text = prettyReport(report({ findings }), style());
    expect(text).toContain('     git restore --staged -- b.ts\n  2-3. As for a.ts:12:17.\n');
    expect(text.match(/Make a new one/gu)).toHaveLength(1);
  });

  test('keep their addresses and commands whole in a narrow terminal', () => {
    const command = `git restore --staged -- ${'long/'.repeat(20)}a.ts`;
    const findings = [withSteps('a.ts', [{ ...first, command }], 'a')];
    expect(prettyReport(report({ findings }), style({ width: 40 }))).toContain(`\n     ${command}\n`);
  });
});

describe('what is no finding', () => {
  test('an advisory takes one line', () => {
    const advisory = finding({ severity: 'warning', title: 'Langfuse public key', redacted: shown('pk-lf-…wxyz') });
    expect(prettyReport(report({ advisories: [advisory] }), style())).toBe(
      'advisory: src/app.ts:12:17: Langfuse public key pk-lf-…wxyz\n\n',
    );
  });

  test('suppressed findings are counted with their reasons', () => {
    const entries = [suppressed(), suppressed(), suppressed({ by: 'baseline', reason: 'test tenant' })];
    expect(prettyReport(report({ suppressed: entries }), style({ context: 'scan', width: 200 }))).toBe(
      'no findings, 3 suppressed (2 already committed before this change, 1 accepted in keyguard.baseline.jsonl).\n\n',
    );
    expect(prettyReport(report({ suppressed: entries }), style({ verbose: true, width: 200 }))).toContain(
      'suppressed: src/app.ts:12:17: OpenAI project API key sk-proj-…wxyz: accepted in keyguard.baseline.jsonl (test tenant)\n',
    );
  });

  test('only a reason that somebody wrote is quoted', () => {
    const listed = (changes: Partial<Suppressed>): string =>
      prettyReport(report({ suppressed: [suppressed(changes)] }), style({ verbose: true, width: 200 }));
    expect(listed({ by: 'inline-allow', reason: 'a fixture' })).toContain(
      'allowed by a comment beside the key (a fixture)\n',
    );
    expect(listed({ by: 'ignore', reason: 'it is ignored' })).toContain(': ignored by .keyguardignore\n');
  });

  test('an accepted finding of risk high is always listed', () => {
    const accepted = suppressed({ finding: adminFinding(), by: 'baseline', reason: 'never live' });
    expect(prettyReport(report({ suppressed: [accepted] }), style())).toContain(
      'suppressed: src/app.ts:12:17: OpenAI admin',
    );
    const old = suppressed({ finding: adminFinding(), by: 'already-committed' });
    expect(prettyReport(report({ suppressed: [old] }), style())).toBe('');
  });

  test('a notice is told, also when the commit is clean', () => {
    const notices = [{ code: 'stale-allow', message: 'The allow in src/a.ts:3 allows nothing.' }];
    expect(prettyReport(report({ notices }), style())).toBe('note: The allow in src/a.ts:3 allows nothing.\n\n');
  });

  test('of many files that could not be read some are named and all are counted', () => {
    const errors = Array.from({ length: 90 }, (_each, i) => ({ message: `f${i}: permission denied.` }));
    const coverage = { expected: 90, scanned: 0, bytes: 0, skipped: [], errors };
    const text = prettyReport(report({ complete: false, coverage }), style());
    expect(text).toMatch(/90 staged files could not be read\n/u);
    expect(text.match(/^not read: /gmu)).toHaveLength(5);
    expect(text).toContain('and 85 more: keyguard scan --staged\n');
  });

  test('what could not be read is told first, and named', () => {
    const errors = [{ message: 'src/big.bin: git says that object 1a2b3c4 is missing.' }];
    const coverage = { expected: 3, scanned: 2, bytes: 41_022, skipped: [], errors };
    expect(prettyReport(report({ complete: false, coverage }), style())).toBe(
      'keyguard: commit stopped: scan NOT complete: 1 staged file could not be read\n\n' +
        'not read: src/big.bin: git says that object 1a2b3c4 is missing.\n\n',
    );
  });
});

describe('colour', () => {
  const full = report({
    findings: [finding(), adminFinding()],
    advisories: [finding()],
    notices: [{ code: 'x', message: 'A note.' }],
  });

  test('adds nothing but our own sequences', () => {
    const coloured = prettyReport(full, style({ colour: true }));
    expect(coloured).toContain('\u001b[');
    expect(coloured.replaceAll(/\u001b\[[0-9;]+m/gu, '')).toBe(prettyReport(full, style()));
  });
});

describe('text from outside', () => {
  test('cannot reach the terminal, wherever it stands', () => {
    const nasty = fc.string({ unit: fc.constantFrom('\u001b[2K', '\r', '\b', '\u202e', '\u009b', '\u0000', 'a', ' ') });
    fc.assert(
      fc.property(nasty, (text) => {
        const printed = prettyReport(
          report({
            complete: false,
            coverage: { expected: 1, scanned: 1, bytes: 1, skipped: [], errors: [{ message: text }] },
            findings: [
              finding({
                title: text,
                opens: text,
                evidence: [{ kind: 'name', text }],
                exposure: { state: 'staged', detail: text },
                guidance: { summary: text, caveats: [text], steps: [{ text, url: text, command: text }] },
              }),
            ],
            suppressed: [suppressed({ reason: text })],
            notices: [{ code: 'x', message: text }],
          }),
          style({ verbose: true, rerun: text }),
        );
        expect(printed).toMatch(/^[\x20-\x7e\n…–]*$/u);
      }),
    );
  });

  test('is no command to a build server', () => {
    const text = prettyReport(
      report({
        findings: [
          finding({
            location: location('::error::x'),
            opens: '##vso[a]',
            snippet: snippet(' ::debug::sk-proj-…wxyz', 'sk'),
          }),
        ],
      }),
      style(),
    );
    expect(text).not.toMatch(/^\s*::|##/mu);
    expect(text).toContain('  \\u{3a}:error::x:12:17\n');
    expect(text).toContain('\\u{23}#vso[a]');
    expect(text).toContain('  12 | ::debug::');
  });

  test('every line that can be broken fits', () => {
    const text = prettyReport(
      report({ findings: [finding(), adminFinding()], suppressed: [suppressed()] }),
      style({ verbose: true, context: 'scan' }),
    );
    expect(text.split('\n').filter((line) => displayWidth(line) > 80)).toEqual([]);
  });
});
