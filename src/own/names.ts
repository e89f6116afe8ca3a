/** OPENAI_API_KEY, DB_PASS, sessionSecret: the name says that its value is not for everybody. */
export function isSecretName(name: string): boolean {
  const words = wordsOf(name);
  const last = words.findLast((word) => !STAGES.has(word)) ?? '';
  const before = words[words.lastIndexOf(last) - 1] ?? '';
  return SECRETS.some((secret) => last.endsWith(secret)) && !NO_SECRETS.has(before) && !isPublic(words);
}

/** Made to be seen: identifiers, publishable keys, what a bundler puts into the page. */
export function isPublicName(name: string): boolean {
  return isPublic(wordsOf(name));
}

function isPublic(words: readonly string[]): boolean {
  const last = words.at(-1) ?? '';
  if (words.includes('SECRET') || words.includes('PRIVATE')) return false;
  return PUBLISHED.has(words[0] ?? '') || words.some((word) => PUBLIC.has(word)) || IDENTIFIERS.has(last);
}

/** A name may be written as a variable of a shell or of a program. */
function wordsOf(name: string): readonly string[] {
  const isShell = name === name.toUpperCase();
  return (isShell ? name : name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/gu, '_').toUpperCase()).split(SEPARATOR);
}

const SEPARATOR = /[_.\- ]+/u;

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}

const STAGES = set('DEV DEVELOPMENT PROD PRODUCTION STAGING TEST LOCAL OLD NEW PRIMARY SECONDARY 0 1 2 3');

/** What the last word ends with: APIKEY as KEY. */
const SECRETS = (
  'KEY KEYS TOKEN TOKENS SECRET SECRETS PASS PASSWORD PASSWD PASSPHRASE PWD PW PAT CREDENTIAL CREDENTIALS AUTH JWT ' +
  'SIGNING SALT PEPPER BEARER COOKIE'
).split(' ');

/** What is counted, sorted or told by: MAX_TOKENS, SORT_KEY. */
const NO_SECRETS = set(
  'MAX MIN NUM TOTAL COUNT LIMIT COMPLETION PROMPT CONTEXT INPUT OUTPUT OBJECT FOREIGN SORT PARTITION CACHE HOT',
);
const PUBLIC = set('PUBLIC PUBLISHABLE ANON SITEKEY MEASUREMENT TRACKING DSN');
/** Bundlers write these into the page. */
const PUBLISHED = set('VITE REACT VUE GATSBY NG');
const IDENTIFIERS = set(
  'ID IDS UUID GUID SLUG URN ARN SHA HASH DIGEST CHECKSUM COMMIT VERSION ADDRESS FINGERPRINT BUCKET REGION EMAIL ' +
    'DOMAIN HOST HOSTNAME MODEL PATH DIR FILE',
);
