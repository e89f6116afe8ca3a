import { createMatcher } from '../../../src/match/matcher.ts';
import type { ExposureState, Finding, Guidance, LocalCommit, Location, Shown } from '../../../src/model/finding.ts';
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
  partlyStaged: [],
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

/** What is committed locally came in with HEAD, in the file of the finding, unless other commits are given. */
export function adviceFor(
  finding: Finding,
  state: ExposureState,
  changes: Partial<Situation> = {},
  broughtBy: readonly LocalCommit[] | null = [headWith(finding.location.path ?? sink.text('src/app.ts'))],
): Guidance {
  const known = state === 'local' && broughtBy !== null ? { broughtBy } : {};
  return adviseOn(finding, { state, detail: 'in no commit', ...known }, { ...SITUATION, ...changes }, guidance);
}

export function headWith(...paths: readonly Shown[]): LocalCommit {
  return { id: '1a2b3c4d'.repeat(5), parent: '0f1e2d3c'.repeat(5), isHead: true, hasMerge: false, paths };
}

/** Everything that an advice says, one step a line. */
export function said({ summary, steps }: Guidance): string {
  return [summary, ...steps.map(({ text, url = '', command = '' }) => `${text} <${url}> $ ${command}`)].join('\n');
}

export function commandsOf({ steps }: Guidance): string[] {
  return steps.flatMap(({ command }) => (command === undefined ? [] : [command]));
}
