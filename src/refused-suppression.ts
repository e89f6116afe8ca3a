import type { PolicyInChange } from './config/policy.ts';
import { COMMENT, type DecidedSighting, placeOf } from './decide-in-change.ts';
import type { Finding } from './model/finding.ts';
import { rawPathFromText } from './model/fragment.ts';
import { fingerprintAt, Secret } from './model/secret.ts';
import type { Detection } from './read-fragment.ts';
import type { Sink } from './show/sink.ts';

/** That a change silences what it brings in, as a finding of its own: at the file that does it, or at the comment. */
export function refusedSuppression(
  { sighting: { detection, path }, refused }: DecidedSighting,
  { rule }: PolicyInChange,
  sink: Sink,
): Detection | null {
  if (refused === null) return null;
  const { finding } = detection;
  const place = placeOf(refused.by);
  const file = place === COMMENT ? undefined : place;
  const name = `${place} for ${finding.fingerprint}`;
  const shown = sink.text(name);
  const at = file === undefined ? path : rawPathFromText(file);
  const location: Finding['location'] =
    file === undefined
      ? { ...finding.location, path: at === null ? finding.location.path : sink.path(at) }
      : { kind: 'config', path: sink.path(rawPathFromText(file)), line: 1, column: 1, endLine: 1, endColumn: 1 };
  const { id, provider, title, keyType, opens, severity, risk, confidence } = rule;
  return {
    finding: {
      fingerprint: fingerprintAt(id, file ?? path ?? '', finding.fingerprint),
      ruleId: id,
      provider,
      keyType,
      title,
      opens,
      severity,
      risk,
      confidence,
      redacted: shown,
      location,
      decoded: [],
      evidence: [],
      candidates: [],
      damage: null,
      snippet: null,
      hazard: { name: shown },
    },
    secret: new Secret(name),
    identity: fingerprintAt(id, '', name),
    path: at,
    provenance: { kind: 'file', places: at === null ? [] : [at] },
    offset: 0,
    end: 0,
    within: [],
    kind: 'report',
    allow: null,
  };
}
