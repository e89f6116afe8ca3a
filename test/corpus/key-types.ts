import { fillTemplate } from '../../src/ruleset/fill-template.ts';
import { patternOf } from '../../src/ruleset/compile.ts';
import type { KeyTypeEntry, RuleFile } from '../../src/ruleset/rule-file.ts';
import { RULE_FILES } from '../rules/all-rule-files.ts';

/** A type of key as the corpus plants it. */
export interface KeyType {
  readonly id: string;
  readonly provider: string;
  /** A variable that holds such keys. */
  readonly name: string;
  /** A host that is asked with such keys; null where none is known. */
  readonly host: string | null;
  /** The shape alone does not tell whose key it is. */
  readonly needsContext: boolean;
  /** Reported as an advisory. */
  readonly isAdvisory: boolean;
  readonly make: (seed: number) => string;
}

/** Every type that is a secret and has a rule of its own. */
export const KEY_TYPES: readonly KeyType[] = RULE_FILES.flatMap(({ file }) =>
  file.keyTypes.filter(isPlantable).map((entry) => keyTypeOf(file, entry)),
).toSorted((a, b) => (a.id < b.id ? -1 : 1));

/**
 * A block of several lines stands in few places, and what only the text around it makes a secret (the password in an
 * address) has a place of its own: both are shown by the tests of their rules.
 */
function isPlantable(entry: KeyTypeEntry): boolean {
  const { isSecret = true, catchAll = false, examples, id } = entry;
  return (
    isSecret &&
    !catchAll &&
    patternOf(entry).startsWith('(?<secret>') &&
    id !== 'openai-damaged-key' &&
    examples.some((example) => !/\n|\\n/u.test(secretIn(example)))
  );
}

function keyTypeOf(file: RuleFile, entry: KeyTypeEntry): KeyType {
  const template = entry.examples.map(secretIn).find((secret) => !/\n|\\n/u.test(secret)) ?? '';
  const { envVars = [], context = {} } = entry;
  return {
    id: entry.id,
    provider: file.provider,
    name: envVars[0] ?? context.names?.[0] ?? `${file.provider.replaceAll(/\W+/gu, '_').toUpperCase()}_API_KEY`,
    host: isOnlyNamed(entry) ? null : (context.hosts?.[0] ?? file.hosts?.[0] ?? null),
    needsContext: entry.anchorAt === 'name' || context.required === true,
    isAdvisory: entry.severity === 'warning',
    make: (seed) => fillTemplate(template, seed),
  };
}

/** What signs requests, or is half of a pair: it is never sent as it is, and its rule knows variables alone. */
function isOnlyNamed({ anchorAt, anchors }: KeyTypeEntry): boolean {
  return anchorAt === 'name' && anchors.every((anchor) => anchor.includes('_'));
}

function secretIn(example: string): string {
  return /<<(?<secret>[^]*?)>>/u.exec(example)?.groups?.['secret'] ?? '';
}
