import type { Shown } from './finding.ts';
import type { RawPath } from './fragment.ts';

export type Severity = 'error' | 'warning';
export type Confidence = 'high' | 'medium' | 'low';
/** `high` organization-wide or acts as a person, `medium` project, `low` read-only or public by design. */
export type Risk = 'high' | 'medium' | 'low';

/**
 * Where an anchor stands: at the first byte of a match, anywhere inside, as the name that the key is assigned to, or
 * anywhere near it. The last is for keys that look like any hash or UUID: they are looked for by their shape.
 */
export type AnchorPosition = 'start' | 'inside' | 'name' | 'near';

/** How far around a key a provider's name is looked for, in characters of the view. */
export const REACH = { before: 600, after: 300 } as const;

/** Words that tell whose key it is. Compared without case; `names` are whole words of the assigned name. */
export interface Context {
  readonly names: readonly string[];
  readonly hosts: readonly string[];
  readonly words: readonly string[];
  /** Without any of them the shape is too common to report (a body of 32 random characters is still reported). */
  readonly required: boolean;
  /** The owner's name is an everyday word too: without a name, a host, or the word beside a key it is none at all. */
  readonly strict?: true;
}

/** A key with a fixed marker between two halves of equal length, as OpenAI's. */
export interface MarkerHalves {
  readonly check: 'marker-halves';
  readonly prefix: string;
  readonly marker: string;
  /** Lengths of one half, in characters, that were seen in genuine keys. */
  readonly seen: readonly number[];
  /** Lengths that are accepted, though nobody has shown such a key. */
  readonly unseen: readonly number[];
  /** The halves of these lengths hold letters and digits only. */
  readonly alphanumeric: readonly number[];
}

/** A key whose whole length or tail is fixed, as Anthropic's; other lengths look damaged. */
export interface FixedLength {
  readonly check: 'fixed-length';
  readonly prefix: string;
  /** Whole lengths in characters. */
  readonly lengths: readonly number[];
  readonly tail: string;
}

/** A key that is base64 of a text that begins and goes on as the provider writes it. */
export interface Base64Text {
  readonly check: 'base64-text';
  readonly prefix: string;
  readonly begins: string;
  readonly holds: string;
}

/** A key whose last characters are the CRC-32 of what stands between them and the prefix, in the digits 0-9A-Za-z. */
export interface Crc32Base62 {
  readonly check: 'crc32-base62';
  readonly prefix: string;
  readonly digits: number;
}

/** A block of base64 between two marks that holds a private key. */
export interface Pem {
  readonly check: 'pem';
  /** A text that stands near it and tells whose it is; '' for any. With one, the rule is the more specific. */
  readonly beside: string;
}

/** A JSON Web Token that says of itself what it opens. */
export interface JwtClaims {
  readonly check: 'jwt-claims';
  /** As `role=service_role`; the token must make all of them. */
  readonly claims: readonly string[];
}

/** The first part is base64 of a number that names a bot, as Discord's. */
export interface Snowflake {
  readonly check: 'snowflake';
}

/** Only the name beside it says that it is a secret: it must look like the output of a generator. */
export interface RandomValue {
  readonly check: 'random-value';
  /** Capitals and small letters both, so that a hash is none. */
  readonly mixedCase: boolean;
}

/** The password in `scheme://user:password@host`; those of examples are none. */
export interface UrlPassword {
  readonly check: 'url-password';
}

export type Structure =
  | MarkerHalves
  | FixedLength
  | Base64Text
  | Crc32Base62
  | Pem
  | JwtClaims
  | Snowflake
  | RandomValue
  | UrlPassword;

/** Where keys of a type are shown to everybody by design, and what one is called there. It is an advisory then. */
export interface PublicUse {
  /** Words on the line of the key, in small letters. */
  readonly onLine: readonly string[];
  /** Words around it, which count where no word of the provider is nearer. */
  readonly nearby: readonly string[];
  readonly title: string;
  readonly opens: string;
}

/** One key type, compiled from `rules/<provider>.json`: what the matcher and the judge need, and the names for a report. */
export interface Rule {
  readonly id: string;
  readonly provider: string;
  /** In a sentence: "OpenAI admin API key". */
  readonly title: string;
  /** Within its provider: "Admin API key". */
  readonly keyType: string;
  /** What the key opens, in a few words: "controls the whole organization". */
  readonly opens: string;
  readonly risk: Risk;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly anchors: readonly string[];
  readonly anchorAt: AnchorPosition;
  /** Bytes between the beginning of a match and its anchor, where that is the same for every key. */
  readonly anchorAfter?: number;
  /** Inside of a regex character class: the bytes that may not stand directly before the match; '' forbids none. */
  readonly left: string;
  /** The same, directly behind it. */
  readonly right: string;
  /** Regex source with `(?<secret>…)`; bounded, without look-around. */
  readonly pattern: string;
  /** Longest match in bytes, derived from the pattern. */
  readonly maxLength: number;
  readonly context: Context;
  readonly structure: Structure | null;
  readonly publicUse: PublicUse | null;
  /** Regex sources; a secret that one of them matches whole is a published example. */
  readonly placeholders: readonly string[];
  readonly envVars: readonly string[];
  /** Takes what no other rule claims: it loses against every other rule and is reported as ambiguous. */
  readonly catchAll: boolean;
  readonly guessable: boolean;
  /** An identifier, not a secret: a match is dropped with the reason `identifier`. */
  readonly isSecret: boolean;
  /** Set where the "rule" is one value of the user's own: what it is called, and where it came from. */
  readonly own?: OwnValue;
}

/** A value that this checkout keeps in a file of its own, as `.env`. Both names have passed the sink. */
export interface OwnValue {
  /** The variable: "OPENAI_API_KEY". */
  readonly name: Shown;
  /** The file it came from, the first where there are several: ".env". */
  readonly file: Shown;
  /** Every file that it came from, as paths: it is no finding there. */
  readonly places: readonly RawPath[];
  /** The rule of the key type that the variable is named after; null where no rule knows it. */
  readonly kin: string | null;
}

/** A rule that no pattern belongs to: own keys, and places that publish a key. From `rules/policy/`. */
export interface PolicyRule {
  readonly id: string;
  readonly provider: string;
  readonly title: string;
  readonly keyType: string;
  readonly opens: string;
  readonly risk: Risk;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** Names of variables that also hold what is public by design, and so say nothing here. */
  readonly notNames: readonly string[];
}

export interface Ruleset {
  /** Hash over the rule files; reports name it. */
  readonly hash: string;
  readonly rules: readonly Rule[];
}
