import { createMatcher } from '../../../src/match/matcher.ts';
import type { Exposure, ExposureState, Finding, Guidance, Location } from '../../../src/model/finding.ts';
import { rawPathFromText } from '../../../src/model/fragment.ts';
import { fingerprintOf, Secret } from '../../../src/model/secret.ts';
import { adviseOn } from '../../../src/remedy/remedy.ts';
import type { Situation } from '../../../src/remedy/situation.ts';
import { createSink } from '../../../src/show/sink.ts';
import { guidance } from './guidance.ts';

export const STATES: readonly ExposureState[] = [
  'staged',
  'local',
  'pushed-private',
  'pushed',
  'published',
  'unreachable',
  'unknown',
];

const SITUATION: Situation = {
  scope: 'staged',
  hasHead: true,
  inCi: false,
  platform: 'linux',
  branch: 'main',
  atTop: true,
  changedFiles: [],
};

export const sink = createSink(createMatcher([]));

/** A finding of a rule of this repository, as a scan of a staged `src/app.ts` gives it. */
export function findingOf(ruleId: string, changes: Partial<Finding> = {}): Finding {
  const provider = guidance.providers.find(({ keyTypes }) => keyTypes.some((type) => type.ruleId === ruleId));
  const type = provider?.keyTypes.find((one) => one.ruleId === ruleId);
  return {
    fingerprint: fingerprintOf(new Secret('any')),
    ruleId,
    provider: provider?.provider ?? 'Somebody',
    keyType: 'API key',
    title: type?.title ?? 'Some key',
    opens: type?.opens ?? 'opens something',
    severity: 'error',
    risk: /admin|user|session|refresh/u.test(ruleId) ? 'high' : 'medium',
    confidence: 'high',
    redacted: sink.text('sk-…wxyz'),
    location: placeIn('src/app.ts'),
    decoded: [],
    evidence: [],
    candidates: [],
    damage: null,
    snippet: null,
    ...changes,
  };
}

export function placeIn(path: string | null, kind: Location['kind'] = 'blob'): Location {
  const shown = path === null ? null : sink.path(rawPathFromText(path));
  return { kind, path: shown, line: 12, column: 17, endLine: 12, endColumn: 40 };
}

export function adviceFor(finding: Finding, state: ExposureState, changes: Partial<Situation> = {}): Guidance {
  const exposure: Exposure = { state, detail: 'in no commit' };
  return adviseOn(finding, exposure, { ...SITUATION, ...changes }, guidance);
}

/** Everything that an advice says, one step a line. */
export function said({ summary, steps }: Guidance): string {
  return [summary, ...steps.map(({ text, url = '', command = '' }) => `${text} <${url}> $ ${command}`)].join('\n');
}

export function commandsOf({ steps }: Guidance): string[] {
  return steps.flatMap(({ command }) => (command === undefined ? [] : [command]));
}
