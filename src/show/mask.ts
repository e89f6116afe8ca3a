import type { Match } from '../model/match.ts';
import { redactedForm } from '../judge/redact.ts';
import type { Span } from '../model/span.ts';

/** A stretch of a text: as it stands, or hidden behind a redacted form. */
export interface Piece {
  readonly text: string;
  /** The matches that are hidden here; empty for plain text. */
  readonly hides: readonly Match[];
}

/** The text in `within`, every match in it replaced by its redacted form. Matches that touch or overlap become one. */
export function maskMatches(text: string, within: Span, matches: readonly Match[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = within.start;
  for (const cover of coversOf(text, matches)) {
    if (cover.end <= within.start || cover.start >= within.end) continue;
    if (cover.start > at) pieces.push({ text: text.slice(at, cover.start), hides: [] });
    pieces.push({ text: cover.form, hides: cover.matches });
    at = cover.end;
  }
  if (at < within.end) pieces.push({ text: text.slice(at, within.end), hides: [] });
  return pieces;
}

interface Cover extends Span {
  readonly form: string;
  readonly matches: readonly Match[];
}

function coversOf(text: string, matches: readonly Match[]): readonly Cover[] {
  const covers: Cover[] = [];
  for (const match of matches.toSorted((a, b) => a.at.start - b.at.start || b.at.end - a.at.end)) {
    const end = tokenEnd(text, match.at.end);
    const last = covers.at(-1);
    if (last === undefined || match.at.start >= last.end) {
      covers.push({ start: match.at.start, end, form: redactedForm(match.rule, match.secret), matches: [match] });
      continue;
    }
    const form = moreTelling(last.form, redactedForm(match.rule, match.secret));
    covers[covers.length - 1] = { ...last, end: Math.max(last.end, end), form, matches: [...last.matches, match] };
  }
  return covers;
}

/** Of several readings of one key, the form with the longest fixed prefix; a label only where there is nothing else. */
function moreTelling(a: string, b: string): string {
  if (a.startsWith('[')) return b;
  return b.startsWith('[') || b.length <= a.length ? a : b;
}

/** What runs on behind a match may be the rest of a longer key. */
function tokenEnd(text: string, end: number): number {
  const rest = /^[A-Za-z0-9_-]{0,512}/u.exec(text.slice(end, end + 512));
  return end + (rest?.[0].length ?? 0);
}
