import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fillTemplate } from '../../src/ruleset/fill-template.ts';
import { fakeKey } from '../helpers/keys.ts';
import { detectIn } from './detect.ts';

const KEY = fakeKey('openaiProject', 5);
const [FIRST, LAST] = [KEY.slice(0, 70), KEY.slice(70)];
const hash = (seed: number): string => createHash('sha256').update(`${seed}`).digest('hex');
const hashes = Array.from({ length: 40 }, (_, seed) => hash(seed));
const base64 = createHash('shake256', { outputLength: 1500 }).update('image').digest('base64');
const in64 = base64.match(/.{1,64}/gu) ?? [];

/** What is silent, and beside it the same place with a key in pieces. */
const CASES: readonly (readonly [name: string, silent: string, speaks: string])[] = [
  ['words', `a = 'Hello' + 'World' + 'AndAllTheOthersWhoAreHere1';`, `a = '${FIRST}' + '${LAST}';`],
  ['sentences', `throw Error('cannot read 12 files ' + 'of the 20');`, `throw Error('${FIRST}' + '${LAST}');`],
  [
    'an address',
    `url = 'https://api.openai.com/v1' + '/chat/' + 'completions2';`,
    `url = 'https://x.org/' + '${FIRST}' + '${LAST}';`,
  ],
  ['classes', `class="sk-" + 'circle-fade' + '-dot2-large-spinner-element';`, `class="${FIRST}" + '${LAST}';`],
  [
    'the beginning of a key alone',
    `isKey = text.startsWith('sk-' + 'proj-') || 'abcdefgh12';`,
    `isKey = '${FIRST}' + '${LAST}'`,
  ],
  ['placeholders', `key = 'sk-proj-' + 'your-api-key-here-please1';`, `key = '${FIRST}' + '${LAST}';`],
  ['x rows', `key = 'sk-' + '${'x'.repeat(48)}';`, `key = '${FIRST}' + '${LAST}';`],
  [
    'an image in pieces',
    `src = ${in64.map((line) => `'${line}'`).join(' +\n  ')};`,
    `src = '${FIRST}' +\n  '${LAST}';`,
  ],
  ['a certificate', `-----BEGIN CERTIFICATE-----\n${in64.join('\n')}\n-----END CERTIFICATE-----`, `${FIRST}\n${LAST}`],
  ['hashes in lines', `openai deepseek mistral:\n${hashes.join('\n')}`, `openai:\n${FIRST}\n${LAST}`],
  [
    'hashes in a list',
    `const HASHES = [\n'${hashes.join("',\n'")}',\n];`,
    `const KEYS = [\n'${FIRST}',\n'${LAST}',\n];`,
  ],
  ['prefixed hashes in lines', hashes.map((one) => `id-${one}`).join('\n'), `${FIRST}\n${LAST}`],
  [
    'models',
    `models = ['gpt-4o-2024-08-06', 'gpt-4o-mini', 'o1-preview-2024-09-12'].join('')`,
    `k = ['${FIRST}', '${LAST}'].join('')`,
  ],
  ['a beginning, and another line', `sk-proj-${hash(1).slice(0, 20)}\n${hash(2).slice(0, 24)}`, `${FIRST}\n${LAST}`],
  ['steps of a build', `RUN make -j4 \\\n    install2 \\\n    clean3`, `ENV KEY=${FIRST}\\\n${LAST}`],
  ['folded prose', `text: >-\n  somebody12345678\n  wrote1this2thing3`, `text: >-\n  ${FIRST}\n  ${LAST}`],
  [
    'items of a YAML list',
    `keys:\n- ${FIRST.slice(0, 24)}\n- ${hash(3).slice(0, 30)}`,
    `keys:\n- ${FIRST}\\\n  ${LAST}`,
  ],
];

describe.each(CASES)('%s', (_name, silent, speaks) => {
  it('is silent', async () => {
    expect((await detectIn(`first line\n${silent}\n`)).map(({ finding }) => finding.ruleId)).toEqual([]);
  });

  it('speaks of a key in its place', async () => {
    const found = await detectIn(`first line\n${speaks}\n`);
    expect(found.map(({ finding }) => finding.ruleId)).toEqual(['openai-project-key']);
  });
});

it('leaves keys of their own apart: side by side, in a list, in lines', async () => {
  const keys = [1, 2, 3].map((seed) => fillTemplate('sk-ant-oat01-{{base64url:60}}', seed));
  for (const text of [
    `'${keys.join("' '")}'`,
    `[${keys.map((key) => `"${key}"`).join(', ')}].join('')`,
    keys.join('\n'),
  ]) {
    const found = await detectIn(text);
    expect(found.map(({ finding }) => [finding.decoded, text.slice(0, 0)])).toEqual([
      [[], ''],
      [[], ''],
      [[], ''],
    ]);
  }
});

it('says once what a piece and the whole both look like', async () => {
  const key = fillTemplate('sk-ant-oat01-{{base64url:95}}', 4);
  const found = await detectIn(`k = '${key.slice(0, 70)}' + '${key.slice(70)}'`);
  expect(found.map(({ finding, secret }) => [finding.decoded, secret.length])).toEqual([
    [['concatenation'], key.length],
  ]);
});

it('hears an allow comment beside the last piece', async () => {
  const found = await detectIn(`k = '${FIRST}' +\n  '${LAST}'; // keyguard:allow openai-project-key -- a test\n`);
  expect(found.map(({ allow }) => allow?.reason)).toEqual(['a test']);
});

it('hears an allow comment above the first piece', async () => {
  const found = await detectIn(`// keyguard:allow openai-project-key -- a test\nk = '${FIRST}' +\n  '${LAST}';\n`);
  expect(found.map(({ allow }) => allow?.reason)).toEqual(['a test']);
});

it('tells the lines from the first piece to the last', async () => {
  const found = await detectIn(`a\nk = '${FIRST}' +\n  '${LAST}';\n`);
  const [{ finding } = { finding: null }] = found;
  expect(finding?.location).toMatchObject({ line: 2, column: 6, endLine: 3, endColumn: 4 + LAST.length });
});

it('shows no piece of one key beside another', async () => {
  const other = fakeKey('anthropicApi', 6);
  const found = await detectIn(`k = '${FIRST}' + '${LAST}', o = '${other}';\n`);
  const shown = JSON.stringify(found.map(({ finding }) => [finding.snippet, finding.redacted]));
  for (let at = 8; at + 12 < KEY.length; at += 4) expect(shown).not.toContain(KEY.slice(at, at + 12));
  expect(found).toHaveLength(2);
});
