import type { Shown, Snippet } from '../model/finding.ts';
import type { Match } from '../model/match.ts';
import { escapeForDisplay } from '../report/display.ts';
import type { Span } from '../model/span.ts';
import { type Cover, coversOf, maskCovers, type Piece } from './mask.ts';
import { AROUND } from './nearby.ts';
import { withoutRandomRuns } from './random-runs.ts';
import { redactedForm } from './redact.ts';
import type { Sink } from './sink.ts';

/**
 * The line around a match, all that is `nearby` hidden, what the sink knows of, and what looks as random as a key. null
 * for a decoded view: its text is not what the file shows.
 */
export function snippetOf(match: Match, nearby: readonly Match[], sink: Sink): Snippet | null {
  const { view, at } = match;
  if (view.decoded.length > 0) return null;
  const before = view.text.slice(Math.max(0, at.start - AROUND), at.start);
  const after = view.text.slice(at.end, at.end + AROUND);
  const lineStart = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
  const within = {
    start: at.start - before.length + lineStart,
    end: at.end + (/^[^\r\n]*/u.exec(after)?.[0].length ?? 0),
  };
  const covers = [...coversOf(nearby, within), ...repeatedIn(within, match), ...sink.brokenKeysNear(view, at.start)];
  return snippetFrom(maskCovers(view.text, within, covers), match);
}

/** The same key again, where nothing tells that it is one. */
function repeatedIn(within: Span, match: Match): readonly Cover[] {
  const { text } = match.view;
  const secret = text.slice(match.at.start, match.at.end);
  const covers: Cover[] = [];
  const line = text.slice(within.start, within.end);
  for (let at = line.indexOf(secret); at >= 0; at = line.indexOf(secret, at + secret.length)) {
    const start = within.start + at;
    covers.push({ start, end: start + secret.length, form: redactedForm(match), hides: [{ ...match }] });
  }
  return covers;
}

function snippetFrom(pieces: readonly Piece[], match: Match): Snippet {
  let text = '';
  let start = 0;
  let end = 0;
  for (const [index, piece] of pieces.entries()) {
    const isThis = piece.hides.includes(match);
    const shown = isThis
      ? redactedForm(match)
      : piece.hides.length > 0
        ? piece.text
        : shownText(piece.text, index === 0);
    if (isThis) {
      start = text.length;
      end = start + shown.length;
    }
    text += shown;
  }
  return { text: text.trimEnd() as Shown, start, end };
}

/** Bytes of the file as text, without the indent in front. */
function shownText(latin1: string, isFirst: boolean): string {
  const plain = withoutRandomRuns(Buffer.from(latin1, 'latin1').toString('utf8'));
  const text = escapeForDisplay(plain.replaceAll('\t', ' '));
  return isFirst ? text.trimStart() : text;
}
