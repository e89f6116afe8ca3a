import { describe, expect, it } from 'vitest';
import type { Detection } from '../../src/read-fragment.ts';
import { readFragment } from '../../src/read-fragment.ts';
import { rawPathFromText } from '../../src/model/fragment.ts';
import type { PolicyRule } from '../../src/model/rule.ts';
import { ownFrom } from '../../src/own/own.ts';
import type { ValueFile } from '../../src/own/own-keys.ts';
import { fillTemplate } from '../../src/ruleset/fill-template.ts';
import { type Scanner, withMatcher } from '../../src/scanner.ts';
import { fakeKey } from '../helpers/keys.ts';
import { bytesOf, fragmentOf, scanner } from './detect.ts';

const FACTS: PolicyRule = {
  id: 'own-key',
  provider: 'Any provider',
  title: 'value of your own',
  keyType: 'Own value',
  opens: 'opens something',
  risk: 'medium',
  severity: 'error',
  confidence: 'high',
  notNames: [],
};

const VALUE = fillTemplate('{{alnum:40}}', 21);
const SPECIAL = `${fillTemplate('{{alnum:20}}', 22)}+/=&${fillTemplate('{{alnum:8}}', 23)}`;
const SHORT = fillTemplate('{{alnum:14}}', 24);

function knowing(text: string, kind: ValueFile['kind'] = 'dotenv', path = '.env'): Scanner {
  const file = { path: rawPathFromText(path), shown: scanner.sink.text(path), text, kind };
  const { widen } = ownFrom([file], FACTS, [...scanner.rules.values()], scanner.sink.text);
  return widen === null ? scanner : withMatcher(scanner, widen);
}

async function detectionsIn(
  content: string | Buffer,
  known: Scanner,
  windowSize?: number,
): Promise<readonly Detection[]> {
  return (await readFragment(fragmentOf(content, windowSize), known)).detections;
}

/** Rule and redacted form of each finding, and the bytes at its place that are as long as `cut`. */
async function foundIn(content: string | Buffer, known: Scanner, cut: string): Promise<readonly (readonly string[])[]> {
  const bytes = bytesOf(content);
  const detections = await detectionsIn(bytes, known);
  return detections.map(({ finding, offset }) => [
    finding.title,
    finding.decoded.join('+'),
    bytes.subarray(offset, offset + cut.length).toString('latin1'),
  ]);
}

const TITLE = 'value of THE_TOKEN from .env';

