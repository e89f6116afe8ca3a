import { KeyguardError } from '../../errors.ts';
import { nearest } from '../../config/suggest.ts';
import type { PolicyRule, Rule, Ruleset } from '../../model/rule.ts';
import type { GuidanceData, KeyTypeGuidance, Revoker } from '../../remedy/guidance-data.ts';
import { wrap } from '../../remedy/layout.ts';
import { checkRules, type Found, type RuleProblem } from '../../ruleset/check.ts';
import { compileRule } from '../../ruleset/compile.ts';
import { parseRuleFile } from '../../ruleset/parse.ts';

const COLUMNS = 80;

/** Every rule in one line, under its provider. */
export function rulesList({ rules }: Ruleset, policies: readonly PolicyRule[] = []): string {
  const widest = Math.max(...[...rules, ...policies].map(({ id }) => id.length));
  const providers = [...new Set(rules.map(({ provider }) => provider))];
  const blocks = providers.map((provider) => {
    const lines = rules
      .filter((rule) => rule.provider === provider)
      .flatMap((rule) => wrap(summaryOf(rule), COLUMNS, `  ${rule.id.padEnd(widest)}  `, ' '.repeat(widest + 4)));
    return [provider, ...lines].join('\n');
  });
  const beside = policies.flatMap((policy) =>
    wrap(policySummary(policy), COLUMNS, `  ${policy.id.padEnd(widest)}  `, ' '.repeat(widest + 4)),
  );
  const others = beside.length === 0 ? [] : [['Without a pattern', ...beside].join('\n')];
  const count = `${rules.length} rules${policies.length === 0 ? '' : `, and ${policies.length} without a pattern`}`;
  return `${[...blocks, ...others].join('\n')}\n\n${count}. All about one: keyguard rules show ID\n`;
}

function policySummary({ keyType, severity, risk }: PolicyRule): string {
  return `${keyType}: ${severity === 'warning' ? 'advisory' : `risk ${risk}`}`;
}

function summaryOf({ keyType, isSecret, severity, risk }: Rule): string {
  if (!isSecret) return `${keyType}: no secret`;
  return `${keyType}: risk ${risk}${severity === 'warning' ? ', advisory' : ''}`;
}

/** What the guidance knows of rules. */
type Told = Pick<GuidanceData, 'providers'> & Partial<Pick<GuidanceData, 'policies'>>;

/** All about one rule. Throws `KeyguardError` (`usage`) for an id that no rule has. */
export function rulesShow(
  { rules }: Ruleset,
  guidance: Told,
  id: string,
  policies: readonly PolicyRule[] = [],
): string {
  const policy = policies.find((one) => one.id === id);
  if (policy !== undefined) return policyShow(policy, guidance);
  const rule = rules.find((one) => one.id === id);
  if (rule === undefined) {
    const ids = [...rules, ...policies].map((one) => one.id);
    const close = nearest(id, ids);
    const hint = close === null ? 'See keyguard rules list.' : `Did you mean "${close}"?`;
    throw new KeyguardError('usage', `there is no rule "${id}". ${hint}`);
  }
  const keyType = guidance.providers.flatMap(({ keyTypes }) => keyTypes).find(({ ruleId }) => ruleId === id);
  return `${[...factsOf(rule), ...(keyType === undefined ? [] : adviceOf(keyType))].join('\n')}\n`;
}

function policyShow(policy: PolicyRule, { policies = [] }: Told): string {
  const told = policies.find(({ ruleId }) => ruleId === policy.id);
  const lines = [
    policy.id,
    ...wrap(`${policy.title}: ${policy.opens}.`, COLUMNS),
    '',
    ...field('key type', policy.keyType),
    ...field('risk', policy.risk),
    ...field('reported', `as ${policy.severity}, confidence ${policy.confidence}`),
    ...field('leaves out', policy.notNames.join(', ')),
    ...section('To write it safely', told?.steps.map(({ text }) => named(text)) ?? []),
    ...section('Read more', told?.references ?? []),
  ];
  return `${lines.join('\n')}\n`;
}

/** Without a finding there is no name to put in. */
function named(text: string): string {
  return text
    .replaceAll('{rule}', 'RULE')
    .replaceAll(/\{(?<what>name|file|base)\}/gu, (_, what: string) => what.toUpperCase());
}

