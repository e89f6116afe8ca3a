import type { ScopeKind } from '../model/coverage.ts';
import type { AdvisedFinding } from '../model/finding.ts';
import type { Fingerprint } from '../model/secret.ts';
import { hanging, labelled, whole } from './layout.ts';
import { plain } from './paint.ts';
import type { Line } from './paint.ts';
import { asTyped, withTypedSteps } from './program.ts';
import type { Program } from './program.ts';
import { snippetLines } from './snippet-lines.ts';
import { stepLines } from './step-lines.ts';
import type { PrintedSteps } from './step-lines.ts';
import { evidenceInWords } from './wording/evidence.ts';
import { exposureInWords } from './wording/exposure.ts';
import { occurrencesInWords } from './wording/occurrences.ts';
import { commitInWords, placeToOpen } from './wording/place.ts';
import { ambiguity, whatItIs } from './wording/what-it-is.ts';

/** What stands in the blocks above, so that it is not said twice. `findingBlock` fills it. */
export interface Printed {
  /** The place at which each key was shown first. */
  readonly keys: Map<Fingerprint, string>;
  readonly steps: PrintedSteps;
}

const INDENT = '  ';

/** Everything about one finding: what it is, where, why it was believed, how far it went, and what to do now. */
export function findingBlock(
  finding: AdvisedFinding,
  scope: ScopeKind,
  printed: Printed,
  width: number,
  program: Program,
): readonly Line[] {
  const place = placeToOpen(finding.location);
  return [
    ...heading(finding, width),
    ...placeLine(finding, place),
    ...snippetLines(finding, INDENT, width),
    ...occurrencesInWords(finding).flatMap((text) => hanging(INDENT, text, width)),
    ...why(finding, place, printed.keys, width),
    ...howFar(finding, scope, width),
    ...labelled(INDENT, 'What to do now', `(${toAssume(finding)}):`, width),
    ...stepLines(withTypedSteps(finding, program), place, printed.steps, INDENT, width),
    [
      plain(`${INDENT}${finding.hazard === undefined ? 'Not a secret?' : 'Meant to be so?'} `),
      { text: asTyped(allowCommand(finding), program), tone: 'command' },
    ],
  ];
}

function heading(finding: AdvisedFinding, width: number): readonly Line[] {
  const opens = finding.opens === '' ? '' : `: ${finding.opens}`;
  const text = `${capitalized(whatItIs(finding))}${opens}`;
  return hanging('', text, width).map((line) => line.map((piece) => ({ ...piece, tone: 'heading' as const })));
}

/** The place alone can be clicked. */
function placeLine({ location }: AdvisedFinding, place: string): readonly Line[] {
  const commit = commitInWords(location);
  const lines = whole(INDENT, place, 'place');
  return commit === '' ? lines : lines.map((line, i) => (i < lines.length - 1 ? line : [...line, plain(commit)]));
}

/** Without a key there is nothing that could have travelled. */
function howFar({ exposure, hazard }: AdvisedFinding, scope: ScopeKind, width: number): readonly Line[] {
  return hazard === undefined ? hanging(INDENT, `Exposure: ${exposureInWords(exposure, scope)}`, width) : [];
}

function why(finding: AdvisedFinding, place: string, keys: Printed['keys'], width: number): readonly Line[] {
  const before = keys.get(finding.fingerprint);
  if (before !== undefined) return hanging(INDENT, `The same key as in ${before}.`, width);
  keys.set(finding.fingerprint, place);
  return [...hanging(INDENT, whyBelieved(finding), width), ...hanging(INDENT, ambiguity(finding.candidates), width)];
}

function whyBelieved(finding: AdvisedFinding): string {
  const evidence = evidenceInWords(finding.evidence);
  const unsure = finding.confidence === 'high' ? '' : `Confidence ${finding.confidence}.`;
  return evidence === '' ? unsure : `Why: ${evidence}. ${unsure}`.trimEnd();
}

/** How bad it may be, beside the steps that this makes urgent. */
function toAssume({ risk, guidance }: AdvisedFinding): string {
  return [`risk ${risk}`, ...guidance.caveats].join('; ');
}

/**
 * Of risk high nothing is accepted without saying why it cannot do harm: a plain `allow` would be refused. What a change
 * silences itself is accepted from outside of it.
 */
function allowCommand(finding: AdvisedFinding): string {
  if (finding.ruleId === 'suppression-in-change') return 'keyguard scan --accept-suppressions';
  const proof = finding.risk === 'high' ? ' --never-live' : '';
  return `keyguard allow ${finding.fingerprint}${proof} --reason '…'`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
