import { byteClass, holds } from '../match/byte-class.ts';
import { redactedForm } from './redact.ts';
import type { Match } from '../model/match.ts';
import { overlaps, type Span } from '../model/span.ts';

/** A stretch of a text: as it stands, or hidden behind a redacted form. */
export interface Piece {
  readonly text: string;
  /** The matches that are hidden here; empty for plain text. */
  readonly hides: readonly Match[];
}

/** What is hidden of a text: a match with all that may belong to the same key. */
export interface Cover extends Span {
  readonly form: string;
  readonly hides: readonly Match[];
}

/** The text in `within`, its covers replaced by their redacted forms. Covers that touch or overlap become one. */
export function maskCovers(text: string, within: Span, covers: readonly Cover[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = within.start;
  for (const cover of merged(covers)) {
    if (!overlaps(cover, within)) continue;
    if (cover.start > at) pieces.push({ text: text.slice(at, cover.start), hides: [] });
    pieces.push({ text: cover.form, hides: cover.hides });
    at = cover.end;
  }
  if (at < within.end) pieces.push({ text: text.slice(at, within.end), hides: [] });
  return pieces;
}

/** The covers of the matches of one text; what is not shown, outside of `within`, is not looked at. */
export function coversOf(matches: readonly Match[], within: Span): readonly Cover[] {
  const covers: Cover[] = [];
  let reach = 0;
  // A match inside of the cover before it goes on where that ends, so that every byte is looked at once.
  for (const match of matches.toSorted((a, b) => a.at.start - b.at.start)) {
    const from = match.at.start < reach ? Math.max(reach, match.at.end) : match.at.end;
    const end = keyEnd(match, from, within.end);
    reach = Math.max(reach, end);
    covers.push({ start: keyStart(match, within.start), end, form: redactedForm(match), hides: [match] });
  }
  return covers;
}

/** In the order of the text; what overlaps is one cover. */
export function merged(covers: readonly Cover[]): readonly Cover[] {
  const result: Growing[] = [];
  for (const cover of covers.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = result.at(-1);
    if (last === undefined || cover.start >= last.end) {
      result.push({ ...cover, hides: [...cover.hides] });
      continue;
    }
    last.hides.push(...cover.hides);
    last.form = moreTelling(last.form, cover.form);
    last.end = Math.max(last.end, cover.end);
  }
  return result;
}

/** A cover while others are added to it. */
interface Growing {
  readonly start: number;
  end: number;
  form: string;
  readonly hides: Match[];
}

/** Of several readings of one key, the form with the longest fixed prefix; a label only where there is nothing else. */
function moreTelling(a: string, b: string): string {
  if (a.startsWith('[')) return b;
  return b.startsWith('[') || b.length <= a.length ? a : b;
}

/** A pattern that takes its key from the middle may leave a rest in front of it, too. */
function keyStart({ rule, at, view: { text } }: Match, earliest: number): number {
  let { start } = at;
  if (rule.anchorAt === 'inside') while (start > earliest && holds(OF_A_KEY, text, start - 1)) start -= 1;
  return start;
}

const OF_A_KEY = byteClass('A-Za-z0-9_-');

/** What runs on behind a match may be the rest of a longer key. */
function keyEnd({ rule, view: { text } }: Match, from: number, latest: number): number {
  const right = byteClass(rule.right);
  let end = from;
  while (end < latest && (holds(OF_A_KEY, text, end) || holds(right, text, end))) end += 1;
  return end;
}
