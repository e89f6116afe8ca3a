import type { Finding } from '../../model/finding.ts';
import type { Confidence, Risk } from '../../model/rule.ts';
import type { ReportStyle, RuleHelp } from '../reporter.ts';

interface SarifRules {
  readonly rules: readonly object[];
  readonly indexOf: (ruleId: string) => number;
}

/** The rules of these findings, each once, in the order of their ids. */
export function sarifRules(findings: readonly Finding[], helpOf: ReportStyle['helpOf']): SarifRules {
  const first = new Map<string, Finding>();
  for (const finding of findings) if (!first.has(finding.ruleId)) first.set(finding.ruleId, finding);
  const ids = [...first.keys()].toSorted();
  return {
    rules: [...first.values()]
      .toSorted((a, b) => (a.ruleId < b.ruleId ? -1 : 1))
      .map((finding) => descriptorOf(finding, helpOf(finding.ruleId))),
    indexOf: (ruleId) => ids.indexOf(ruleId),
  };
}

function descriptorOf(finding: Finding, help: RuleHelp | null): object {
  const { ruleId, title, opens, risk, severity, confidence } = finding;
  const full = opens === '' ? `${title}.` : `${title}: ${opens}.`;
  return {
    id: ruleId,
    name: ruleId,
    shortDescription: { text: title },
    fullDescription: { text: full },
    help: { text: helpText(full, help), markdown: helpMarkdown(full, help) },
    defaultConfiguration: { level: severity },
    properties: {
      tags: ['security', 'secret', finding.provider],
      precision: PRECISIONS[confidence],
      'security-severity': SCORES[severity === 'warning' ? 'low' : risk],
    },
  };
}

/** CVSS scores that GitHub shows as critical, high and low. */
const SCORES: Readonly<Record<Risk, string>> = { high: '9.5', medium: '8.0', low: '3.0' };

const PRECISIONS: Readonly<Record<Confidence, string>> = { high: 'very-high', medium: 'high', low: 'medium' };

function helpText(full: string, help: RuleHelp | null): string {
  if (help === null) return full;
  return [full, ...sections(help).map(([title, lines]) => `${title}: ${lines.join(' ')}`)].join('\n');
}

function helpMarkdown(full: string, help: RuleHelp | null): string {
  if (help === null) return full;
  const parts = sections(help).map(
    ([title, lines]) => `**${title}**\n\n${lines.map((line) => `1. ${line}`).join('\n')}`,
  );
  return [full, ...parts].join('\n\n');
}

function sections({ url, revoke, replace, afterLeak }: RuleHelp): readonly (readonly [string, readonly string[]])[] {
  const all = [
    ['Revoke', url === null ? revoke : [...revoke, url]],
    ['Make a new one', replace],
    ['Look at', afterLeak],
  ] as const;
  return all.filter(([, lines]) => lines.length > 0);
}
