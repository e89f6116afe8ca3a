import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { assignedValue, givenValue } from '../../src/match/assignment.ts';
import { byteClass, holds } from '../../src/match/byte-class.ts';
import type { Rule } from '../../src/model/rule.ts';
import { checkRules } from '../../src/ruleset/check.ts';
import { fillTemplate } from '../../src/ruleset/fill-template.ts';
import { markedSpan } from '../../src/ruleset/marked-span.ts';
import { finderFor, RULE_FILES, RULES, SCHEMA } from './all-rule-files.ts';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** The texts that the pattern cuts out where it may begin, boundaries kept. Knows nothing of the judge. */
function cutsOf(rule: Rule, text: string): readonly string[] {
  const left = byteClass(rule.left);
  const right = byteClass(rule.right);
  const pattern = new RegExp(rule.pattern, 'duy');
  const cuts: string[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (rule.anchorAt === 'name' ? !isValueOf(rule, text, at) : holds(left, text, at - 1)) continue;
    pattern.lastIndex = at;
    const [start, end] = pattern.exec(text)?.indices?.groups?.['secret'] ?? [];
    if (start !== undefined && end !== undefined && !holds(right, text, end)) cuts.push(text.slice(start, end));
  }
  return cuts;
}

function isValueOf(rule: Rule, text: string, at: number): boolean {
  const plain = text.toLowerCase();
  return rule.anchors.some((anchor) =>
    [anchor.toLowerCase(), anchor.toLowerCase().replaceAll('_', ''), anchor.toLowerCase().replaceAll('_', '-')].some(
      (name) => {
        const found = plain.indexOf(name);
        if (found < 0) return false;
        if (rule.envVars.includes(anchor)) return assignedValue(text, found + name.length)?.start === at;
        return [...plain.matchAll(/key|token|bearer/gu)].some(
          ({ index, 0: word }) => givenValue(text, index + word.length)?.start === at,
        );
      },
    ),
  );
}

describe.each(RULE_FILES)('$name', ({ name, text, file }) => {
  test('is what the schema asks for', () => {
    const validate = new Ajv2020({ allErrors: true }).compile(SCHEMA);
    validate(JSON.parse(text));
    expect(validate.errors ?? []).toEqual([]);
  });

  test('tells an editor where its schema is', () => {
    expect(file.$schema).toBe('./rule.schema.json');
  });

  test('names its rules after itself', () => {
    for (const { id } of file.keyTypes) {
      // The coding plans of Kimi are sold under that name.
      expect(id.replace(/^kimi-/u, 'moonshot-')).toMatch(new RegExp(`^${name.slice(6, -5)}-`, 'u'));
    }
  });

  test('holds nothing that looks like a key', () => {
    const marker = ['T3', 'BlbkFJ'].join('');
    expect(text).not.toMatch(new RegExp(`${marker}[A-Za-z0-9]`, 'u'));
    expect(text).not.toMatch(/sk-(?:proj|ant)[A-Za-z0-9_-]{24}/u);
    expect(finderFor(RULES.map(({ rule }) => rule))(text)).toEqual([]);
  });
});

test('the schema refuses what it does not know', () => {
  const validate = new Ajv2020().compile(SCHEMA);
  const [first] = RULE_FILES;
  expect(validate({ ...first?.file, anchros: [] })).toBe(false);
});

test('every id stands in one place only', () => {
  const ids = RULES.map(({ id }) => id);
  expect([...new Set(ids)]).toEqual(ids);
});

describe.each(RULES)('$id', ({ entry, rule }) => {
  test.each(entry.examples)('the pattern cuts out what is marked in %s', (example) => {
    for (const seed of SEEDS) {
      const marked = markedSpan(fillTemplate(example, seed));
      const { text = '', secret } = marked ?? {};
      expect(cutsOf(rule, text)).toContain(text.slice(secret?.start, secret?.end));
    }
  });

  test('an anchor stands in every example', () => {
    for (const example of entry.examples) {
      const { text = '' } = markedSpan(fillTemplate(example, 1)) ?? {};
      const isWord = rule.anchorAt === 'name' || rule.anchorAt === 'near';
      const spelled = (one: string): string => (isWord ? one.toLowerCase().replaceAll(/[_-]/gu, '') : one);
      const plain = spelled(text);
      const anchors = rule.anchors.map(spelled);
      expect(anchors.some((anchor) => plain.includes(anchor))).toBe(true);
    }
  });

  test('a negative example is refused by the pattern alone', () => {
    const refused = entry.negativeExamples.filter((example) => cutsOf(rule, fillTemplate(example, 1)).length === 0);
    expect(refused).not.toEqual([]);
  });

  test('its sentences are sentences', () => {
    const { steps, replace, afterLeak } = entry.revoke;
    for (const sentence of [...steps, ...replace, ...afterLeak, ...(entry.notes ?? [])]) {
      expect(sentence).toMatch(/^[A-Z].*(?:[.]|https:\/\/\S+)$/u);
    }
    expect(entry.opens).toMatch(/^[a-z].*[^.]$/u);
  });
});

test('the matcher and the judge find every example and no negative one', () => {
  const findIn = finderFor(RULES.map(({ rule }) => rule));
  expect(
    checkRules(
      RULE_FILES.map(({ file }) => file),
      findIn,
    ),
  ).toEqual([]);
});

test('rules that share a shape name each other', () => {
  const pairs = RULES.flatMap(({ id, entry }) => (entry.collidesWith ?? []).map((other) => [id, other] as const));
  const catchAll = new Set(RULES.filter(({ rule }) => rule.catchAll).map(({ id }) => id));
  const oneSided = pairs
    .filter(([, other]) => !catchAll.has(other))
    .filter(([id, other]) => !pairs.some(([a, b]) => a === other && b === id));
  expect(oneSided).toEqual([]);
});
