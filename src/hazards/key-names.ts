import type { Rule } from '../model/rule.ts';

export interface NamedKey {
  /** As it is written. */
  readonly name: string;
  readonly provider: string;
}

/** Whose key a variable of this name holds, in whatever case and with a prefix or a stage around it; null for no key's. */
export type KeyNames = (name: string) => NamedKey | null;

/** The variables in which keys are usually kept, as the rules name them. What is public by design is no secret. */
export function keyNamesOf(rules: readonly Rule[], notNames: readonly string[]): KeyNames {
  const providers = new Map<string, string>();
  const left = new Set(notNames.map(plain));
  for (const { isSecret, risk, severity, envVars, provider } of rules) {
    if (!isSecret || risk === 'low' || severity === 'warning') continue;
    for (const name of envVars) {
      if (!left.has(plain(name)) && !isGeneral(name) && !providers.has(plain(name)))
        providers.set(plain(name), provider);
    }
  }
  return (name) => {
    const words = wordsOf(name);
    const whole = STAGES.has(words.at(-1) ?? '') ? words.slice(0, -1) : words;
    for (let from = 0; from < whole.length - 1; from += 1) {
      const provider = providers.get(whole.slice(from).join(''));
      if (provider !== undefined && (from === 0 || isTelling(whole.slice(from)))) return { name, provider };
    }
    return null;
  };
}

function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/gu, '_')
    .toUpperCase()
    .split(/[_-]+/u)
    .filter((word) => word !== '');
}

function plain(name: string): string {
  return name.replaceAll(/[_-]/gu, '').toUpperCase();
}

const STAGES: ReadonlySet<string> = new Set([
  'DEV',
  'DEVELOPMENT',
  'PROD',
  'PRODUCTION',
  'STAGING',
  'TEST',
  '1',
  '2',
  '3',
]);

/** Words that name no owner: `API_KEY`, `ACCESS_TOKEN`, `DATABASE_URL`. */
const GENERAL =
  /^(?:(?:API|APP|ACCESS|AUTH|ADMIN|PRIVATE|PUBLIC|SECRET|SESSION|EPHEMERAL|CLIENT|MASTER|KEY|TOKEN|PASSWORD|PASSPHRASE|PASS|JWT|DATABASE|DB|URL|DSN|BEARER|SIGNING|WEBHOOK|SERVICE|ACCOUNT|USER|BOT|NODE|ID)_?)+$/u;

function isGeneral(name: string): boolean {
  return GENERAL.test(name);
}

/** `ACME_XI_API_KEY` may be anybody's, `ACME_GROQ_API_KEY` is not. */
function isTelling([first = '']: readonly string[]): boolean {
  return first.length > 3;
}
