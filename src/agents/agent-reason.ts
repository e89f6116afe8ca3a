import type { Finding } from '../model/finding.ts';
import { whatItIs } from '../report/wording/what-it-is.ts';
import type { EventText } from './event-text.ts';

/** A finding in an event, and where in its text. */
export interface FoundKey {
  readonly finding: Finding;
  readonly start: number;
  readonly end: number;
}

/** What carries the keys, as a person calls it. */
export type Carrier = 'prompt' | 'call' | 'read' | 'result';

/** Types and places, never a key; then what to do. `shown` makes names from outside fit to be seen. */
export function keyReason(
  carrier: Carrier,
  found: readonly FoundKey[],
  text: EventText,
  shown: (text: string) => string,
  isReplaced: boolean,
): string {
  const [first] = found;
  const named = found
    .slice(0, MOST_NAMED)
    .map(({ finding, start }) => `${whatItIs(finding)} in ${CARRIERS[carrier]}${placeOf(start, text, shown)}`);
  const more = found.length > MOST_NAMED ? [`${found.length - MOST_NAMED} more`] : [];
  const verdict = isReplaced ? 'taken out before the model saw it' : 'stopped';
  const accept = first === undefined ? '' : ` ${acceptLine(first.finding)}`;
  return `keyguard: ${verdict}: ${[...named, ...more].join('; ')}. ${isReplaced ? NEXT_RESULT : NEXT[carrier]}${accept}`;
}

const MOST_NAMED = 5;

const CARRIERS: Readonly<Record<Carrier, string>> = {
  prompt: 'the prompt',
  call: 'what the tool is given',
  read: 'the file',
  result: 'what the tool returned',
};

const NEXT: Readonly<Record<Carrier, string>> = {
  prompt:
    'It was not sent. Take the key out, keep it in an environment variable or in a .env that git ignores, and name the variable instead; if it was ever sent before, revoke it.',
  call: 'Do not write or pass on the key: read it from an environment variable when the program runs, and let the user put it there.',
  read: 'It was not read. Ask the user for the name of the variable; the value is not needed to write code.',
  result: 'It is held back. Ask the user for the name of the variable; the value is not needed to write code.',
};

const NEXT_RESULT =
  'Use the name of the variable; the value is not needed to write code. What stands in a file that is committed has to be revoked.';

/** An agent may not accept anything itself. */
function acceptLine({ fingerprint, risk }: Finding): string {
  const proof = risk === 'high' ? ' --never-live' : '';
  return `If it is no secret, the user can accept it, and commit that: keyguard allow ${fingerprint} --reason '…'${proof}`;
}

/** ", line 3 of content": counted in the text that the agent knows by that name. */
function placeOf(start: number, { bytes, pieces }: EventText, shown: (text: string) => string): string {
  const piece = pieces.find((one) => one.start <= start && start <= one.end);
  if (piece === undefined) return '';
  let line = 1;
  for (let at = piece.start; at < start; at++) if (bytes[at] === NEWLINE) line++;
  return piece.name === '' ? `, line ${line}` : `, line ${line} of ${shown(piece.name)}`;
}

const NEWLINE = 10;
