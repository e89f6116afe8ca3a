import { describe, expect, test } from 'vitest';
import type { ScopeKind } from '../../../src/model/coverage.ts';
import type { Evidence } from '../../../src/model/verdict.ts';
import { coverageLine } from '../../../src/report/coverage-line.ts';
import { verdictLine } from '../../../src/report/verdict-line.ts';
import { DROP_REASONS } from '../../../src/report/wording/drop-reasons.ts';
import { evidenceInWords } from '../../../src/report/wording/evidence.ts';
import { exposureInWords } from '../../../src/report/wording/exposure.ts';
import { ambiguity } from '../../../src/report/wording/what-it-is.ts';
import { adminFinding, finding, location, report, suppressed } from './fixtures.ts';

describe('the coverage line', () => {
  test('has the promised form', () => {
    expect(coverageLine(report({ findings: [finding()] }), '0.04')).toBe(
      'keyguard: scanned 3 of 3 staged files (41 KB), 128 rules, 0.04 s: 1 finding',
    );
  });

  test('counts everything that was not a finding', () => {
    const skipped = [
      { reason: 'submodule', count: 2 },
      { reason: 'special-file', count: 1 },
      { reason: 'ignored', count: 3 },
      { reason: 'symlink', count: 0 },
    ];
    const line = coverageLine(
      report({
        coverage: { expected: 4, scanned: 4, bytes: 12, skipped, errors: [] },
        rules: 1,
        advisories: [finding()],
        suppressed: [suppressed(), suppressed()],
      }),
      '1.20',
    );
    expect(line).toBe(
      'keyguard: scanned 4 of 4 staged files, 3 ignored (12 B), 1 rule, 1.20 s: no findings, 1 advisory, 2 suppressed; ' +
        'left out: 2 submodules, 1 special file',
    );
  });

  test('never says "no findings" first when something was not read', () => {
    const coverage = { expected: 3, scanned: 2, bytes: 0, skipped: [], errors: [{ message: 'a: gone.' }] };
    expect(coverageLine(report({ complete: false, coverage }), '0.04')).toBe(
      'keyguard: scanned 2 of 3 staged files (0 B), 128 rules, 0.04 s: NOT complete: no findings so far',
    );
  });

  test.each<[ScopeKind, string]>([
    ['staged', '3 of 3 staged files (41 KB)'],
    ['tree', '3 of 3 files (41 KB)'],
    ['range', '3 of 3 objects (41 KB)'],
    ['history', '3 of 3 objects (41 KB)'],
    ['stdin', '41 KB of stdin'],
    ['files', '3 of 3 files (41 KB)'],
    ['message', '3 of 3 commit messages (41 KB)'],
    ['package', '3 of 3 package files (41 KB)'],
  ])('names what a %s scan reads', (kind, words) => {
    expect(coverageLine(report({ scope: { kind, detail: '' } }), '0.04')).toContain(`keyguard: scanned ${words}, 128`);
  });

  test.each([
    [999, '999 B'],
    [1000, '1 KB'],
    [1500, '1.5 KB'],
    [9960, '10 KB'],
    [999_499, '999 KB'],
    [999_500, '1 MB'],
    [2_000_000_000, '2 GB'],
  ])('%i bytes are %s', (bytes, words) => {
    const coverage = { expected: 3, scanned: 3, bytes, skipped: [], errors: [] };
    expect(coverageLine(report({ coverage }), '0.04')).toContain(`(${words})`);
  });
});

