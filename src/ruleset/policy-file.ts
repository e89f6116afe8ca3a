import { KeyguardError } from '../errors.ts';
import type { PolicyRule } from '../model/rule.ts';
import type { PolicyGuidance } from '../remedy/guidance-data.ts';
import { CONFIDENCE, list, RISK, SEVERITY } from './rule-file-shape.ts';
import { record, type RecordShape, shapeProblem, TEXT, TEXT_OR_EMPTY, URL } from './shape.ts';

/** One rule of `rules/policy/`: what it is, and how the thing is written safely. */
export interface PolicyEntry extends PolicyRule {
  /** In one sentence, without a full stop, what is wrong and what to write instead; `{name}` is what was found. */
  readonly summary: string;
  readonly steps: PolicyGuidance['steps'];
  readonly references: readonly string[];
}

interface PolicyFile {
  readonly rules: readonly PolicyEntry[];
}

const STEP = record<PolicyEntry['steps'][number]>({ required: { text: TEXT }, optional: { url: URL, command: TEXT } });

const POLICY_FILE: RecordShape = record<PolicyFile>({
  required: {
    rules: list(
      record<PolicyEntry>({
        required: {
          id: TEXT,
          provider: TEXT,
          title: TEXT,
          keyType: TEXT,
          opens: TEXT,
          risk: RISK,
          severity: SEVERITY,
          confidence: CONFIDENCE,
          notNames: list(TEXT),
          summary: TEXT_OR_EMPTY,
          steps: list(STEP),
          references: list(URL),
        },
        optional: {},
      }),
      1,
    ),
  },
  optional: {},
});

/** Throws `KeyguardError` (`rules`) with file, field and remedy. */
export function parsePolicyFile(text: string, name: string): readonly PolicyEntry[] {
  const value: unknown = JSON.parse(text);
  const problem = shapeProblem(value, POLICY_FILE);
  if (problem !== null || !isPolicyFile(value)) throw new KeyguardError('rules', `${name}: ${problem}`);
  return value.rules;
}

function isPolicyFile(value: unknown): value is PolicyFile {
  return shapeProblem(value, POLICY_FILE) === null;
}

/** What a scan needs to know of it. */
export function policyRule(entry: PolicyEntry): PolicyRule {
  const { id, provider, title, keyType, opens, risk, severity, confidence, notNames } = entry;
  return { id, provider, title, keyType, opens, risk, severity, confidence, notNames };
}

/** What a person is told. */
export function policyGuidance({ id, summary, steps, references }: PolicyEntry): PolicyGuidance {
  return { ruleId: id, summary, steps, references };
}
