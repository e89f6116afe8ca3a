import type { GuidanceData } from '../remedy/guidance-data.ts';
import type { RuleFile } from './rule-file.ts';

/** What the rule files know beyond detection. `slug` is the name of the file. */
export function compileGuidance(files: readonly { readonly slug: string; readonly file: RuleFile }[]): GuidanceData {
  return {
    providers: files.map(({ slug, file }) => ({
      provider: file.provider,
      slug,
      consoleUrl: file.consoleUrl,
      docsUrl: file.docsUrl,
      keyTypes: file.keyTypes.map((entry) => ({
        ruleId: entry.id,
        title: entry.title,
        opens: entry.opens,
        envVars: entry.envVars ?? [],
        revocation: entry.revoke,
        notes: entry.notes ?? [],
      })),
      topics: file.guide ?? [],
    })),
  };
}
