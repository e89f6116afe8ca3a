import { type PatternPart, type PatternSequence, readPattern } from './pattern.ts';

/**
 * The longest text that a rule's pattern can match, in characters, and with it the overlap of two windows.
 * Throws RangeError for what is not part of the pattern language.
 */
export function maxLengthOf(pattern: string): number {
  return longestOf(readPattern(pattern));
}

function longestOf(alternatives: readonly PatternSequence[]): number {
  return Math.max(...alternatives.map((sequence) => sequence.reduce((sum, part) => sum + lengthOf(part), 0)));
}

function lengthOf(part: PatternPart): number {
  if (part.kind === 'group') return longestOf(part.alternatives);
  if (part.kind === 'repeat') return part.most * lengthOf(part.of);
  return 1;
}
