import { beginsWithAnchor, holdsAnchor } from './anchor.ts';
import { patternOf } from './compile.ts';
import { fillTemplate } from './fill-template.ts';
import { markedSpan } from './marked-span.ts';
import { maxLengthOf } from './max-length.ts';
import { readPattern } from './pattern.ts';
import type { KeyTypeEntry, RuleFile } from './rule-file.ts';

/** What is wrong in a file whose fields have the right types, with its place; null if nothing is. */
export function keyTypeProblem(file: RuleFile): string | null {
  const ids = new Set<string>();
  for (const [index, entry] of file.keyTypes.entries()) {
    const place = `keyTypes[${index}]`;
    if (ids.has(entry.id)) return `${place}.id: "${entry.id}" stands here twice.`;
    ids.add(entry.id);
    for (const check of CHECKS) {
      const problem = check(entry, file);
      if (problem !== null) return `${place}.${problem}`;
    }
  }
  return tableProblem(file);
}

type Check = (entry: KeyTypeEntry, file: RuleFile) => string | null;

const CHECKS: readonly Check[] = [
  idProblem,
  patternProblem,
  anchorProblem,
  classProblem,
  placeholderProblem,
  envVarProblem,
  exampleProblem,
];

function idProblem({ id }: KeyTypeEntry): string | null {
  return /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/u.test(id) ? null : `id: "${id}" is not of the form provider-kind.`;
}

function patternProblem(entry: KeyTypeEntry): string | null {
  const pattern = patternOf(entry);
  const secrets = pattern.split('(?<secret>').length - 1;
  if (secrets !== 1) return `pattern: needs the group (?<secret>…) once, has it ${secrets} times.`;
  const problem = languageProblem(pattern, 'pattern');
  if (problem !== null) return problem;
  const longest = maxLengthOf(pattern);
  return longest <= LONGEST_KEY ? null : `pattern: can match ${longest} bytes, at most ${LONGEST_KEY} are allowed.`;
}

/** Neighbouring windows of a file share as many bytes as the longest rule can match. */
const LONGEST_KEY = 16_384;

function languageProblem(pattern: string, field: string): string | null {
  // Patterns run on bytes: a character beyond ASCII would mean one byte of several.
  if (!/^[\x20-\x7e]+$/u.test(pattern)) return `${field}: may hold ASCII only.`;
  try {
    readPattern(pattern);
    // As the matcher makes it; a class such as [z-a] is found here only.
    RegExp(pattern, 'duy');
    return null;
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError) return `${field}: ${error.message}.`;
    throw error;
  }
}

function anchorProblem(entry: KeyTypeEntry, file: RuleFile): string | null {
  const { anchors, anchorAt } = entry;
  for (const [index, anchor] of anchors.entries()) {
    if (anchor.length < 3) return `anchors[${index}]: "${anchor}" is too short; an anchor has at least three bytes.`;
    if (!/^[\x21-\x7e]+$/u.test(anchor)) return `anchors[${index}]: an anchor is plain ASCII without spaces.`;
  }
  if (anchorAt === 'name') {
    const wrong = anchors.findIndex((anchor) => !VARIABLE.test(anchor));
    return wrong < 0 ? null : `anchors[${wrong}]: "${anchors[wrong]}" is not the name of a variable.`;
  }
  if (anchorAt === 'near') return nearProblem(entry, file);
  const pattern = patternOf(entry);
  if (!holdsAnchor(pattern, anchors)) return 'anchors: the pattern can match text that holds none of them.';
  if (anchorAt === 'start' && !beginsWithAnchor(pattern, anchors)) {
    return 'anchorAt: "start", but the pattern can match text that begins with none of the anchors.';
  }
  return null;
}

/** Around a key only the anchors are looked for: a name, host or word that holds none of them would never be seen. */
function nearProblem({ anchors, context, envVars = [] }: KeyTypeEntry, file: RuleFile): string | null {
  const around = [
    ...envVars,
    ...(context?.names ?? []),
    ...(file.hosts ?? []),
    ...(context?.hosts ?? []),
    ...(file.words ?? []),
    ...(context?.words ?? []),
  ];
  if (around.length === 0) return 'context: a key that only its surroundings tell needs names, hosts or words.';
  const unseen = around.find((one) => !anchors.some((anchor) => bare(one).includes(bare(anchor))));
  return unseen === undefined ? null : `anchors: "${unseen}" holds none of them, and would not be looked for.`;
}

function bare(word: string): string {
  return word.toLowerCase().replaceAll(/[_ -]/gu, '');
}

const VARIABLE = /^[A-Z][A-Z0-9_]*$/u;

function classProblem(entry: KeyTypeEntry): string | null {
  for (const side of ['left', 'right'] as const) {
    const inside = entry[side];
    if (inside === undefined || inside === '') continue;
    if (!/^[A-Za-z0-9_+/=.~%-]+$/u.test(inside))
      return `${side}: "${inside}" may hold letters, digits and _+/=.~%- only.`;
    const problem = languageProblem(`[${inside}]`, side);
    if (problem !== null) return problem;
  }
  return null;
}

function placeholderProblem({ placeholders = [] }: KeyTypeEntry): string | null {
  for (const [index, placeholder] of placeholders.entries()) {
    const problem = languageProblem(placeholder, `placeholders[${index}]`);
    if (problem !== null) return problem;
  }
  return null;
}

function envVarProblem({ envVars = [] }: KeyTypeEntry): string | null {
  const wrong = envVars.findIndex((name) => !VARIABLE.test(name));
  return wrong < 0 ? null : `envVars[${wrong}]: "${envVars[wrong]}" is not the name of a variable.`;
}

function exampleProblem({ examples, negativeExamples }: KeyTypeEntry): string | null {
  for (const [index, example] of examples.entries()) {
    const place = `examples[${index}]`;
    const problem = fillerProblem(example, place);
    if (problem !== null) return problem;
    if (markedSpan(fillTemplate(example, 1)) === null) return `${place}: needs << and >> once, around the secret.`;
  }
  for (const [index, example] of negativeExamples.entries()) {
    const problem = fillerProblem(example, `negativeExamples[${index}]`);
    if (problem !== null) return problem;
  }
  return null;
}

function fillerProblem(template: string, place: string): string | null {
  try {
    fillTemplate(template, 1);
    return null;
  } catch (error) {
    if (error instanceof RangeError) return `${place}: ${error.message}.`;
    throw error;
  }
}

function tableProblem({ guide = [] }: RuleFile): string | null {
  for (const [topicIndex, topic] of guide.entries()) {
    for (const [blockIndex, block] of topic.blocks.entries()) {
      if (block.kind !== 'table') continue;
      const wrong = block.rows.findIndex((row) => row.length !== block.columns.length);
      if (wrong >= 0) {
        const place = `guide[${topicIndex}].blocks[${blockIndex}].rows[${wrong}]`;
        return `${place}: has ${block.rows[wrong]?.length ?? 0} cells, the table has ${block.columns.length} columns.`;
      }
    }
  }
  return null;
}
