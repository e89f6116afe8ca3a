import { type PatternPart, type PatternSequence, readPattern } from './pattern.ts';

/** Every text that the pattern matches begins with one of the anchors. */
export function beginsWithAnchor(pattern: string, anchors: readonly string[]): boolean {
  return readPattern(pattern).every((sequence) => begins(sequence, anchors));
}

/** Every text that the pattern matches holds one of the anchors: without that, the search would pass over matches. */
export function holdsAnchor(pattern: string, anchors: readonly string[]): boolean {
  return readPattern(pattern).every((sequence) => holds(sequence, anchors));
}

function begins(sequence: PatternSequence, anchors: readonly string[]): boolean {
  const [text, next] = leadingText(sequence.flatMap(inlined));
  if (anchors.some((anchor) => text.startsWith(anchor))) return true;
  return text === '' && next?.kind === 'group' && next.alternatives.every((inside) => begins(inside, anchors));
}

function leadingText(sequence: PatternSequence): readonly [string, PatternPart | undefined] {
  let text = '';
  for (const part of sequence) {
    if (part.kind !== 'literal') return [text, part];
    text += part.text;
  }
  return [text, undefined];
}

function holds(sequence: PatternSequence, anchors: readonly string[]): boolean {
  let text = '';
  for (const part of sequence.flatMap(inlined)) {
    text = part.kind === 'literal' ? text + part.text : '';
    if (anchors.some((anchor) => text.endsWith(anchor))) return true;
    if (part.kind === 'group' && part.alternatives.every((inside) => holds(inside, anchors))) return true;
  }
  return false;
}

/** A group without alternatives is no border for a literal. */
function inlined(part: PatternPart): PatternSequence {
  if (part.kind !== 'group') return [part];
  const [only, ...others] = part.alternatives;
  return only !== undefined && others.length === 0 ? only.flatMap(inlined) : [part];
}
