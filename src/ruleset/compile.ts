import type { PublicUse, Rule } from '../model/rule.ts';
import { anchorOffset, beginsWithAnchor } from './anchor.ts';
import { maxLengthOf } from './max-length.ts';
import type { KeyTypeEntry, RuleFile } from './rule-file.ts';

/** Strong anchors may follow `_` and `-`: keys are glued to names in logs and URLs. */
const DEFAULT_LEFT = 'A-Za-z0-9';
const DEFAULT_RIGHT = 'A-Za-z0-9_-';

/** One key type of a rule file as the matcher and the judge want it. Expects a validated file. */
export function compileRule(file: RuleFile, entry: KeyTypeEntry): Rule {
  const pattern = patternOf(entry);
  const context = entry.context ?? {};
  const offset = entry.anchorAt === 'name' ? null : anchorOffset(pattern, entry.anchors);
  return {
    id: entry.id,
    provider: file.provider,
    title: entry.title,
    keyType: entry.keyType,
    opens: entry.opens,
    risk: entry.risk,
    severity: entry.severity ?? 'error',
    confidence: entry.confidence,
    anchors: entry.anchors,
    anchorAt: entry.anchorAt ?? (beginsWithAnchor(pattern, entry.anchors) ? 'start' : 'inside'),
    ...(offset === null || offset === 0 ? {} : { anchorAfter: offset }),
    left: entry.left ?? DEFAULT_LEFT,
    right: entry.right ?? DEFAULT_RIGHT,
    pattern,
    maxLength: maxLengthOf(pattern),
    context: {
      names: [...(entry.envVars ?? []), ...(context.names ?? []), ...(entry.anchorAt === 'name' ? entry.anchors : [])],
      hosts: [...(file.hosts ?? []), ...(context.hosts ?? [])],
      words: [...(file.words ?? []), ...(context.words ?? [])],
      required: context.required ?? false,
      ...(context.strict === true ? { strict: true } : {}),
    },
    structure: entry.structure ?? null,
    publicUse: publicUseOf(entry),
    placeholders: entry.placeholders ?? [],
    envVars: entry.envVars ?? [],
    catchAll: entry.catchAll ?? false,
    guessable: entry.guessable ?? false,
    isSecret: entry.isSecret ?? true,
  };
}

/** What a scan needs of it; the guidance has the rest. */
function publicUseOf({ publicUse }: KeyTypeEntry): PublicUse | null {
  if (publicUse === undefined) return null;
  const { onLine, nearby, title, opens } = publicUse;
  return { onLine, nearby, title, opens };
}

/** The pattern in one piece, however it is written in the file. */
export function patternOf(entry: KeyTypeEntry): string {
  return typeof entry.pattern === 'string' ? entry.pattern : entry.pattern.join('');
}
