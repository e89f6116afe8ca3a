import type { Check, CheckState, Facts, Fix } from './check.ts';
import { wordsOf } from './codes.ts';

/** A check with its words filled in. They hold text from outside, so they pass the sink before they are shown. */
export interface Spoken {
  readonly code: string;
  readonly state: CheckState;
  readonly message: string;
  readonly remedy: { readonly command: string; readonly fix: Fix | null } | null;
}

export function speak(check: Check): Spoken {
  const { state, says, remedy, fix } = wordsOf(check);
  return {
    code: check.code,
    state,
    message: filled(says, check.facts, (value) => value),
    remedy: remedy === undefined ? null : { command: filled(remedy, check.facts, inShell(remedy)), fix: fix ?? null },
  };
}

/** A fact that is the whole command is one already. */
function inShell(remedy: string): (value: string) => string {
  return /^\{\w+\}$/u.test(remedy) ? (value) => value : shellWord;
}

function filled(text: string, facts: Facts, shown: (value: string) => string): string {
  return text.replaceAll(/\{(?<name>[a-z]+)\}/gu, (_whole, name: string) => shown(facts[name] ?? ''));
}

export function shellWord(value: string): string {
  return /^[\w./:=,@%+-]+$/u.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
