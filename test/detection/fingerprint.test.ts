import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { parseFingerprint } from '../../src/model/secret.ts';
import { fakeKey } from '../helpers/keys.ts';
import { detectIn } from './detect.ts';
import { FORMS } from './forms.ts';
import { WIDE } from './wide.ts';

async function fingerprintsIn(content: string | Buffer): Promise<readonly string[]> {
  return (await detectIn(content)).map(({ finding }) => finding.fingerprint);
}

it.each(FORMS)('%s: the same wherever and however it is written', async (_form, _ruleId, make) => {
  const key = make(41);
  const [expected] = await fingerprintsIn(key);
  expect(expected).toMatch(/^[0-9a-f]{16}$/u);
  const contents = [
    `API_KEY=${key}\n`,
    `\n\n    apiKey: '${key}',\n`,
    `{"a":"x\\n${key}\\n"}`,
    `next=%2Fv1%3Fkey%3D${key}%26x`,
    `\ufeffmoved ${key}\r\n`,
    ...WIDE.map(([, encode]) => encode(`token = "${key}"\n`)),
  ];
  for (const content of contents) expect(await fingerprintsIn(content)).toEqual([expected]);
});

it('is what the report promises: SHA-256 over a label, a NUL and the secret', async () => {
  const key = fakeKey('openaiProject', 42);
  const hash = createHash('sha256').update(`keyguard-1\0${key}`).digest('hex');
  expect(await fingerprintsIn(key)).toEqual([hash.slice(0, 16)]);
});

it('tells two keys apart that differ in one character', async () => {
  const key = fakeKey('openaiProject', 43);
  const other = key.replace(/.$/u, (last) => (last === 'x' ? 'y' : 'x'));
  const [one, two] = await fingerprintsIn(`${key}\n${other}\n`);
  expect(one).not.toBe(two);
});

it('is read back as written, and nothing else is', () => {
  expect(parseFingerprint('0123456789abcdef')).toBe('0123456789abcdef');
  for (const wrong of ['', '0123456789abcde', '0123456789ABCDEF', '0123456789abcdef0', ' 0123456789abcdef']) {
    expect(parseFingerprint(wrong)).toBeUndefined();
  }
});
