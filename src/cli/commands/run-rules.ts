import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KeyguardError } from '../../errors.ts';
import { findIn } from '../../find-in.ts';
import { createMatcher } from '../../match/matcher.ts';
import type { Rule } from '../../model/rule.ts';
import type { Found } from '../../ruleset/check.ts';
import { notACommand } from '../../report/display.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { refuseMissingPaths } from '../missing-path.ts';
import { writeAll } from '../output.ts';
import { type NamedText, rulesCheck, rulesList, rulesShow } from './rules.ts';

/** `keyguard rules list | show ID | check [FILE...]`. A rule that does not keep its word is a finding: 1. */
export async function rulesCommand([action, ...words]: readonly string[], io: Io): Promise<ExitCode> {
  if (action === 'check') return checkCommand(words, io);
  const [id, extra] = words;
  const { policies, ruleset } = await import('#compiled/ruleset');
  if (action === 'show') {
    if (id === undefined)
      throw new KeyguardError('usage', 'keyguard rules show needs ID; keyguard rules list shows all.');
    if (extra !== undefined)
      throw new KeyguardError('usage', `"${extra}" is one word too many: keyguard rules show ID`);
    const { guidance } = await import('#compiled/guidance');
    await writeAll(io.stdout, rulesShow(ruleset, guidance, id, policies));
    return 0;
  }
  if (id !== undefined) throw new KeyguardError('usage', `"${id}" is one word too many: keyguard rules list`);
  await writeAll(io.stdout, rulesList(ruleset, policies));
  return 0;
}

/** Where the rules lie that ship with keyguard; the same from `src` and from `dist`. */
const SHIPPED = fileURLToPath(new URL('../../../rules', import.meta.url));

async function checkCommand(words: readonly string[], io: Io): Promise<ExitCode> {
  refuseMissingPaths(io.host, words);
  const given = words.map((word) => resolve(io.host.cwd, word));
  const shippedPaths = (await readdir(SHIPPED))
    .filter((name) => name.endsWith('.json') && !name.endsWith('.schema.json'))
    .toSorted()
    .map((name) => join(SHIPPED, name));
  const own = await Promise.all(given.map((path, i) => readRuleFile(path, words[i] ?? path)));
  const shipped = await Promise.all(
    shippedPaths.filter((path) => !given.includes(path)).map((path) => readRuleFile(path, path)),
  );
  const { text, problems } =
    own.length === 0 ? rulesCheck(shipped, [], finderFor) : rulesCheck(own, shipped, finderFor);
  // What stands in a rule file comes from outside; the lines are ours.
  const lines = text.split('\n').map((line) => notACommand(io.sink(line)));
  await writeAll(io.stdout, lines.join('\n'));
  return problems.length > 0 ? 1 : 0;
}

async function readRuleFile(path: string, name: string): Promise<NamedText> {
  try {
    return { name, text: await readFile(path, 'utf8') };
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new KeyguardError('usage', `the rule file ${name} could not be read (${code}).`, { cause });
  }
}

function finderFor(rules: readonly Rule[]): (text: string) => readonly Found[] {
  const matcher = createMatcher(rules);
  return (text) => findIn(text, matcher);
}
