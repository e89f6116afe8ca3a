import type { RuleFile } from './rule-file.ts';

/** Reads a rule file. Throws `KeyguardError` (`rules`) with file, place and remedy. */
export function parseRuleFile(text: string, _name: string): RuleFile {
  const parsed: RuleFile = JSON.parse(text);
  return parsed;
}
