import type { Span } from '../model/span.ts';
import { fillTemplate } from './fill-template.ts';
import { markedSpan } from './marked-span.ts';
import type { KeyTypeEntry, RuleFile } from './rule-file.ts';

/** A finding in a text: the rule and the bytes of the secret. */
export interface Found extends Span {
  readonly ruleId: string;
}

export interface RuleProblem {
  readonly ruleId: string;
  /** One sentence. */
  readonly message: string;
}

/** Each example is filled with each of these: what holds for one random key may fail for the next. */
const SEEDS: readonly number[] = [1, 2, 3, 5, 8, 13];

/**
 * What the rules say of themselves, held against the matcher and the judge: `findIn` is everything that they find in a
 * text. Every example must yield its own rule at the marked place, and nothing else; no negative example its rule.
 */
export function checkRules(
  files: readonly RuleFile[],
  findIn: (text: string) => readonly Found[],
): readonly RuleProblem[] {
  const entries = files.flatMap((file) => file.keyTypes);
  const ids = new Set(entries.map((entry) => entry.id));
  return [
    ...repeatedIds(entries),
    ...entries.flatMap((entry) => unknownCollisions(entry, ids)),
    ...entries.flatMap((entry) => failedExamples(entry, findIn)),
  ];
}

function repeatedIds(entries: readonly KeyTypeEntry[]): readonly RuleProblem[] {
  const seen = new Set<string>();
  return entries.flatMap(({ id }) => {
    if (seen.has(id)) return [{ ruleId: id, message: 'another rule has the same id.' }];
    seen.add(id);
    return [];
  });
}

function unknownCollisions({ id, collidesWith = [] }: KeyTypeEntry, ids: ReadonlySet<string>): readonly RuleProblem[] {
  return collidesWith
    .filter((other) => !ids.has(other) || other === id)
    .map((other) => ({ ruleId: id, message: `collidesWith names "${other}", which is no other rule.` }));
}

function failedExamples(entry: KeyTypeEntry, findIn: (text: string) => readonly Found[]): readonly RuleProblem[] {
  const { id, examples, negativeExamples } = entry;
  const positive = examples.flatMap((example, index) =>
    firstOf((seed) => exampleProblem(entry, fillTemplate(example, seed), findIn), `examples[${index}]`),
  );
  const negative = negativeExamples.flatMap((example, index) =>
    firstOf((seed) => {
      const isFound = findIn(fillTemplate(example, seed)).some(({ ruleId }) => ruleId === id);
      return isFound ? 'is found, and should not be' : null;
    }, `negativeExamples[${index}]`),
  );
  return [...positive, ...negative].map((message) => ({ ruleId: id, message }));
}

/** The sentence names the seed and not the text, which looks like a key. */
function firstOf(problemOf: (seed: number) => string | null, place: string): readonly string[] {
  for (const seed of SEEDS) {
    const problem = problemOf(seed);
    if (problem !== null) return [`${place} ${problem} (filled from seed ${seed}).`];
  }
  return [];
}

function exampleProblem(
  { id, isSecret = true }: KeyTypeEntry,
  example: string,
  findIn: (text: string) => readonly Found[],
): string | null {
  const marked = markedSpan(example);
  if (marked === null) return 'needs << and >> once, around the secret';
  const found = findIn(marked.text);
  const [first, ...others] = found;
  if (!isSecret) return first === undefined ? null : `is no secret, and yet ${first.ruleId} finds it`;
  if (first === undefined) return 'is not found';
  if (others.length > 0) return `is found ${found.length} times: ${found.map(({ ruleId }) => ruleId).join(', ')}`;
  if (first.ruleId !== id) return `is found by ${first.ruleId}`;
  const { start, end } = marked.secret;
  if (first.start === start && first.end === end) return null;
  return `is found at ${first.start}–${first.end}, marked at ${start}–${end}`;
}
