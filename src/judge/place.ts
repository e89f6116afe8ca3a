import type { Match } from '../model/match.ts';
import { REACH } from '../model/rule.ts';
import type { Span } from '../model/span.ts';
import type { View } from '../model/view.ts';
import { isMixed } from './mixed.ts';
import { type Naming, namingOf } from './naming.ts';

/** What stands around a value, and what it is called. */
export interface Place {
  readonly naming: Naming;
  readonly before: string;
  readonly after: string;
  /** Where its line begins in `before` and ends in `after`. */
  readonly lineStart: number;
  readonly lineEnd: number;
  /** A commit, a digest, the id of something. */
  readonly isCalledOther: boolean;
  /** A key, a token, a header with such. */
  readonly isCalledKey: boolean;
  /** A part of an address. */
  readonly isInPath: boolean;
  /** No hash and no UUID is written in both cases. */
  readonly isMixed: boolean;
}

/** Several rules ask for the same place, one after the other. */
const lastPlace = new WeakMap<View, { readonly at: Span; readonly place: Place }>();

export function placeOf({ view, at, secret }: Match): Place {
  const last = lastPlace.get(view);
  if (last?.at.start === at.start && last.at.end === at.end) return last.place;
  const before = view.text.slice(Math.max(0, at.start - REACH.before), at.start);
  const after = view.text.slice(at.end, at.end + REACH.after);
  const lineStart = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
  const lineBefore = before.slice(lineStart);
  const naming = namingOf(view.text, at);
  const place = {
    naming,
    before,
    after,
    lineStart,
    lineEnd: /[\r\n]/u.exec(after)?.index ?? after.length,
    isCalledOther: isCalledOther(naming, lineBefore, after),
    isCalledKey:
      KEY.test(lineBefore.slice(-CALLED)) ||
      [...naming.names, ...naming.outer].slice(0, 2).some((name) => KEY.test(name)),
    isInPath: /:\/\/[^\s"'`<>?&=]*[/#]$/u.test(lineBefore),
    isMixed: isMixed(secret.reveal()),
  };
  lastPlace.set(view, { at, place });
  return place;
}

/** So far before a value a word may stand that says what it is. */
const CALLED = 60;
export const KEY = /key|token|secret|auth|bearer|credential|passw|\bpat\b|_pat\b/iu;

function isCalledOther({ own, names, outer }: Naming, lineBefore: string, after: string): boolean {
  if (/[@#]$/u.test(lineBefore) || OTHER_BEFORE.test(lineBefore.slice(-CALLED))) return true;
  if (own !== null && OTHER.test(own)) return true;
  // What `sha256sum` prints.
  if (/^\s*$/u.test(lineBefore) && /^ [ *]\S/u.test(after)) return true;
  return [...names.slice(1), ...outer].some((name) => OTHERS.test(name));
}

/** The last word of a name says what it is: `commitSha`, `project_id`. */
const OTHER_WORDS =
  'ids?|uuids?|guids?|hash|hashes|sha|sha1|sha256|sha512|md5|commits?|revs?|revisions?|digests?|checksums?|integrity|etag|' +
  'oid|refs?|version|fingerprints?|signature|nonce|salt|trace|span|tag|branch|snapshot|blob|tree|parent|build|resolved|' +
  'resolution|cid|crc|seed|cursor|slug|path|file|filename|image|model|container|layer|pubkey|username|email|region|' +
  'sessions?|(?:public|cache|session)[_ -]?keys?';
const OTHER = new RegExp(`(?:^|[^A-Za-z]|[a-z0-9](?=[A-Z]))(?:${OTHER_WORDS})\\d{0,3}$`, 'iu');
const OTHERS = /(?:hash|checksum|digest|integrit|commit|revision|submodule|fingerprint)(?:e?s)?$/iu;
const OTHER_BEFORE =
  /\b(?:commit|sha-?\d{0,3}|md5|rev|revision|hash|checksum|digest|integrity|etag|uuid|guid|id|ref|uses|from|merge|tree|blob|parent|object|checkout|cherry-pick|revert|reset|show|at|session|(?:public|cache|session) key)\b[^A-Za-z0-9]{0,4}$/iu;
