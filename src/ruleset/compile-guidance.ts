import { KeyguardError } from '../errors.ts';
import type {
  CommonGuidance,
  GuidanceData,
  GuideFile,
  KeyTypeGuidance,
  ProviderGuidance,
  PublicUseAdvice,
  Verification,
} from '../remedy/guidance-data.ts';
import { type PolicyEntry, policyGuidance } from './policy-file.ts';
import type { KeyTypeEntry, RuleFile } from './rule-file.ts';

/** A rule file under the name it has, without `.json`. */
interface NamedRuleFile {
  readonly slug: string;
  readonly file: RuleFile;
}

/** The text of a file of `rules/guides/` under its name, without `.json`. */
interface NamedGuide {
  readonly slug: string;
  readonly text: string;
}

/**
 * What the rule files know beyond detection, and the guides beside them. Throws `KeyguardError` (`rules`) for a guide
 * without a rule file and for a missing `common.json`: nobody would ever see the one, nothing could be said without the
 * other.
 */
export function compileGuidance(
  files: readonly NamedRuleFile[],
  guides: readonly NamedGuide[],
  policies: readonly PolicyEntry[] = [],
): GuidanceData {
  const known = new Set(['common', ...files.map(({ slug }) => slug)]);
  const stray = guides.find(({ slug }) => !known.has(slug));
  if (stray !== undefined) {
    throw new KeyguardError('rules', `rules/guides/${stray.slug}.json has no rule file; name it like one of rules/.`);
  }
  const common = guides.find(({ slug }) => slug === 'common');
  if (common === undefined) throw new KeyguardError('rules', 'rules/guides/common.json is missing.');
  const parsed: CommonGuidance = JSON.parse(common.text);
  const { asOf, topics, advice } = parsed;
  return {
    providers: files.map((named) => guidanceOf(named, guides)),
    policies: policies.map(policyGuidance),
    common: { asOf, topics, advice },
  };
}

/** What rule files of a repository know; they have no guides beside them. */
export function guidanceOfUser(files: readonly RuleFile[]): readonly ProviderGuidance[] {
  return files.map((file) => guidanceOf({ slug: '', file }, []));
}

function guidanceOf({ slug, file }: NamedRuleFile, guides: readonly NamedGuide[]): ProviderGuidance {
  const guide = guides.find((one) => one.slug === slug);
  const written: GuideFile = guide === undefined ? { topics: [] } : JSON.parse(guide.text);
  return {
    provider: file.provider,
    slug,
    consoleUrl: file.consoleUrl,
    docsUrl: file.docsUrl,
    // An identifier is never a finding, and there is nothing to revoke.
    keyTypes: file.keyTypes.filter(({ isSecret }) => isSecret !== false).map(keyTypeOf),
    topics: [...(file.guide ?? []), ...written.topics],
  };
}

function keyTypeOf(entry: KeyTypeEntry): KeyTypeGuidance {
  const { id, title, opens, envVars = [], revoke, publicUse, verify = null, notes = [] } = entry;
  const verification = isVerification(verify) ? verify : null;
  return { ruleId: id, title, opens, envVars, revocation: revoke, publicUse: adviceOf(publicUse), verification, notes };
}

function adviceOf(publicUse: KeyTypeEntry['publicUse']): PublicUseAdvice | null {
  if (publicUse === undefined) return null;
  const { todo, steps, url } = publicUse;
  return { todo, steps, url };
}

function isVerification(verify: unknown): verify is Verification {
  if (typeof verify !== 'object' || verify === null) return false;
  const fields = new Map<string, unknown>(Object.entries(verify));
  return (
    ['method', 'url', 'header'].every((name) => typeof fields.get(name) === 'string') &&
    ['live', 'liveRestricted', 'dead', 'unknown'].every((name) => Array.isArray(fields.get(name)))
  );
}
