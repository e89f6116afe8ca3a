import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { KeyguardError } from '../errors.ts';
import { keyTypeProblem } from './key-type-problem.ts';
import type { RuleFile } from './rule-file.ts';
import { RULE_FILE } from './rule-file-shape.ts';
import { shapeProblem } from './shape.ts';

/** Reads a rule file. Throws `KeyguardError` (`rules`) with file, place and remedy; `name` is the file's, for the message. */
export function parseRuleFile(text: string, name: string): RuleFile {
  const value = parseJson(text, name);
  assertRuleFile(value, name);
  const problem = keyTypeProblem(value);
  if (problem !== null) throw new KeyguardError('rules', `${name}: ${problem}`);
  return value;
}

function parseJson(text: string, name: string): unknown {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { disallowComments: true });
  const [first] = errors;
  if (first === undefined) return value;
  const before = text.slice(0, first.offset).split(/\r\n|\r|\n/u);
  const place = `${before.length}:${(before.at(-1) ?? '').length + 1}`;
  throw new KeyguardError('rules', `${name}:${place}: not JSON: ${inWords(printParseErrorCode(first.error))}.`);
}

/** `CommaExpected` → "comma expected". */
function inWords(code: string): string {
  return code.replaceAll(/(?<!^)[A-Z]/gu, ' $&').toLowerCase();
}

function assertRuleFile(value: unknown, name: string): asserts value is RuleFile {
  const shape = shapeProblem(value, RULE_FILE);
  if (shape !== null) throw new KeyguardError('rules', `${name}: ${shape}`);
}
