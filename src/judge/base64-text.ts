import type { Base64Text } from '../model/rule.ts';
import type { Soundness } from './soundness.ts';

/** Behind the prefix stands base64 of a text that begins as all of them do: no accident, whatever surrounds it. */
export function base64Text({ prefix, begins, holds }: Base64Text, text: string): Soundness {
  const decoded = Buffer.from(text.slice(prefix.length), 'base64').toString('latin1');
  const isText = /^[\x20-\x7e]+$/u.test(decoded) && decoded.startsWith(begins) && decoded.includes(holds);
  if (!isText) return { kind: 'unproven' };
  return {
    kind: 'sound',
    seen: true,
    evidence: [
      { kind: 'prefix', text: prefix },
      { kind: 'marker', text: begins },
    ],
  };
}
