import type { Match } from '../model/match.ts';
import type { DropReason } from '../model/verdict.ts';
import { entropyOf } from './body.ts';
import { isMadeOfWords } from './placeholder.ts';

/** How far the name of the user and of the host are looked for. */
const AROUND = 260;
/** From here on a password for this machine, or for a container beside it, was not typed for an example. */
const STRONG = 12;
const STRONG_ENTROPY = 3.2;

/**
 * Why the password in `scheme://user:password@host` is none, or null. What examples, test set-ups and containers are
 * written with opens nothing anywhere else; on a host with a name of its own any other password counts.
 */
export function urlPasswordReason({ view, at, secret }: Match): DropReason | null {
  const password = secret.reveal();
  const user = /:\/\/(?<user>[^/:@]*):$/u.exec(view.text.slice(Math.max(0, at.start - AROUND), at.start))?.groups?.[
    'user'
  ];
  const host = /^@\[?(?<host>[A-Za-z0-9_.:-]+)/u.exec(view.text.slice(at.end, at.end + AROUND))?.groups?.['host'] ?? '';
  if (isFilledIn(password)) return 'template';
  if (isTrivial(password) || password.toLowerCase() === user?.toLowerCase()) return 'placeholder';
  return isOfExamples(host) && !isStrong(password) ? 'placeholder' : null;
}

/** `DB_PASSWORD`, `%(password)s`, `#{password}`, `__PASSWORD__`, `[YOUR-PASSWORD]`: a name that something is put in for. */
function isFilledIn(password: string): boolean {
  return /^(?:[A-Z]+(?:_[A-Z]+)+|%\(?[A-Za-z_]+\)?[sd%]?|[#$%@]\{?[({]?[A-Za-z_.]+[)}]?|_{2}\w+_{2}|\[.+\]|\(.+\)|:[a-z]\w*)$/u.test(
    password,
  );
}

/** Words of examples, alone, doubled or with a few digits or signs around them. */
const TRIVIAL =
  /^(?:(?:my|your|the|some|a|db|test|user|root|admin|super|new|default|local|dev|demo|sample|dummy|fake|mock|real|very|database|redis|postgres|postgresql|pg|psql|mysql|mongo|mongodb|rabbitmq?|amqp|mariadb|mssql|sa|app|guest|example|password|passwd|passw?|pa55|p4ss|pswd|pwd|pw|passphrase|passwort|secret|s3cr3t|secure|strong|hidden|safe|key|token|auth|change|changeit|changeme|me|here|this|in|production|prod|redacted|replace|todo|none|null|undefined|value|string|placeholder|foo|bar|baz|qux|abc|def|xyz|qwerty|letmein|hunter|welcome|langfuse|litellm|postgress|username|name|service|server|llmproxy|p@ssw(?:0|o)rd|passw0rd|pass@word)[-_.!@#*]{0,3}){1,4}[0-9]{0,6}[-_.!@#*]{0,3}$/u;

function isTrivial(password: string): boolean {
  const plain = password.toLowerCase();
  return TRIVIAL.test(plain) || /^[\d.*_x-]+$/u.test(plain) || new Set(plain).size < 4 || password.length < 4;
}

/** This machine, a container on it, or a name that is reserved for documentation: https://www.rfc-editor.org/rfc/rfc2606 */
function isOfExamples(host: string): boolean {
  const name = host.replace(/:\d*$/u, '').toLowerCase();
  if (!name.includes('.') || /^(?:127|10|192\.168|172\.(?:1[6-9]|2\d|3[01])|0\.0)\./u.test(`${name}.`)) return true;
  return /(?:^|\.)(?:localhost|local|internal|test|invalid|example|example\.(?:com|net|org)|host|domain|domain\.com|myhost\.com|some-?host\.com|server\.com)$/u.test(
    name,
  );
}

function isStrong(password: string): boolean {
  return password.length >= STRONG && entropyOf(password) >= STRONG_ENTROPY && !isMadeOfWords(password);
}
