import type { Container } from '../containers.ts';
import { decide } from '../config/decide.ts';
import type { Policy } from '../config/policy.ts';
import { noticesOf } from '../not-unpacked.ts';
import type { Fragment } from '../model/fragment.ts';
import type { Detection } from '../read-fragment.ts';
import { readInside } from '../read-inside.ts';
import { placeToOpen } from '../report/wording/place.ts';
import { evidenceInWords } from '../report/wording/evidence.ts';
import { counted } from '../report/wording/list.ts';
import { SUPPRESSED_BY } from '../report/wording/suppression.ts';
import type { Scanner } from '../scanner.ts';
import type { Allowance } from '../unpacking.ts';

/** For `keyguard why`: what was found in the members of a container, how many there are, and what was not read of them. */
export async function whyInside(
  fragment: Fragment,
  container: Container,
  allowance: Allowance,
  policy: Policy,
  scanner: Scanner,
): Promise<readonly string[]> {
  const { detections, members, troubles } = await readInside(fragment, container, scanner, allowance);
  const found = detections.length === 0 ? 'no key' : counted(detections.length, 'match', 'matches');
  const notices =
    troubles.length === 0 ? [] : noticesOf([{ provenance: fragment.provenance, troubles }], 'tree', scanner.sink);
  return [
    ...detections.map((detection) => explanation(detection, policy, scanner)),
    ...(members === 0
      ? []
      : [
          `The file is a container (${container.kind}): ${counted(members, 'member')} read in it, ${found} found there.`,
        ]),
    ...notices.map(({ message }) => message),
  ];
}

function explanation({ finding, path, allow }: Detection, policy: Policy, { sink }: Scanner): string {
  const what = `${placeToOpen(finding.location)}: ${finding.redacted} (${finding.ruleId}):`;
  const believed = evidenceInWords(finding.evidence);
  const decision = decide(policy, { ...finding, path, allow });
  if (decision.kind === 'keep') return `${what} reported, because of ${believed}.`;
  return `${what} found because of ${believed}, and set aside: ${SUPPRESSED_BY[decision.by]} (${sink.text(decision.reason)}).`;
}
