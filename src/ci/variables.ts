import { KeyguardError } from '../errors.ts';
import type { Revision } from '../model/build.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

/** Variables and what they have to hold: one of these words, or (true) anything but nothing and "false". */
export type Condition = Readonly<Record<string, readonly string[] | true>>;

/** Whether one of the variables holds what the condition says. */
export function holds(env: Variables, condition: Condition | undefined): boolean {
  return Object.entries(condition ?? {}).some(([name, words]) => {
    const value = env[name] ?? '';
    return words === true ? isSet(value) : words.includes(value);
  });
}

function isSet(value: string): boolean {
  return !/^(?:|0|false)$/iu.test(value);
}

/**
 * The commit that a variable or a field names; none where it is empty, or all zeros, as for a branch that is new. Throws
 * `KeyguardError` (`usage`) for what is no id: whoever can set it does not choose what git is asked.
 */
export function commitNamed(where: string, value: string | undefined): readonly Revision[] {
  if (value === undefined || value === '' || value === 'HEAD' || /^0+$/u.test(value)) return [];
  if (/^[0-9a-f]{7,64}$/iu.test(value)) return [{ kind: 'commit', id: value.toLowerCase() }];
  throw new KeyguardError('usage', `${where} holds no commit id; ${REMEDY}`);
}

/** The branch that a variable or a field names, by its short name. https://git-scm.com/docs/git-check-ref-format */
export function branchNamed(where: string, value: string | undefined): string | null {
  if (value === undefined || value === '') return null;
  const name = value.replace(/^refs\/(?:heads|remotes\/origin)\//u, '').replace(/^origin\//u, '');
  if (name !== '' && !NOT_IN_A_NAME.test(name)) return name;
  throw new KeyguardError('usage', `${where} holds no name of a branch; ${REMEDY}`);
}

const NOT_IN_A_NAME = /^[-/.]|[\0-\x20\x7f~^:?*[\\]|\.\.|@\{|\/[/.]|(?:[/.]|\.lock)$|^@$/u;

/** Two commits in one text, at its end: `abc...def`, also in the address of a comparison. */
export function rangeNamed(
  where: string,
  value: string | undefined,
): { readonly base: readonly Revision[]; readonly head: readonly Revision[] } {
  if (value === undefined || value === '') return { base: [], head: [] };
  const ends = /(?:^|\/)(?<from>[0-9a-f]{7,64}|)\^?\.{2,3}(?<to>[0-9a-f]{7,64})$/iu.exec(value)?.groups;
  // A comparison of one commit is no range, and neither is its address.
  if (ends === undefined && /^https?:\/\//u.test(value)) return { base: [], head: [] };
  const [one = value, other] = ends === undefined ? [value] : [ends['from'], ends['to']];
  if (other === undefined) return { base: [], head: commitNamed(where, one) };
  // `def^...def` is how a first commit is told; its parent is asked for by nobody.
  const isOneCommit = value.includes('^');
  return { base: isOneCommit ? [] : commitNamed(where, one), head: commitNamed(where, other) };
}

export const REMEDY = 'correct it, or name the commits yourself: keyguard scan --range A..B.';
