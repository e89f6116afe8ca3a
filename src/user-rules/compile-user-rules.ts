import { KeyguardError } from '../errors.ts';
import { findIn } from '../find-in.ts';
import { createMatcher, type ToPattern } from '../match/matcher.ts';
import type { Rule } from '../model/rule.ts';
import { checkRules } from '../ruleset/check.ts';
import { compileRule } from '../ruleset/compile.ts';
import { parseRuleFile } from '../ruleset/parse.ts';
import type { RuleFile } from '../ruleset/rule-file.ts';
import { linearPattern } from './linear-pattern.ts';

/** A rule file as the config names it. */
export interface UserRuleText {
  readonly name: string;
  readonly text: string;
}

export interface UserRules {
  readonly files: readonly RuleFile[];
  readonly rules: readonly Rule[];
  /** Goes into the hash of the ruleset that reports name. */
  readonly texts: readonly string[];
}

/**
 * The rules of these files, ready to run. Throws `KeyguardError` (`rules`) with file, field and remedy for what no rule
 * may be, for an id that exists already, and for a rule that does not keep what its examples promise.
 */
export function compileUserRules(texts: readonly UserRuleText[], builtIn: readonly Rule[]): UserRules {
  const files = texts.map(({ name, text }) => {
    const file = parseRuleFile(text, name);
    const problem = hostProblem(file) ?? takenProblem(file, builtIn);
    if (problem !== null) throw new KeyguardError('rules', `${name}: ${problem}`);
    return file;
  });
  const rules = files.flatMap((file) => file.keyTypes.map((entry) => compileRule(file, entry)));
  const matcher = createMatcher(rules, toLinearPattern);
  const [broken] = checkRules(files, (text) => findIn(text, matcher));
  if (broken === undefined) return { files, rules, texts: texts.map(({ text }) => text) };
  const name = texts[files.findIndex(({ keyTypes }) => keyTypes.some(({ id }) => id === broken.ruleId))]?.name ?? '';
  throw new KeyguardError(
    'rules',
    `${name}: ${broken.ruleId}: ${broken.message} "keyguard rules check ${name}" shows all.`,
  );
}

export const toLinearPattern: ToPattern = ({ pattern, maxLength }) => linearPattern(pattern, maxLength);

/** keyguard asks nobody; a host in a file that a stranger wrote must not become one that people trust. */
function hostProblem({ hosts = [], keyTypes }: RuleFile): string | null {
  if (hosts.length > 0) return 'hosts: rules of a repository name no host; take it out, words may name the provider.';
  for (const [index, { verify, context }] of keyTypes.entries()) {
    const field = verify !== undefined ? 'verify' : (context?.hosts ?? []).length > 0 ? 'context.hosts' : null;
    if (field !== null) return `keyTypes[${index}].${field}: rules of a repository name no host; take it out.`;
  }
  return null;
}

function takenProblem({ keyTypes }: RuleFile, builtIn: readonly Rule[]): string | null {
  const index = keyTypes.findIndex(({ id }) => builtIn.some((rule) => rule.id === id));
  if (index === -1) return null;
  return `keyTypes[${index}].id: "${keyTypes[index]?.id ?? ''}" is a rule of keyguard; choose another id.`;
}
