import { type PatternPart, type PatternSequence, readPattern } from './pattern.ts';

/** Every text that the pattern matches begins with one of the anchors. */
export function beginsWithAnchor(pattern: string, anchors: readonly string[]): boolean {
  return readPattern(pattern).every((sequence) => begins(sequence, anchors));
}

/** Every text that the pattern matches holds one of the anchors: without that, the search would pass over matches. */
export function holdsAnchor(pattern: string, anchors: readonly string[]): boolean {
  return readPattern(pattern).every((sequence) => holds(sequence, anchors));
}

/** How far behind the beginning an anchor stands in every text that the pattern matches; null where that varies. */
export function anchorOffset(pattern: string, anchors: readonly string[]): number | null {
  const [only, ...others] = readPattern(pattern);
  if (only === undefined || others.length > 0) return null;
  const parts = only.flatMap(inlined);
  let offset = 0;
  for (const [index, part] of parts.entries()) {
    if (begins(parts.slice(index), anchors)) return offset;
    const length = fixedLength(part);
    if (length === null) return null;
    offset += length;
  }
  return null;
}

function fixedLength(part: PatternPart): number | null {
  if (part.kind === 'group') return null;
  if (part.kind !== 'repeat') return 1;
  return part.least === part.most && part.of.kind !== 'group' ? part.least : null;
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
