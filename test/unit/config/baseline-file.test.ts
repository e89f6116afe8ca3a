import { assert, constantFrom, option, property, record, array, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  acceptedFrom,
  type BaselineEntry,
  formatBaseline,
  isDate,
  parseBaseline,
} from '../../../src/config/baseline-file.ts';
import { parseFingerprint, type Fingerprint } from '../../../src/model/secret.ts';

const TODAY = '2026-11-20';

function fingerprint(text: string): Fingerprint {
  const parsed = parseFingerprint(text);
  if (parsed === undefined) throw new Error(`${text} is no fingerprint`);
  return parsed;
}

const A = fingerprint('a'.repeat(16));
const RULES = [{ id: 'openai-project-key', risk: 'medium' }] as const;
const B = fingerprint('b'.repeat(16));

function line(fields: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ fingerprint: A, rule: 'openai-project-key', reason: 'a test', ...fields })}\n`;
}

function accepted(text: string): ReturnType<typeof acceptedFrom> {
  return acceptedFrom(Buffer.from(text), TODAY, RULES);
}

describe('acceptedFrom', () => {
  it('reads entries in any order, empty lines and Windows line ends', () => {
    const text = `${line({ fingerprint: B })}\r\n\n${line({ until: '2026-12-01' }).replace('\n', '\r\n')}`;
    expect([...accepted(text).values()]).toEqual([
      { fingerprint: B, ruleId: 'openai-project-key', reason: 'a test', until: null, proof: null },
      { fingerprint: A, ruleId: 'openai-project-key', reason: 'a test', until: '2026-12-01', proof: null },
    ]);
  });

  it('accepts up to and with the day of until', () => {
    expect(accepted(line({ until: TODAY })).has(A)).toBe(true);
    expect(accepted(line({ until: '2026-11-19' })).has(A)).toBe(false);
  });

  it('takes the earliest until of several entries, in either order', () => {
    const [soon, late, past] = ['2026-12-01', '2027-12-01', '2026-11-01'].map((until) => line({ until }));
    expect(accepted(`${soon}${late}`).get(A)?.until).toBe('2026-12-01');
    expect(accepted(`${late}${soon}`).get(A)?.until).toBe('2026-12-01');
    expect(accepted(`${line({})}${soon}`).get(A)?.until).toBe('2026-12-01');
    expect(accepted(`${late}${past}`).has(A)).toBe(false);
  });

  it('knows how a high risk was accepted', () => {
    const proof = { kind: 'revoked', on: TODAY };
    expect(accepted(line({ proof })).get(A)?.proof).toEqual(proof);
    expect(accepted(line({ proof: { kind: 'never-live' } })).get(A)?.proof).toEqual({ kind: 'never-live' });
    expect(accepted(`${line({})}${line({ proof })}`).get(A)?.proof).toEqual(proof);
  });

  it('does not take a revocation in the future for one', () => {
    expect(accepted(line({ proof: { kind: 'revoked', on: '2026-11-21' } })).get(A)?.proof).toBeNull();
  });

  it.each([
    ['nonsense\n', 'this line is not a JSON object.'],
    ['[]\n', 'this line is not a JSON object.'],
    ['{"fingerprint":"abc","reason":"x"}\n', '"fingerprint" is 16 digits of 0-9 and a-f'],
    [line({ fingerprint: A.toUpperCase() }), '"fingerprint" is 16 digits'],
    [line({ reason: ' ' }), '"reason" is missing.'],
    [line({ reason: 5 }), '"reason" is a text.'],
    [line({ until: '2026-02-30' }), '"until" is a date as 2026-11-20.'],
    [line({ until: 'tomorrow' }), '"until" is a date as 2026-11-20.'],
    [line({ proof: 'never-live' }), '"proof" is {"kind":"revoked"'],
    [line({ proof: { kind: 'revoked', on: '2026-13-01' } }), '"proof" is {"kind":"revoked"'],
    [line({ path: 'a' }), 'unknown key "path"; known are fingerprint, rule,'],
    [`{"__proto__":{"proof":1},"fingerprint":"${A}","reason":"x"}\n`, 'unknown key "__proto__"; known are'],
    [line({ rule: 'openai-projct-key' }), 'unknown rule "openai-projct-key"; did you mean "openai-project-key"?'],
  ])('refuses %j with its line', (bad, message) => {
    expect(() => accepted(`${line({ fingerprint: B })}\n${bad}`)).toThrow(`keyguard.baseline.jsonl:3: ${message}`);
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(() => acceptedFrom(Buffer.from([0xff, 0x0a]), TODAY, RULES)).toThrow(
      'keyguard.baseline.jsonl is not UTF-8 text.',
    );
  });
});

describe('formatBaseline', () => {
  const entry: BaselineEntry = {
    proof: null,
    until: null,
    owner: null,
    reason: 'a "test"',
    firstSeen: TODAY,
    redacted: null,
    rule: 'openai-project-key',
    fingerprint: A,
  };

  it('writes one sorted line an entry, its keys in one order', () => {
    const tail =
      '"rule":"openai-project-key","redacted":null,"firstSeen":"2026-11-20","reason":"a \\"test\\"","owner":null,"until":null,"proof":null}\n';
    expect(formatBaseline([{ ...entry, fingerprint: B }, entry])).toBe(
      `{"fingerprint":"${A}",${tail}{"fingerprint":"${B}",${tail}`,
    );
  });

  it('is read back as it was written', () => {
    const texts = string({ unit: 'grapheme', minLength: 1 }).filter((text) => text === text.trim());
    const dates = option(constantFrom('2026-01-31', '2028-02-29'));
    const entries = record({
      fingerprint: constantFrom(A, B),
      rule: option(texts),
      redacted: option(texts),
      firstSeen: dates,
      reason: texts,
      owner: option(texts),
      until: dates,
      proof: constantFrom<BaselineEntry['proof']>(null, { kind: 'never-live' }, { kind: 'revoked', on: '2026-11-01' }),
    });
    assert(
      property(array(entries), (written) => {
        const sorted = written.toSorted((a, b) => a.fingerprint.localeCompare(b.fingerprint));
        expect(parseBaseline(Buffer.from(formatBaseline(written)))).toEqual(sorted);
      }),
      { seed: 1 },
    );
  });
});

describe('isDate', () => {
  it.each(['2026-11-20', '2028-02-29', '0001-01-01'])('takes %s', (text) => expect(isDate(text)).toBe(true));
  it.each([
    '2026-02-29',
    '2026-00-10',
    '2026-1-1',
    '20261120',
    '',
    '2026-11-20T00:00:00Z',
    ' 2026-11-20',
    '2026-11-20\n',
  ])('refuses %j', (text) => expect(isDate(text)).toBe(false));
});
