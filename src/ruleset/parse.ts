import { createScanner, type ParseError, parse, printParseErrorCode, visit } from 'jsonc-parser';
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

/** jsonc-parser knows where a mistake stands; the value is JSON.parse's, to which `__proto__` is a field like another. */
function parseJson(text: string, name: string): unknown {
  const deep = tooDeep(text);
  if (deep !== null) throw new KeyguardError('rules', `${name}:${deep}`);
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true });
  const [first] = errors;
  if (first !== undefined) {
    const problem = `not JSON: ${inWords(printParseErrorCode(first.error))}`;
    throw new KeyguardError('rules', `${name}:${lineAndColumn(text, first.offset)}: ${problem}.`);
  }
  const twice = repeatedField(text);
  if (twice !== null) throw new KeyguardError('rules', `${name}:${twice}`);
  return JSON.parse(text);
}

/** The parsers call themselves for each level. */
const DEEPEST = 100;

function tooDeep(text: string): string | null {
  const tokens = createScanner(text, true);
  for (let depth = 0; tokens.getPosition() < text.length;) {
    tokens.scan();
    const offset = tokens.getTokenOffset();
    const first = text[offset];
    if (first === '[' || first === '{') depth += 1;
    else if (first === ']' || first === '}') depth -= 1;
    if (depth > DEEPEST)
      return `${lineAndColumn(text, offset)}: nested deeper than ${DEEPEST} levels; no field of a rule needs that, take it out.`;
  }
  return null;
}

/** Of two fields with one name the last would win, unseen. */
function repeatedField(text: string): string | null {
  const open: Set<string>[] = [];
  let problem: string | null = null;
  visit(text, {
    onObjectBegin: () => void open.push(new Set()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty: (field, offset) => {
      const names = open.at(-1);
      if (names?.has(field) === true)
        problem ??= `${lineAndColumn(text, offset)}: the field "${field}" stands here twice.`;
      names?.add(field);
    },
  });
  return problem;
}

function lineAndColumn(text: string, offset: number): string {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/u);
  return `${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
}

/** `CommaExpected` → "comma expected". */
function inWords(code: string): string {
  return code.replaceAll(/(?<!^)[A-Z]/gu, ' $&').toLowerCase();
}

function assertRuleFile(value: unknown, name: string): asserts value is RuleFile {
  const shape = shapeProblem(value, RULE_FILE);
  if (shape !== null) throw new KeyguardError('rules', `${name}: ${shape}`);
}
