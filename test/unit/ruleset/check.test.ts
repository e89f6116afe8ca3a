import { describe, expect, test } from 'vitest';
import { checkRules, type Found } from '../../../src/ruleset/check.ts';
import { parseRuleFile } from '../../../src/ruleset/parse.ts';
import type { RuleFile } from '../../../src/ruleset/rule-file.ts';

function fileWith(change: Readonly<Record<string, unknown>> = {}, ...more: readonly object[]): RuleFile {
  const keyType = {
    id: 'acme-api-key',
    title: 'Acme API key',
    keyType: 'API key',
    opens: 'uses the anvils',
    risk: 'medium',
    confidence: 'high',
    anchors: ['acme_'],
    pattern: '(?<secret>acme_[a-z0-9]{8})',
    examples: ['ACME_KEY=<<acme_{{loweralnum:8}}>>', 'key: "<<acme_{{loweralnum:8}}>>"'],
    negativeExamples: ['ACME_KEY=acme_{{loweralnum:7}}', 'ACME_KEY=acme_...'],
    revoke: {
      url: null,
      evidence: 'sourced',
      who: 'holder',
      always: false,
      steps: ['Delete it.'],
      replace: [],
      usageUrl: null,
      afterLeak: [],
    },
    references: ['https://acme.example'],
  };
  const keyTypes = [{ ...keyType, ...change }, ...more.map((one) => ({ ...keyType, ...one }))];
  return parseRuleFile(JSON.stringify({ provider: 'Acme', consoleUrl: null, docsUrl: null, keyTypes }), 'acme.json');
}

/** Finds every `acme_` and eight letters or digits. */
function findIn(text: string): readonly Found[] {
  return Array.from(text.matchAll(/acme_[a-z0-9]{8}/gu), ({ index, 0: secret }) => ({
    ruleId: 'acme-api-key',
    start: index,
    end: index + secret.length,
  }));
}

describe('examples', () => {
  test('nothing is said when all is as it should be', () => {
    expect(checkRules([fileWith()], findIn)).toEqual([]);
  });

  test.each([
    ['nothing', (): readonly Found[] => [], 'is not found'],
    [
      'another rule',
      (text: string) => findIn(text).map((found) => ({ ...found, ruleId: 'other-key' })),
      'is found by other-key',
    ],
    [
      'another place',
      (text: string) => findIn(text).map((found) => ({ ...found, end: found.end - 1 })),
      'is found at 9–21, marked at 9–22',
    ],
    [
      'two rules',
      (text: string) => findIn(text).flatMap((found) => [found, { ...found, ruleId: 'other-key' }]),
      'is found 2 times: acme-api-key, other-key',
    ],
  ])('%s is found', (_what, finder, message) => {
    expect(checkRules([fileWith()], finder)[0]).toEqual({
      ruleId: 'acme-api-key',
      message: `examples[0] ${message} (filled from seed 1).`,
    });
  });

  test('a negative example that is found', () => {
    const file = fileWith({ negativeExamples: ['a', 'b acme_{{loweralnum:8}}'] });
    expect(checkRules([file], findIn).map(({ message }) => message)).toEqual([
      'negativeExamples[1] is found, and should not be (filled from seed 1).',
    ]);
  });

  test('one random key that fails is enough', () => {
    const texts: string[] = [];
    checkRules([fileWith()], (text) => {
      texts.push(text);
      return findIn(text);
    });
    const last = texts.findLast((text) => text.startsWith('key: '));
    const unlessLast = (text: string): readonly Found[] => (text === last ? [] : findIn(text));
    expect(checkRules([fileWith()], unlessLast).map(({ message }) => message)).toEqual([
      'examples[1] is not found (filled from seed 13).',
    ]);
  });

  test('an identifier is never to be found', () => {
    const file = fileWith({ isSecret: false, negativeExamples: ['a', 'b'] });
    expect(checkRules([file], () => [])).toEqual([]);
    expect(checkRules([file], findIn)[0]?.message).toBe(
      'examples[0] is no secret, and yet acme-api-key finds it (filled from seed 1).',
    );
  });

  test('no message holds what an example was filled with', () => {
    for (const { message } of checkRules([fileWith()], () => [])) expect(message).not.toMatch(/acme_[a-z0-9]{8}/u);
  });
});

describe('names', () => {
  test('an id in two files', () => {
    expect(checkRules([fileWith(), fileWith()], findIn)).toContainEqual({
      ruleId: 'acme-api-key',
      message: 'another rule has the same id.',
    });
  });

  test('collidesWith an id that no rule has, or its own', () => {
    const problems = checkRules([fileWith({ collidesWith: ['other-key', 'acme-api-key'] })], findIn);
    expect(problems.map(({ message }) => message)).toEqual([
      'collidesWith names "other-key", which is no other rule.',
      'collidesWith names "acme-api-key", which is no other rule.',
    ]);
  });

  test('collidesWith a rule of another file', () => {
    const other = { id: 'other-key', isSecret: false, examples: ['<<a>>', '<<b>>'] };
    expect(checkRules([fileWith({ collidesWith: ['other-key'] }, other)], findIn)).toEqual([]);
  });
});