describe('the value of a .env file', () => {
  it.each([
    ['as it is', VALUE, VALUE, ''],
    ['glued to a word', VALUE, VALUE, '', 'prefix_'],
    ['with signs in it', SPECIAL, SPECIAL, ''],
    ['in base64', VALUE, Buffer.from(VALUE).toString('base64'), 'base64'],
    ['in hex', VALUE, Buffer.from(VALUE).toString('hex'), 'hex'],
    ['in capital hex', VALUE, Buffer.from(VALUE).toString('hex').toUpperCase(), 'hex'],
    ['percent-encoded', SPECIAL, encodeURIComponent(SPECIAL), 'percent'],
    [
      'percent-encoded with small digits',
      SPECIAL,
      encodeURIComponent(SPECIAL).replaceAll(/%../gu, (c) => c.toLowerCase()),
      'percent',
    ],
  ])('is found %s', async (_how, value, written, decoded, before = '') => {
    const content = `const a = 1;\nconst k = "${before}${written}"; // é\n`;
    expect(await foundIn(content, knowing(`THE_TOKEN=${value}`), written)).toEqual([[TITLE, decoded, written]]);
    expect(await foundIn(content.replace(written, 'x'.repeat(20)), knowing(`THE_TOKEN=${value}`), written)).toEqual([]);
  });

  it.each([0, 1, 2])('is found inside of longer base64, %d bytes from its beginning', async (shift) => {
    const bytes = Buffer.from(`${'~?>'.slice(0, shift)}${SPECIAL}~~tail`);
    for (const text of [bytes.toString('base64'), bytes.toString('base64url')]) {
      const [found, ...others] = await detectionsIn(`data: ${text}\n`, knowing(`THE_TOKEN="${SPECIAL}"`));
      expect([found?.finding.decoded, others]).toEqual([['base64'], []]);
      const whole = Buffer.from(`data: ${text}`)
        .subarray(found?.offset, (found?.offset ?? 0) + 40)
        .toString();
      expect(text).toContain(whole);
    }
  });

  it('is found in UTF-16, at its bytes', async () => {
    const content = Buffer.from(`\ufeffkey = ${VALUE}\r\n`, 'utf16le');
    const [found, ...others] = await detectionsIn(content, knowing(`THE_TOKEN=${VALUE}`));
    const offset = found?.offset ?? 0;
    expect(content.subarray(offset, offset + 80).toString('utf16le')).toBe(VALUE);
    expect(others).toEqual([]);
  });

  it('is found in every window, once', async () => {
    const known = knowing(`THE_TOKEN=${VALUE}`);
    const content = `${'x '.repeat(known.overlap)}${VALUE} ${'y '.repeat(known.overlap)}`;
    const [found, ...others] = await detectionsIn(content, known, 3 * known.overlap);
    expect(content.slice(found?.offset, (found?.offset ?? 0) + VALUE.length)).toBe(VALUE);
    expect(others).toEqual([]);
  });

  it('is no finding in the file that it came from, and is one beside it', async () => {
    const known = knowing(`THE_TOKEN=${VALUE}`, 'dotenv', 'src/app.txt');
    expect(await detectionsIn(VALUE, known)).toEqual([]);
    expect(await detectionsIn(VALUE, knowing(`THE_TOKEN=${VALUE}`, 'dotenv', 'src/app.env'))).toHaveLength(1);
  });

  it('shows its last four characters, or its name where it is short', async () => {
    const text = `${VALUE} ${SHORT}`;
    const found = await detectionsIn(text, knowing(`THE_TOKEN=${VALUE}\nDB_PASS=${SHORT}`));
    expect(found.map(({ finding }) => finding.redacted)).toEqual([`…${VALUE.slice(-4)}`, '[value of DB_PASS]']);
    expect(found.map(({ finding }) => finding.snippet?.text)).toEqual(
      Array.from({ length: 2 }, () => `…${VALUE.slice(-4)} [value of DB_PASS]`),
    );
  });

  it('is hidden in whatever is printed', () => {
    const known = knowing(`THE_TOKEN=${VALUE}\nDB_PASS=${SHORT}`);
    expect(known.sink.text(`cannot read ${VALUE} and ${SHORT}`)).toBe(
      `cannot read …${VALUE.slice(-4)} and [value of DB_PASS]`,
    );
    expect(scanner.sink.text(SHORT)).toBe(SHORT);
  });

  it('leaves the finding to a rule that knows the key, which says that it is the own one', async () => {
    const key = fakeKey('openaiProject', 3);
    const [found, ...others] = await detectionsIn(`k = "${key}"`, knowing(`OPENAI_API_KEY=${key}`));
    expect(found?.finding.ruleId).toBe('openai-project-key');
    expect(found?.finding.evidence).toContainEqual({ kind: 'own-value', text: 'OPENAI_API_KEY', file: '.env' });
    expect(others).toEqual([]);
    const [alone] = await detectionsIn(`k = "${key}"`, scanner);
    expect(alone?.finding.evidence.map(({ kind }) => kind)).not.toContain('own-value');
    expect(alone?.finding.fingerprint).toBe(found?.finding.fingerprint);
  });

  it('has the risk of the keys that its variable is named after', async () => {
    const found = await detectionsIn(VALUE, knowing(`MY_OPENAI_ADMIN_KEY=${VALUE}`));
    expect(found.map(({ finding }) => [finding.provider, finding.risk, finding.ownKey?.kin])).toEqual([
      ['OpenAI', 'high', 'openai-admin-key'],
    ]);
  });

  it('is told once where one value lies in another', async () => {
    const url = `${VALUE}${SHORT}`;
    const found = await detectionsIn(`a ${url} b`, knowing(`FIRST_KEY=${VALUE}\nSECOND_KEY=${url}`));
    expect(found.map(({ finding }) => finding.title)).toEqual(['value of SECOND_KEY from .env']);
  });

  it('can be allowed by a comment beside it', async () => {
    const line = `k = "${VALUE}"; // keyguard:allow own-key -- a fixture`;
    const [found] = await detectionsIn(line, knowing(`THE_TOKEN=${VALUE}`));
    expect(found?.allow).toEqual({ ruleId: 'own-key', reason: 'a fixture' });
  });

  it('has a fingerprint that nobody can try values against', async () => {
    const prints = await Promise.all(
      [VALUE, SPECIAL].map(
        async (value) => (await detectionsIn(value, knowing(`THE_TOKEN=${value}`)))[0]?.finding.fingerprint,
      ),
    );
    expect(prints[0]).toMatch(/^[0-9a-f]{16}$/u);
    expect(prints[0]).toBe(prints[1]);
  });
});

describe('a list of known values', () => {
  it('has names, or lines', async () => {
    const list = `# mine\nNAMED=${VALUE}\n\n${SPECIAL.replace('=', '')}==\n`;
    const known = knowing(list, 'list', 'known.txt');
    const found = await detectionsIn(`${VALUE}\n${SPECIAL.replace('=', '')}==\n`, known);
    expect(found.map(({ finding }) => finding.title)).toEqual([
      'value of NAMED from known.txt',
      'value of line 4 from known.txt',
    ]);
  });

  it('is looked for whatever its names say, and counts what it leaves alone', () => {
    const file = { path: rawPathFromText('k'), shown: scanner.sink.text('k'), kind: 'list' } as const;
    const own = (text: string): number => ownFrom([{ ...file, text }], FACTS, [], scanner.sink.text).leftAlone;
    expect(own(`CLIENT_ID=${VALUE}\n`)).toBe(0);
    expect(own(`CLIENT_ID=${VALUE}\nshort\nhello-world-example\n`)).toBe(2);
  });
});

it('a file of a hundred thousand values is bounded and counted', () => {
  const text = Array.from({ length: 100_000 }, (_, i) => `K${i}_KEY=${VALUE}${i}`).join('\n');
  const file = { path: rawPathFromText('.env'), shown: scanner.sink.text('.env'), text, kind: 'dotenv' } as const;
  expect(ownFrom([file], FACTS, [], scanner.sink.text).tooMany).toBe(99_500);
});