describe('the verdict', () => {
  test('names the worst finding and its place', () => {
    const findings = [finding(), adminFinding({ location: location('src/b.ts', 4) })];
    expect(verdictLine(report({ findings: [adminFinding()] }), 'hook')).toBe(
      'keyguard: commit stopped: OpenAI admin API key in src/app.ts:12',
    );
    expect(verdictLine(report({ findings }), 'hook')).toBe(
      'keyguard: commit stopped: OpenAI admin API key in src/b.ts:4, and 1 more',
    );
    expect(verdictLine(report({ findings }), 'scan')).toBe('keyguard: OpenAI admin API key in src/b.ts:4, and 1 more');
  });

  test('says what was stopped', () => {
    const push = report({ scope: { kind: 'range', detail: '' }, findings: [finding()] });
    expect(verdictLine(push, 'hook')).toBe('keyguard: push stopped: OpenAI project API key in src/app.ts:12');
  });

  test('says that a scan was not complete, with and without findings', () => {
    const coverage = { expected: 3, scanned: 1, bytes: 0, skipped: [], errors: [] };
    expect(verdictLine(report({ complete: false, coverage }), 'scan')).toBe(
      'keyguard: scan NOT complete: 2 staged files could not be read',
    );
    expect(verdictLine(report({ complete: false, findings: [finding()] }), 'hook')).toBe(
      'keyguard: commit stopped: OpenAI project API key in src/app.ts:12; scan NOT complete',
    );
    expect(verdictLine(report({ complete: false }), 'hook')).toBe('keyguard: commit stopped: scan NOT complete');
  });

  test('is silent when there is nothing to say', () => {
    expect(verdictLine(report(), 'hook')).toBe('');
  });
});

describe('evidence', () => {
  test.each<[Evidence, string]>([
    [{ kind: 'prefix', text: 'sk-proj-' }, 'prefix sk-proj-'],
    [{ kind: 'marker', text: 'MARKER' }, "the provider's marker"],
    [{ kind: 'halves', length: 74, seen: true }, 'two halves of 74 characters'],
    [
      { kind: 'halves', length: 74, seen: false },
      'two halves of 74 characters, which no known key of this type has had',
    ],
    [{ kind: 'tail', text: 'AA' }, 'the ending AA'],
    [{ kind: 'length', length: 108 }, 'exactly 108 characters long'],
    [{ kind: 'alphabet', text: 'hexadecimal digits' }, 'only hexadecimal digits'],
    [{ kind: 'name', text: 'OPENAI_API_KEY' }, 'assigned to OPENAI_API_KEY'],
    [{ kind: 'host', text: 'api.openai.com' }, 'api.openai.com close by'],
    [{ kind: 'word', text: 'openai' }, 'the word "openai" close by'],
    [{ kind: 'random', length: 48 }, '48 random characters'],
  ])('%o is said in words', (evidence, words) => {
    expect(evidenceInWords([evidence])).toBe(words);
  });
});

describe('sentences', () => {
  test('an ambiguity names no more than four providers', () => {
    const candidates = ['A', 'B', 'C', 'D', 'E'].map((provider) => ({ ruleId: provider, provider, keyType: 'Key' }));
    expect(ambiguity(candidates)).toBe(
      'Could be a key of A, B, C, D or another provider; nothing on the line tells which.',
    );
    expect(ambiguity(candidates.slice(0, 4))).toContain('a key of A, B, C or D;');
  });

  test('an ambiguity within one provider names the key types', () => {
    const candidates = [
      { ruleId: 'openai-legacy-key', provider: 'OpenAI', keyType: 'Legacy user key' },
      { ruleId: 'openai-named-key', provider: 'OpenAI', keyType: 'Named key' },
    ];
    expect(ambiguity(candidates)).toBe(
      'Could be of OpenAI: Legacy user key or Named key; nothing on the line tells which.',
    );
    expect(ambiguity([])).toBe('');
  });

  test('an exposure says what it rests on, and ends once', () => {
    expect(exposureInWords({ state: 'local', detail: 'in 1a2b3c4 of 2026-11-19.' }, 'staged')).toBe(
      'committed here, not pushed: in 1a2b3c4 of 2026-11-19.',
    );
    expect(exposureInWords({ state: 'unknown', detail: '' }, 'tree')).toBe(
      'not known from here, so it counts as exposed.',
    );
  });

  test.each<[ScopeKind, string]>([
    ['staged', 'staged only'],
    ['tree', 'in the working tree only'],
    ['files', 'in the working tree only'],
    ['stdin', 'in this input only'],
  ])('what git does not hold is where a scan of %s looked', (scope, words) => {
    expect(exposureInWords({ state: 'staged', detail: 'not in HEAD' }, scope)).toBe(`${words}: not in HEAD.`);
  });

  test('every drop reason is one of its own and completes "not reported, because"', () => {
    const sentences = Object.values(DROP_REASONS);
    expect(new Set(sentences).size).toBe(sentences.length);
    expect(sentences.filter((sentence) => !/^[a-z][^.]*[^.]$/u.test(sentence))).toEqual([]);
  });
});
