/** Capitals, small letters and digits: neither a hash nor a UUID, and no word in one case. */
export function isMixed(text: string): boolean {
  return /[A-Z]/u.test(text) && /[a-z]/u.test(text) && /[0-9]/u.test(text);
}

/** Of so many neighbours at least one in three is of another kind; in names of two words and more far fewer are. */
const LEAST_CHANGES = 0.35;

/** No name holds as many. */
const MANY_DIGITS = 8;

/** Random letters and digits change between capitals, small letters and digits at more than every other character. */
export function changesOften(text: string): boolean {
  if ((text.match(/[0-9]/gu)?.length ?? 0) >= MANY_DIGITS) return true;
  let changes = 0;
  for (let i = 1; i < text.length; i += 1) if (kindOf(text.charAt(i)) !== kindOf(text.charAt(i - 1))) changes += 1;
  return changes >= (text.length - 1) * LEAST_CHANGES;
}

function kindOf(character: string): number {
  if (/[a-z]/u.test(character)) return 0;
  return /[A-Z]/u.test(character) ? 1 : 2;
}
