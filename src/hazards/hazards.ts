import type { PolicyRule, Rule } from '../model/rule.ts';
import { browserClients } from './browser-client.ts';
import { isEnvFile } from '../model/env-file.ts';
import { ciLogs, isCiFile } from './ci-log.ts';
import { dockerVariables, isDockerfile } from './docker-variable.ts';
import { envFiles } from './env-file.ts';
import { holdsBeginning } from './first-look.ts';
import type { HazardKind, HazardSearch } from './hazard.ts';
import { type KeyNames, keyNamesOf } from './key-names.ts';
import { keysInUrls } from './key-in-url.ts';
import { publicVariables } from './public-variable.ts';
import { isDocumentation, isTest } from './quiet.ts';
import { isTerraform, terraformDefaults } from './terraform-default.ts';

/** Which kind finds what a rule of `rules/policy/` describes, in which files or texts. */
const KINDS: Readonly<
  Record<string, { readonly find: HazardKind; readonly isFor: (text: string, path: string) => boolean }>
> = {
  'exposure-public-variable': { find: publicVariables, isFor: holdsBeginning },
  'exposure-browser-client': { find: browserClients, isFor: holdsBeginning },
  'exposure-key-in-url': { find: keysInUrls, isFor: holdsBeginning },
  'exposure-docker-variable': { find: dockerVariables, isFor: (_, path) => isDockerfile(path) },
  'exposure-ci-log': { find: ciLogs, isFor: (_, path) => isCiFile(path) },
  'exposure-terraform-default': { find: terraformDefaults, isFor: (_, path) => isTerraform(path) },
  'exposure-tracked-env-file': { find: envFiles, isFor: (_, path) => isEnvFile(path) },
};

/**
 * Looks for places that publish keys; which names are those of keys is what `rules` say. Documentation and tests are
 * full of them and publish nothing.
 */
export function hazardSearch(policies: readonly PolicyRule[], rules: readonly Rule[]): HazardSearch {
  const kinds = policies.flatMap((rule) => {
    const kind = KINDS[rule.id];
    return kind === undefined ? [] : [{ rule, ...kind }];
  });
  const namesOf = new Map<PolicyRule, KeyNames>();
  const namesFor = (rule: PolicyRule): KeyNames => {
    const known = namesOf.get(rule) ?? keyNamesOf(rules, rule.notNames);
    namesOf.set(rule, known);
    return known;
  };
  return (text, path) => {
    const found = kinds.flatMap(({ rule, find, isFor }) =>
      isFor(text, path) ? [...find(text, path, (name) => namesFor(rule)(name))].map((one) => ({ rule, ...one })) : [],
    );
    return found.length === 0 || isDocumentation(path) || isTest(path) ? [] : found;
  };
}
