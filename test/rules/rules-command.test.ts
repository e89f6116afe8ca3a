import { describe, expect, test } from 'vitest';
import { rulesCheck, rulesList, rulesShow } from '../../src/cli/commands/rules.ts';
import { KeyguardError } from '../../src/errors.ts';
import type { GuidanceData } from '../../src/remedy/guidance-data.ts';
import { compileRule } from '../../src/ruleset/compile.ts';
import { finderFor, RULE_FILES, RULES } from './all-rule-files.ts';

const ruleset = { hash: '0', rules: RULES.map(({ rule }) => rule) };

const guidance: Pick<GuidanceData, 'providers'> = {
  providers: RULE_FILES.map(({ name, file }) => ({
    provider: file.provider,
    slug: name,
    consoleUrl: file.consoleUrl,
    docsUrl: file.docsUrl,
    keyTypes: file.keyTypes.map(({ id, title, opens, envVars = [], revoke, notes = [] }) => ({
      ruleId: id,
      title,
      opens,
      envVars,
      revocation: revoke,
      publicUse: null,
      verification: null,
      notes,
    })),
    topics: [],
  })),
};

/** Addresses are copied and stay whole; everything else keeps to the columns. */
function tooWide(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.length > 80 && !line.includes('https://'));
}

describe('list', () => {
  const text = rulesList(ruleset);

  test.each(RULES)('names $id with its key type', ({ id, rule }) => {
    expect(text).toMatch(new RegExp(`^  ${id} +\\S`, 'mu'));
    expect(text.replaceAll(/\s+/gu, ' ')).toContain(rule.keyType);
  });

  test('keeps to 80 columns and ends with a line', () => {
    expect(tooWide(text)).toEqual([]);
    expect(text.endsWith('keyguard rules show ID\n')).toBe(true);
  });

  test('tells what is no secret, and what only advises', () => {
    expect(text).toMatch(/openai-identifier .*: no secret$/mu);
    expect(text).toMatch(/langfuse-public-key .*: no secret$/mu);
  });
});

describe('show', () => {
  test.each(RULES)('tells all about $id in 80 columns', ({ id, entry, rule }) => {
    const text = rulesShow(ruleset, guidance, id);
    const flat = text.replaceAll(/\s+/gu, ' ');
    expect(tooWide(text)).toEqual([]);
    expect(flat).toContain(`${rule.title}: ${rule.opens}.`);
    for (const step of entry.revoke.steps) expect(flat).toContain(step);
    for (const name of rule.envVars) expect(flat).toContain(name);
    expect(text.replaceAll(/\s+/gu, '')).toContain(rule.pattern.replaceAll(' ', ''));
  });

  test('says who can revoke an admin key', () => {
    expect(rulesShow(ruleset, guidance, 'openai-admin-key')).toContain(
      'To revoke it (an owner of the organization can), in any case:',
    );
  });

  test('says when a link was not checked', () => {
    expect(rulesShow(ruleset, guidance, 'cerebras-api-key')).toContain('(not checked with the provider');
    expect(rulesShow(ruleset, guidance, 'openai-project-key')).not.toContain('not checked');
  });

  test.each([
    ['openai-admn-key', 'there is no rule "openai-admn-key". Did you mean "openai-admin-key"?'],
    ['banana', 'there is no rule "banana". See keyguard rules list.'],
  ])('an id that no rule has: %s', (id, message) => {
    expect(() => rulesShow(ruleset, guidance, id)).toThrow(new KeyguardError('usage', message));
  });
});

describe('check', () => {
  const shipped = RULE_FILES.map(({ name, text }) => ({ name, text }));

  test('takes the rules that ship', () => {
    const { text, problems } = rulesCheck(shipped, [], finderFor);
    expect(problems).toEqual([]);
    expect(text).toBe(
      `${RULE_FILES.length} files, ${RULES.length} rules: every example is found, every negative example is not.\n`,
    );
  });

  test('says what is wrong in a file that cannot be read, and in which', () => {
    const { text, problems } = rulesCheck([{ name: 'mine.json', text: '{' }], shipped, finderFor);
    expect(problems).toHaveLength(1);
    expect(text).toMatch(/^mine\.json:1:2: not JSON: /u);
    expect(text).toContain('1 file: 1 problem.');
  });

  test("finds a user's rule that a shipped one is in the way of", () => {
    const [cerebras] = RULE_FILES.filter(({ name }) => name === 'rules/cerebras.json');
    const text = cerebras?.text.replaceAll('cerebras-api-key', 'mine-api-key') ?? '';
    const { problems } = rulesCheck([{ name: 'mine.json', text }], shipped, finderFor);
    expect(problems.some((problem) => problem.startsWith('mine-api-key: examples[0] '))).toBe(true);
    expect(rulesCheck([{ name: 'mine.json', text }], [], finderFor).problems).toEqual([]);
  });
});

test('a rule is compiled with what its file says of every key type', () => {
  const [file] = RULE_FILES.filter(({ name }) => name === 'rules/openai.json').map((one) => one.file);
  const [entry] = file?.keyTypes ?? [];
  if (file === undefined || entry === undefined) throw new Error('rules/openai.json has no key type');
  const rule = compileRule(file, entry);
  expect(rule.context.hosts).toContain('api.openai.com');
  expect(rule.context.names).toEqual(rule.envVars);
  expect([rule.left, rule.right, rule.anchorAt]).toEqual(['A-Za-z0-9', 'A-Za-z0-9_-', 'start']);
});