function factsOf(rule: Rule): readonly string[] {
  return [
    rule.id,
    ...wrap(`${rule.title}: ${rule.opens}.`, COLUMNS),
    '',
    ...field('provider', rule.provider),
    ...field('key type', rule.keyType),
    ...field('risk', rule.risk),
    ...field(
      'reported',
      rule.isSecret ? `as ${rule.severity}, confidence ${rule.confidence}` : 'never: it is no secret',
    ),
    ...field(
      rule.anchorAt === 'name' ? 'named' : rule.anchorAt === 'inside' ? 'holds' : 'begins with',
      rule.anchors.join(', '),
    ),
    ...field('pattern', ...piecesOf(rule.pattern)),
    ...field('variables', rule.envVars.join(', ')),
    ...field('needs', needsOf(rule)),
  ];
}

function needsOf({ context, catchAll }: Rule): string {
  if (catchAll) return 'that no other rule fits';
  if (!context.required) return '';
  const said = [...new Set([...context.names, ...context.hosts, ...context.words])];
  return `one of these beside it to be told from keys that look alike: ${said.join(', ')}`;
}

/** A pattern has no spaces to break it at. */
function piecesOf(pattern: string): readonly string[] {
  return pattern.match(/.{1,60}/gu) ?? [];
}

function field(name: string, ...values: readonly string[]): readonly string[] {
  const indent = ' '.repeat(15);
  return values.flatMap((value, index) => wrap(value, COLUMNS, index === 0 ? `  ${name.padEnd(13)}` : indent, indent));
}

const REVOKERS: Readonly<Record<Revoker, string>> = {
  holder: 'the person whose key it is',
  member: 'a member with the right to manage keys',
  owner: 'an owner of the organization',
};

function adviceOf({ revocation, notes }: KeyTypeGuidance): readonly string[] {
  const { url, evidence, who, always, steps, replace, usageUrl, afterLeak } = revocation;
  const place =
    url === null ? [] : [`${url}${evidence === 'sourced' ? '' : ' (not checked with the provider: look first)'}`];
  return [
    ...section(`To revoke it (${REVOKERS[who]} can)${always ? ', in any case' : ''}`, [...place, ...steps]),
    ...section('To replace it', replace),
    ...section('After a leak', [...afterLeak, ...(usageUrl === null ? [] : [`Usage: ${usageUrl}`])]),
    ...section('Good to know', notes),
  ];
}

function section(title: string, sentences: readonly string[]): readonly string[] {
  if (sentences.length === 0) return [];
  return ['', `${title}:`, ...sentences.flatMap((sentence) => wrap(sentence, COLUMNS, '  - ', '    '))];
}

/** A rule file that was read already. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

export interface RulesCheck {
  readonly text: string;
  readonly problems: readonly string[];
}

/**
 * Checks rule files: each by itself, then its examples against everything that `files` and `alongside` (the rules that
 * ship with keyguard) find together. `finderFor` makes the matcher and the judge of these rules.
 */
export function rulesCheck(
  files: readonly NamedText[],
  alongside: readonly NamedText[],
  finderFor: (rules: readonly Rule[]) => (text: string) => readonly Found[],
): RulesCheck {
  const own = files.map(readOrProblem);
  const unreadable = own.flatMap((one) => (typeof one === 'string' ? [one] : []));
  if (unreadable.length > 0) return verdictOf(unreadable, files.length, 0);
  const checked = own.flatMap((one) => (typeof one === 'string' ? [] : [one]));
  const all = [...alongside.map(({ name, text }) => parseRuleFile(text, name)), ...checked];
  const rules = all.flatMap((file) => file.keyTypes.map((entry) => compileRule(file, entry)));
  const ids = new Set(checked.flatMap((file) => file.keyTypes.map(({ id }) => id)));
  const problems = checkRules(all, finderFor(rules)).filter(({ ruleId }) => ids.has(ruleId));
  return verdictOf(problems.map(sentenceOf), files.length, ids.size);
}

function readOrProblem({ name, text }: NamedText): ReturnType<typeof parseRuleFile> | string {
  try {
    return parseRuleFile(text, name);
  } catch (error) {
    if (error instanceof KeyguardError && error.code === 'rules') return error.message;
    throw error;
  }
}

function sentenceOf({ ruleId, message }: RuleProblem): string {
  return `${ruleId}: ${message}`;
}

function verdictOf(problems: readonly string[], files: number, rules: number): RulesCheck {
  const counted = `${files} ${files === 1 ? 'file' : 'files'}`;
  if (problems.length === 0) {
    return {
      text: `${counted}, ${rules} ${rules === 1 ? 'rule' : 'rules'}: every example is found, every negative example is not.\n`,
      problems,
    };
  }
  const lines = problems.flatMap((problem) => wrap(problem, COLUMNS, '', '  '));
  return {
    text: `${lines.join('\n')}\n${counted}: ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}.\n`,
    problems,
  };
}
