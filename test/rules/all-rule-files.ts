import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findIn } from '../../src/find-in.ts';
import { createMatcher } from '../../src/match/matcher.ts';
import type { Rule } from '../../src/model/rule.ts';
import type { Found } from '../../src/ruleset/check.ts';
import { compileRule } from '../../src/ruleset/compile.ts';
import { parseRuleFile } from '../../src/ruleset/parse.ts';
import type { KeyTypeEntry, RuleFile } from '../../src/ruleset/rule-file.ts';

const folder = fileURLToPath(new URL('../../rules/', import.meta.url));

export interface WrittenFile {
  readonly name: string;
  readonly text: string;
  readonly file: RuleFile;
}

/** Every rule file of the repository. */
export const RULE_FILES: readonly WrittenFile[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && !name.endsWith('.schema.json'))
  .toSorted()
  .map((name) => {
    const text = readFileSync(folder + name, 'utf8');
    return { name: `rules/${name}`, text, file: parseRuleFile(text, `rules/${name}`) };
  });

export const SCHEMA: Readonly<Record<string, unknown>> = JSON.parse(readFileSync(`${folder}rule.schema.json`, 'utf8'));

export interface NamedRule {
  readonly id: string;
  readonly entry: KeyTypeEntry;
  readonly rule: Rule;
}

export const RULES: readonly NamedRule[] = RULE_FILES.flatMap(({ file }) =>
  file.keyTypes.map((entry) => ({ id: entry.id, entry, rule: compileRule(file, entry) })),
);

/** What the matcher and the judge find in a text with these rules. */
export function finderFor(rules: readonly Rule[]): (text: string) => readonly Found[] {
  const matcher = createMatcher(rules);
  return (text) => findIn(text, matcher);
}
