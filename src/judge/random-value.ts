import { entropyOf, isHex } from './body.ts';
import { isMadeOfWords } from './placeholder.ts';
import type { Soundness } from './soundness.ts';

/** Bits per character below which text of this alphabet was thought up by somebody. */
const LEAST = { hex: 2.8, text: 3.4 } as const;

const UNPROVEN: Soundness = { kind: 'unproven' };
const WRONG: Soundness = { kind: 'wrong' };

/** For a value that only its name calls a secret: it must look like the output of a generator. */
export function randomValue(mixedCase: boolean, text: string): Soundness {
  if (mixedCase && !(/[a-z]/u.test(text) && /[A-Z]/u.test(text))) return WRONG;
  const plain = text.replaceAll('-', '');
  if (isHex(plain)) return entropyOf(plain) >= LEAST.hex ? UNPROVEN : WRONG;
  return entropyOf(text) >= LEAST.text && !isMadeOfWords(text) && !readsAsWords(text) ? UNPROVEN : WRONG;
}

/** In capitals and small letters, words are runs of small letters; in one of them, random text has digits all over. */
function readsAsWords(text: string): boolean {
  if (/[a-z]/u.test(text) && /[A-Z]/u.test(text)) {
    const runs = text.match(/[a-z]{4,}/gu) ?? [];
    return runs.reduce((sum, run) => sum + run.length, 0) > text.length * 0.45;
  }
  const digits = text.replace(/\d+$/u, '').match(/\d/gu) ?? [];
  return digits.length < text.length * 0.08;
}
