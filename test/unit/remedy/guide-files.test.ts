import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { KeyguardError } from '../../../src/errors.ts';
import { compileGuidance } from '../../../src/ruleset/compile-guidance.ts';
import { guidance, jsonFiles } from './guidance.ts';

const schema: object = JSON.parse(
  readFileSync(new URL('../../../rules/guides/guide.schema.json', import.meta.url), 'utf8'),
);
const isGuide = new Ajv({ strict: true, strictRequired: false }).compile(schema);
const guides = jsonFiles('guides/');

describe('the guides', () => {
  test.each(guides)('$slug is what its schema says', ({ text }) => {
    isGuide(JSON.parse(text));
    expect(isGuide.errors).toBeNull();
  });

  test.each([
    ['without a source', { kind: 'text', text: 'x', asOf: '2025' }],
    ['with a source that is neither the guides nor a page', { kind: 'text', text: 'x', source: 'me', asOf: '2025' }],
    ['of an unknown kind', { kind: 'verse', text: 'x', source: 'the guides of 2025', asOf: '2025' }],
    [
      'that is a table without rows',
      { kind: 'table', columns: ['a', 'b'], source: 'the guides of 2025', asOf: '2025' },
    ],
  ])('a block %s is refused', (_what, block) => {
    expect(isGuide({ topics: [{ name: 'x', title: 'X', blocks: [block] }] })).toBe(false);
  });

  test('every row has a cell for every column', () => {
    const topics = [...guidance.common.topics, ...guidance.providers.flatMap((one) => one.topics)];
    const tables = topics.flatMap(({ blocks }) => blocks.filter((block) => block.kind === 'table'));
    expect(tables.length).toBeGreaterThan(3);
    for (const { columns, rows } of tables) for (const row of rows) expect(row).toHaveLength(columns.length);
  });

  test('every command in a text names a page that exists', () => {
    const known = guides.flatMap(({ text }) => [...text.matchAll(/`keyguard guide (?<words>[a-z ]+)`/gu)]);
    expect(known.length).toBeGreaterThan(3);
    for (const { groups } of known) {
      const [first = '', second = first] = (groups?.['words'] ?? '').split(' ');
      const provider = guidance.providers.find(({ slug }) => slug === first);
      const topics = [...(provider?.topics ?? []), ...guidance.common.topics].map(({ name }) => name);
      expect(topics).toContain(second);
    }
  });
});

describe('compiling', () => {
  const common = guides.find(({ slug }) => slug === 'common') ?? { slug: 'common', text: '' };

  test('a guide for no rule file is refused, because nobody would see it', () => {
    expect(() => compileGuidance([], [common, { slug: 'openia', text: '{"topics":[]}' }])).toThrow(
      new KeyguardError('rules', 'rules/guides/openia.json has no rule file; name it like one of rules/.'),
    );
  });

  test('the words for every provider must be there', () => {
    expect(() => compileGuidance([], [])).toThrow(new KeyguardError('rules', 'rules/guides/common.json is missing.'));
  });

  test('what is no secret has no guidance', () => {
    const ids = guidance.providers.flatMap(({ keyTypes }) => keyTypes.map(({ ruleId }) => ruleId));
    expect(ids).toContain('openai-project-key');
    expect(ids).not.toContain('openai-identifier');
  });
});
