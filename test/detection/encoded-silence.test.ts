import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../src/ruleset/fill-template.ts';
import { fakeKey } from '../helpers/keys.ts';
import { detectIn } from './detect.ts';
import { base64 } from './encodings.ts';

/** The same bytes for the same seed: a file that is random in each run cannot be looked at when it fails. */
function noise(length: number, seed = 1): Buffer {
  const random = randomFrom(seed);
  return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
}

const HASHES = Array.from({ length: 400 }, (_, i) => noise(64, i + 2).toString('base64'));

/** What is silent, and the same with a key in it. */
const CASES: readonly (readonly [name: string, make: (text: string) => string])[] = [
  [
    'a picture',
    (text) => `url(data:image/png;base64,${Buffer.concat([noise(200_000), Buffer.from(text)]).toString('base64')})`,
  ],
  [
    'compressed data',
    (text) => `x = "${Buffer.concat([deflateSync(noise(9000)), Buffer.from(text)]).toString('base64')}"`,
  ],
  ['a lock file', (text) => HASHES.map((hash) => `    integrity sha512-${hash}\n`).join('') + base64(text)],
  ['a hexadecimal dump', (text) => `${noise(20_000).toString('hex')}${Buffer.from(text).toString('hex')}`],
  [
    'a list of bytes',
    (text) =>
      Array.from(
        Buffer.concat([noise(9000), Buffer.from(text)]),
        (byte) => `0x${byte.toString(16).padStart(2, '0')}`,
      ).join(', '),
  ],
  [
    'a source map',
    (text) =>
      `//# sourceMappingURL=data:application/json;base64,${base64(JSON.stringify({ version: 3, sources: ['a.ts'], mappings: 'AAAA,SAAS,KAAK'.repeat(900), sourcesContent: [`const a = 1;\n${text}`] }))}`,
  ],
  [
    'a minified bundle',
    (text) =>
      `${'function a(b){return b&&b.c?"\\u2026"+b.d%20:"&nbsp;"};'.repeat(2000)}var k="${text.replaceAll('-', '\\x2d')}";`,
  ],
  [
    'a URL',
    (text) =>
      `https://host.example/?next=${encodeURIComponent(`https://other.example/a?b=c&d=${'e f'.repeat(50)}`)}&k=${text.replaceAll('-', '%2D')}`,
  ],
];

describe.each(CASES)('%s', (_name, make) => {
  it('is silent', async () => {
    expect(await detectIn(make(' plain '))).toEqual([]);
  });

  it('speaks with a key in it', async () => {
    const found = await detectIn(make(` ${fakeKey('openaiProject')} `));
    expect(found.map(({ finding }) => finding.ruleId)).toEqual(['openai-project-key']);
  });
});
