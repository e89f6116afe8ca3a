import type { Match } from '../model/match.ts';

/** Bytes on either side that are looked at; enough to see what a marker stands in. */
const AROUND = 400;

/** `sha512-…` in a lock file, `sha256=…` in a wheel's RECORD: random by nature, a secret never. */
export function isIntegrityHash({ view, at }: Match): boolean {
  const before = view.text.slice(Math.max(0, at.start - 140), at.start);
  return INSIDE_HASH.test(before) || HASH.test(view.text.slice(at.start, at.start + 8));
}

const INSIDE_HASH = /sha(?:1|224|256|384|512)[-:=][A-Za-z0-9+/=_-]+$/u;
const HASH = /^sha(?:1|224|256|384|512)[-:=]/u;

/**
 * A marker that is base64 of a word also stands in base64 of any text with that word, as in images, notebooks and source
 * maps. Such text decodes to readable characters, or runs on beyond what a key can be; a key does neither.
 */
export function isEncodedData(match: Match, marker: string): boolean {
  const { view, at } = match;
  const from = Math.max(0, at.start - AROUND);
  const before = /[A-Za-z0-9+/_-]*$/u.exec(view.text.slice(from, at.start))?.[0] ?? '';
  const after = /^[A-Za-z0-9+/_-]*/u.exec(view.text.slice(at.end, at.end + AROUND))?.[0] ?? '';
  if (/[+/]/u.test(before + after) || before.length + after.length >= AROUND) return true;
  return isReadable(before + view.text.slice(at.start, at.end) + after, marker);
}

function isReadable(run: string, marker: string): boolean {
  const at = run.indexOf(marker);
  // The marker begins a group of four in text that holds the word at this phase.
  const phase = at % 4;
  const bytes = Buffer.from(run.slice(phase), 'base64');
  const readable = bytes.filter(
    (byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09,
  );
  return readable.length >= bytes.length * 0.9;
}
