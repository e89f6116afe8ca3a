import type { Window } from '../model/fragment.ts';
import type { Span } from '../model/span.ts';
import type { Encoding, View } from '../model/view.ts';

/**
 * Every way in which a window is read: its bytes, and each decoding of a part of them. `encoding` is that of the whole
 * file; it decides only where a part does not tell by itself.
 */
export function viewsOf(window: Window, encoding: Encoding = 'bytes'): readonly View[] {
  const bytes = bytesView(window);
  // Without a NUL byte nothing in it is UTF-16 or UTF-32 with ASCII text.
  return window.bytes.includes(0) ? [bytes, ...wideViews(window, bytes.text, encoding)] : [bytes];
}

function bytesView(window: Window): View {
  return {
    text: window.bytes.toString('latin1'),
    decoded: [],
    ownStart: window.ownStart,
    ownEnd: window.ownEnd,
    toSource: (span) => ({ start: window.base + span.start, end: window.base + span.end }),
  };
}

interface WideForm {
  readonly width: 2 | 4;
  readonly name: string;
  readonly run: RegExp;
}

/**
 * Runs of characters below U+0100 as UTF-16 and UTF-32 write them. Looking for runs, not for a byte order mark, finds
 * them at every alignment, in either byte order, without a mark, and behind ASCII text: PowerShell 5 appends UTF-16 to
 * whatever a file held. None begins with 0xFF, the last byte of a big-endian byte order mark. https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_character_encoding
 */
const WIDE_FORMS: readonly WideForm[] = [
  { width: 4, name: 'utf-32', run: /[\x01-\xfe](?:\x00{3}[\x01-\xff]){7,}/gu },
  { width: 2, name: 'utf-16', run: /[\x01-\xfe](?:\x00[\x01-\xff]){7,}/gu },
];

function wideViews(window: Window, text: string, encoding: Encoding): readonly View[] {
  return WIDE_FORMS.flatMap((form) =>
    Array.from(text.matchAll(form.run), (found) =>
      wideView(window, form, ownRun(window, text, form.width, found, encoding)),
    ),
  );
}

interface Run {
  /** Where the first character begins; in big-endian that is its NULs. */
  readonly start: number;
  readonly text: string;
}

/**
 * A run takes in one byte too many where a character beyond U+00FF touches it: in little-endian the low byte of the one
 * behind it, in big-endian that of the one before it (or the last byte of ASCII text). That byte goes.
 */
function ownRun(window: Window, text: string, width: number, found: RegExpExecArray, encoding: Encoding): Run {
  const start = found.index;
  const end = start + found[0].length;
  if (isBigEndian(window, text, { start, end }, width, encoding)) {
    const first = start > 0 && text[start - 1] !== '\0' ? start + width : start;
    return { start: first - width + 1, text: text.slice(first, end) };
  }
  const isForeign = end < text.length && text[end] !== '\0';
  return { start, text: text.slice(start, isForeign ? end - width : end) };
}

/** Big-endian writes the NULs of a character before it; where a run is cut off, the file decides. */
function isBigEndian(window: Window, text: string, { start, end }: Span, width: number, encoding: Encoding): boolean {
  const nulls = '\0'.repeat(width - 1);
  const isCut = window.base > 0 && start < width;
  const hasBefore = !isCut && text.slice(Math.max(0, start - nulls.length), start) === nulls;
  const hasBehind = text.startsWith(nulls, end);
  if (hasBefore !== hasBehind) return hasBefore;
  return encoding.endsWith('be') || (window.last && end === text.length);
}

function wideView(window: Window, { width, name }: WideForm, { start, text }: Run): View {
  const source = window.base + start;
  return {
    text: text.replaceAll('\0', ''),
    decoded: [name],
    ownStart: Math.max(0, Math.ceil((window.ownStart - start) / width)),
    ownEnd: Math.ceil((window.ownEnd - start) / width),
    toSource: (span) => ({ start: source + span.start * width, end: source + span.end * width }),
  };
}
