import type { Window } from '../model/fragment.ts';
import type { Encoding, View } from '../model/view.ts';
import type { Writing } from './encoding.ts';

/** What a window holds of UTF-16 and UTF-32, one view for each run and byte order. */
export function wideViews(window: Window, text: string, writing: Writing): readonly View[] {
  return WIDE_FORMS.flatMap((form) =>
    Array.from(text.matchAll(form.run), (found) => readingsOf(window, text, form, found, writing)).flat(),
  );
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

type ByteOrder = 'le' | 'be';

/**
 * A run is read in both byte orders, the likelier first, unless a byte order mark says which one counts. This depends
 * on the file and on the place of the run alone, so that every window reads a run in the same ways.
 */
function readingsOf(
  window: Window,
  text: string,
  form: WideForm,
  found: RegExpExecArray,
  { encoding, isMarked }: Writing,
): readonly View[] {
  const run = runAt(window, text, form, found);
  const written = orderIn(encoding, form);
  const isInStep =
    written !== null && (window.base + run.start) % form.width === (written === 'le' ? 0 : form.width - 1);
  const likelier = isInStep ? written : (orderAround(run) ?? written ?? 'le');
  const isCertain = isInStep && isMarked;
  const big = isCertain && written === 'le' ? [] : [bigEndian(run, form)];
  const little = isCertain && written === 'be' ? [] : littleEndian(run, form, big.length > 0);
  return (likelier === 'le' ? [...little, ...big] : [...big, ...little]).map((letters) =>
    wideView(window, form, letters),
  );
}

function orderIn(encoding: Encoding, { name }: WideForm): ByteOrder | null {
  if (encoding === `${name}le`) return 'le';
  return encoding === `${name}be` ? 'be' : null;
}

interface Run {
  /** Of the first byte that is no NUL, and behind the last one. */
  readonly start: number;
  readonly text: string;
  /** The NULs of a character stand before its letter in big-endian, behind it in little-endian. */
  readonly hasBefore: boolean;
  readonly hasBehind: boolean;
  /** The window begins or ends here and not the run: what stands around it says nothing. */
  readonly isCutBefore: boolean;
  readonly isCutBehind: boolean;
  /** The file ends where the NULs of the last letter would stand in little-endian. */
  readonly isCutShort: boolean;
}

function runAt(window: Window, text: string, { width }: WideForm, found: RegExpExecArray): Run {
  const start = found.index;
  const end = start + found[0].length;
  const nulls = '\0'.repeat(width - 1);
  const behind = text.slice(end, end + nulls.length);
  const isAtEnd = end + nulls.length > text.length;
  return {
    start,
    text: found[0],
    hasBefore: text.slice(Math.max(0, start - nulls.length), start) === nulls,
    hasBehind: behind === nulls,
    isCutBefore: window.base > 0 && start < width,
    isCutBehind: !window.last && end + width > text.length,
    isCutShort: window.last && isAtEnd && nulls.startsWith(behind),
  };
}

/** The byte order that the NULs around a run tell; null where they tell nothing. */
function orderAround({ hasBefore, hasBehind, isCutBefore, isCutBehind }: Run): ByteOrder | null {
  const before = hasBefore && !isCutBefore;
  const behind = hasBehind && !isCutBehind;
  if (before === behind) return null;
  return before ? 'be' : 'le';
}

interface Letters {
  /** Where the first letter itself stands. */
  readonly start: number;
  readonly text: string;
  /** Bytes of a character that stand before its letter. */
  readonly lead: number;
}

/**
 * The last byte of a run is a letter if NULs follow; else it is the low byte of a character beyond U+00FF, or a stray
 * byte. At the end of a file that is one byte short it can be a letter all the same; the other byte order has it too,
 * but may lack the first one, which counts where a key fills the run.
 */
function littleEndian({ start, text, ...run }: Run, { width }: WideForm, isReadBig: boolean): readonly Letters[] {
  const whole = { start, text, lead: 0 };
  if (run.hasBehind) return [whole];
  const rest = { start, text: text.slice(0, -width), lead: 0 };
  const isReadElsewhere = isReadBig && (run.hasBefore || /\s/u.test(text));
  return run.isCutShort && !isReadElsewhere ? [rest, whole] : [rest];
}

/** The first byte of a run is a letter if NULs stand before it; else it ends a character beyond U+00FF, or other text. */
function bigEndian({ start, text, hasBefore }: Run, { width }: WideForm): Letters {
  const lead = width - 1;
  return hasBefore ? { start, text, lead } : { start: start + width, text: text.slice(width), lead };
}

function wideView(window: Window, { width, name }: WideForm, { start, text, lead }: Letters): View {
  const source = window.base + start - lead;
  const sourceEnd = window.base + window.bytes.length;
  return {
    text: text.replaceAll('\0', ''),
    decoded: [name],
    // By the letter, not by its character: two readings of a key must not belong to two windows.
    ownStart: Math.max(0, Math.ceil((window.ownStart - start) / width)),
    ownEnd: Math.ceil((window.ownEnd - start) / width),
    toSource: (span) => ({
      start: source + span.start * width,
      end: Math.min(source + span.end * width, sourceEnd),
    }),
  };
}
