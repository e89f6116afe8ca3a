import { createHash } from 'node:crypto';
import { inspect } from 'node:util';

/**
 * The text of a key, from the matcher on. Whatever turns it into a string by accident (a template, JSON, a log, an
 * error) shows `[secret]`; only `reveal()` gives the text, and the linter allows that call in few files.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The same text in memory of its own, for what stays: a slice of a big string keeps the whole string alive in V8. */
  copy(): Secret {
    return new Secret(Buffer.from(this.#text, 'latin1').toString('latin1'));
  }

  get length(): number {
    return this.#text.length;
  }

  /** Whether the other is a part of it. */
  holds(other: Secret): boolean {
    return this.#text.includes(other.#text);
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}

declare const fingerprintBrand: unique symbol;

/** 16 hex digits that name a secret without holding it. Made in this file only. */
export type Fingerprint = string & { readonly [fingerprintBrand]: true };

/** First 16 hex digits of SHA-256 over `keyguard-1`, a NUL and the secret: no rule and no place, so it survives moves. */
export function fingerprintOf(secret: Secret): Fingerprint {
  return createHash('sha256')
    .update(`keyguard-1\0${secret.reveal()}`, 'latin1')
    .digest('hex')
    .slice(0, 16) as Fingerprint;
}

/**
 * For a secret that can be guessed: who has its hash can try guesses. It names a place: the rule, the path, and which one
 * of its kind it is there, counted from 0.
 */
export function fingerprintOfPlace(ruleId: string, path: string, ordinal: number): Fingerprint {
  return createHash('sha256')
    .update(`keyguard-1-place\0${ruleId}\0${path}\0${ordinal}`, 'latin1')
    .digest('hex')
    .slice(0, 16) as Fingerprint;
}

/**
 * For what can be guessed, and for findings without a secret: of the rule, the path and what it is about there, so that
 * nobody can try values against it.
 */
export function fingerprintAt(ruleId: string, path: string, subject: string): Fingerprint {
  return createHash('sha256')
    .update(`keyguard-1\0${ruleId}\0${path}\0${subject}`, 'latin1')
    .digest('hex')
    .slice(0, 16) as Fingerprint;
}

export function parseFingerprint(text: string): Fingerprint | undefined {
  return /^[0-9a-f]{16}$/u.test(text) ? (text as Fingerprint) : undefined;
}
