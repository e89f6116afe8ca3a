import { dirname, join, resolve } from 'node:path';
import { acceptedFrom } from '../config/baseline-file.ts';
import { parseOutsideConfig } from '../config/config-file.ts';
import { switchedOffBy } from '../config/load-policy.ts';
import type { OutsidePolicy } from '../config/policy.ts';
import type { KnownRule } from '../config/rule-ids.ts';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import { readRegular } from './read-regular.ts';

/** The policy of whoever starts keyguard. Throws `KeyguardError` (`config`) with file, line and remedy. */
export async function outsidePolicy(
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
  host: Host,
  rules: readonly KnownRule[],
): Promise<OutsidePolicy> {
  const config = await parseOutsideConfig(name, bytes, rules);
  const { floor } = config;
  return {
    accepted: config.accepted === null ? new Map() : acceptedBeside(name, config.accepted, host, rules),
    isSwitchedOff: switchedOffBy(config),
    isFloor: (ruleId) => floor === null || floor.includes(ruleId),
    failOn: config.failOn === 'warning' ? 'warning' : null,
  };
}

function acceptedBeside(
  name: string,
  file: string,
  host: Host,
  rules: readonly KnownRule[],
): OutsidePolicy['accepted'] {
  const bytes = readRegular(join(dirname(resolve(host.cwd, name)), file));
  if (bytes === null) throw new KeyguardError('config', `${name} names ${file}, which is not there.`);
  return acceptedFrom(bytes, host.today, rules, file);
}
