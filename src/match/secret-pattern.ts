import type { Span } from '../model/span.ts';

/** Where a pattern fits, and the secret in that. */
export interface PatternFit {
  readonly end: number;
  readonly secret: Span;
}

/** What a pattern with the group `secret` takes of a text from exactly `at` on; null where it does not fit. */
export type SecretPattern = (text: string, at: number) => PatternFit | null;

/**
 * A text full of beginnings is tried a million times: only a secret with something around it is asked where it stands.
 * Made when it is tried first: most commits hold no beginning of a key.
 */
export function secretPattern(source: string): SecretPattern {
  let made: SecretPattern | null = null;
  return (text, at) => {
    made ??= isAllSecret(source) ? allSecret(source) : partlySecret(source);
    return made(text, at);
  };
}

function allSecret(source: string): SecretPattern {
  const pattern = new RegExp(source.replace('(?<secret>', '(?:'), 'uy');
  return (text, at) => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return null;
    const end = pattern.lastIndex;
    return { end, secret: { start: at, end } };
  };
}

function partlySecret(source: string): SecretPattern {
  const pattern = new RegExp(source, 'duy');
  return (text, at) => {
    pattern.lastIndex = at;
    const result = pattern.exec(text);
    const bounds = result?.indices?.groups?.['secret'];
    if (result === null || bounds === undefined) return null;
    return { end: at + result[0].length, secret: { start: bounds[0], end: bounds[1] } };
  };
}

/** The group opens at the beginning and closes at the very end. Brackets in a class or behind a backslash do not count. */
function isAllSecret(source: string): boolean {
  if (!source.startsWith('(?<secret>')) return false;
  let depth = 0;
  for (const { 0: token, index } of source.matchAll(/\\.|\[(?:\\.|[^\]\\])*\]|[()]/gu)) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (depth === 0) return index === source.length - 1;
  }
  return false;
}
