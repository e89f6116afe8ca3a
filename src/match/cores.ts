import type { AnchorHit } from './anchor-search.ts';
import { byteClass } from './byte-class.ts';

/** Stands in a hit for the index of an anchor. */
export const CORE = -1;

/** As long as the shortest run that counts; a UUID is longer. */
const SHORTEST = 32;
/** What goes on beyond this is data. */
const LONGEST = 512;
const IN_CORE = byteClass('A-Za-z0-9+/-');
const HYPHEN = '-'.charCodeAt(0);
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/uy;
const UUID_LENGTH = 36;
const UUID_HYPHENS = [8, 13, 18, 23] as const;

/**
 * What is as long and as even as a key without a mark of its own: a run of letters and digits, or a UUID. One look at
 * every 32nd byte: where that is no part of a stretch, none of this length covers it.
 */
export function coresIn(text: string): readonly AnchorHit[] {
  const cores: AnchorHit[] = [];
  let at = SHORTEST - 1;
  while (at < text.length) {
    let start = at;
    const least = at - SHORTEST;
    while (start > least && IN_CORE[text.charCodeAt(start)] === 1) start -= 1;
    at = start > least ? start + SHORTEST : addCores(text, start + 1, cores) + SHORTEST;
  }
  return cores;
}

/** The cores of the stretch that begins at `start`; gives where it ends. */
function addCores(text: string, start: number, cores: AnchorHit[]): number {
  let run = start;
  let hasDigit = false;
  for (let i = start; ; i += 1) {
    const code = text.charCodeAt(i);
    const isIn = IN_CORE[code] === 1;
    if (isIn && code !== HYPHEN) {
      hasDigit ||= code >= 0x30 && code <= 0x39;
      continue;
    }
    // A run without a digit is a path or a name.
    if (i - run >= SHORTEST && hasDigit) cores.push({ at: run, end: Math.min(i, run + LONGEST), anchor: CORE });
    const uuid = i - UUID_HYPHENS[0];
    if (isIn && isUuidAt(text, uuid)) cores.push({ at: uuid, end: uuid + UUID_LENGTH, anchor: CORE });
    if (!isIn) return i;
    [run, hasDigit] = [i + 1, false];
  }
}

function isUuidAt(text: string, at: number): boolean {
  if (at < 0 || !UUID_HYPHENS.every((offset) => text.charCodeAt(at + offset) === HYPHEN)) return false;
  UUID.lastIndex = at;
  return UUID.test(text);
}
