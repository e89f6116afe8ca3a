import type { Step } from '../model/finding.ts';
import type { StepName } from './advice-data.ts';
import type { Case } from './case.ts';
import { guideCommand } from './guide-command.ts';
import { nothingToRevoke, revoke } from './revoke-step.ts';
import { branchForCommand } from './safe-command.ts';
import { placeOf } from './place.ts';
import { dropLeftovers, rewrite } from './rewrite-steps.ts';
import { takeOut } from './take-out-steps.ts';

/** How each step of an advice is filled for one finding. A step that does not fit the key type gives nothing. */
export const STEPS: Readonly<Record<StepName, (about: Case) => readonly Step[]>> = {
  'take-out': takeOut,
  rewrite,
  'drop-leftovers': dropLeftovers,
  'revoke-if-unsure': (about) => [revoke(about, 'revoke-if-unsure')],
  'revoke-always': (about) => [revoke(about, 'revoke-always')],
  'revoke-same-day': (about) => [revoke(about, 'revoke-same-day')],
  'revoke-now': (about) => [revoke(about, 'revoke-now')],
  'nothing-to-revoke': nothingToRevoke,
  'ask-owner': askOwner,
  'keep-out': keepOut,
  replace: (about) => [replace(about, 'replace')],
  'replace-now': (about) => [replace(about, 'replace-now')],
  'replace-first': (about) => [replace(about, 'replace-first')],
  usage,
  history: ({ say }) => [{ text: say('history'), command: 'keyguard guide history' }],
  'expire-reflog': expireReflog,
  deprecate: ({ say }) => [{ text: say('deprecate'), url: 'https://docs.npmjs.com/policies/unpublish' }],
};

/** A text to send on: somebody who is not an owner cannot use the link. */
function askOwner({ finding, keyType, say }: Case): Step[] {
  if (keyType?.revocation.who !== 'owner') return [];
  const { title, redacted, location } = finding;
  const place =
    location.path === null
      ? say('place-elsewhere', { kind: location.kind })
      : say('place-line', { path: location.path, line: String(location.line) });
  return [{ text: say('ask-owner', { title, redacted, place, url: keyType.revocation.url ?? '' }) }];
}

function replace(about: Case, name: 'replace' | 'replace-now' | 'replace-first'): Step {
  const { provider, keyType, say } = about;
  const how = keyType?.revocation.replace[0] ?? say('replace-unknown');
  const text = say(name, { replace: how, file: placeOf(about) });
  return { text, ...guideCommand(provider, 'create') };
}

/** Where there is nothing to revoke: what is left to do. */
function keepOut(about: Case): Step[] {
  const replace = about.keyType?.revocation.replace[0] ?? '';
  return [{ text: about.say('keep-out', { file: placeOf(about), replace }) }];
}

function usage({ keyType, say }: Case): Step[] {
  const text = keyType?.revocation.afterLeak[0] ?? say('usage-unknown');
  const url = keyType?.revocation.usageUrl ?? null;
  return [url === null ? { text } : { text, url }];
}

/** Of this branch and HEAD only: `--all` would drop stashes and everybody's undo. */
function expireReflog({ situation, say }: Case): Step[] {
  if (situation.inCi) return [];
  const branch = branchForCommand(situation.branch);
  const command = `git reflog expire --expire=now HEAD${branch === null ? '' : ` ${branch}`}`;
  const hint = branch === null && situation.branch !== null ? ` ${say('expire-reflog-branch')}` : '';
  return [{ text: say('expire-reflog') + hint, command }];
}
