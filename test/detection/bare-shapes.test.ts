import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillTemplate } from '../../src/ruleset/fill-template.ts';
import { detectIn, scanner } from './detect.ts';
import { OWNERS } from './owners.ts';

/** What is random in a file, and the marks between: nobody's name. */
const RANDOM = ['{{hex:32}}', '{{hex:40}}', '{{hex:64}}', '{{uuid}}', '{{alnum:32}}', '{{alnum:40}}', '{{base64:48}}'];
const BESIDE = [
  '=',
  ': ',
  ' ',
  '\n',
  '","',
  '@',
  '/',
  '.',
  ' key=',
  'api_key: "',
  'Authorization: Bearer ',
  '\t',
  '-',
  '#',
];

describe('random text that nobody is named beside', () => {
  const part = fc.oneof(
    fc.tuple(fc.constantFrom(...RANDOM), fc.nat(10_000)).map(([template, seed]) => fillTemplate(template, seed)),
    fc.constantFrom(...BESIDE, 'example', 'market', 'reexamine', 'spark', 'gather'),
  );

  it('is silent', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 40 }), async (parts) => {
        expect(await detectIn(parts.join(''))).toEqual([]);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('speaks as soon as somebody is', async () => {
    for (const { key, variable, ruleId } of OWNERS) {
      const found = await detectIn(`${fillTemplate(RANDOM.join(' '), 3)}\n${variable}=${key(3)}\n`);
      expect(found.map(({ finding }) => finding.ruleId)).toEqual([ruleId]);
    }
  });
});

function filled(part: (index: number) => string): string {
  const parts: string[] = [];
  for (let length = 0, index = 0; length < 1_000_000; index += 1) {
    const one = part(index);
    parts.push(one);
    length += one.length;
  }
  return parts.join('');
}

function keyOf(ruleId: string): (seed: number) => string {
  return OWNERS.find((owner) => owner.ruleId === ruleId)?.key ?? String;
}

describe('a megabyte that asks much', () => {
  const mistral = keyOf('mistral-api-key');
  const commit = keyOf('deepgram-api-key');
  const key = mistral(1);
  const last = `\nMISTRAL_API_KEY=${key}\n`;

  it.each([
    ['a name a hundred thousand times', filled(() => 'mistral ')],
    ['a run without an end', 'aB3'.repeat(333_333)],
    ['commits beside a name', filled((index) => `commit ${commit(index % 97)} deepgram\n`)],
    ['brackets that nobody closes', filled(() => 'cohere([{')],
    ['one indentation after the other', filled((index) => `${' '.repeat(index % 300)}mistral:\n`)],
    ['names of keys without a format', filled(() => 'weaviate key=')],
    ['clients without an argument', filled(() => 'portkey((((("key"')],
    ['cuts in every run', filled((index) => `/${mistral(index % 97)}+`)],
    ['hyphens', '-'.repeat(1_000_000)],
  ])('%s: the key at its end is found, and nothing else', async (_name, text) => {
    const found = await detectIn(text + last);
    expect(found.map(({ finding, secret }) => [finding.ruleId, secret.reveal()])).toEqual([['mistral-api-key', key]]);
  });
});

describe('windows', () => {
  it('see a name on either side of their border', async () => {
    const key = keyOf('cohere-api-key')(9);
    const size = 4 * (scanner.overlap + 1024);
    for (const shift of [-700, -560, -300, -40, -20, 0, 40, 500]) {
      const before = '.'.repeat(size + shift - 'cohere:\n'.length);
      const between = `  # ${'-'.repeat(440)}\n  api_key: `;
      const text = `${before}\ncohere:\n${between}${key}\n${'.'.repeat(size)}`;
      const found = await detectIn(text, size);
      expect(found.map(({ finding }) => finding.ruleId)).toEqual(['cohere-api-key']);
    }
  });
});
