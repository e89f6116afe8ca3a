import { readdirSync, readFileSync } from 'node:fs';
import { isKnown } from '../../../src/remedy/topics.ts';
import type { GuidanceData, ProviderGuidance } from '../../../src/remedy/guidance-data.ts';
import { compileGuidance } from '../../../src/ruleset/compile-guidance.ts';
import { parseRuleFile } from '../../../src/ruleset/parse.ts';

const RULES = new URL('../../../rules/', import.meta.url);

/** The data files of a folder below `rules/`, as the build reads them. */
export function jsonFiles(folder: string): { readonly slug: string; readonly text: string }[] {
  const names = readdirSync(new URL(folder, RULES)).filter((name) => /(?<!\.schema)\.json$/u.test(name));
  return names.toSorted().map((name) => ({
    slug: name.replace('.json', ''),
    text: readFileSync(new URL(folder + name, RULES), 'utf8'),
  }));
}

/** What is told, compiled from the files of this repository. */
export const guidance: GuidanceData = compileGuidance(
  jsonFiles('./').map(({ slug, text }) => ({ slug, file: parseRuleFile(text, `rules/${slug}.json`) })),
  jsonFiles('guides/'),
);

/** Those that the guide tells of. */
export const providers = guidance.providers.filter(isKnown);

export function providerOf(slug: string): ProviderGuidance {
  const found = guidance.providers.find((one) => one.slug === slug);
  if (found === undefined) throw new Error(`no provider ${slug}`);
  return found;
}

/** Text as it would be without its line breaks. */
export function unwrapped(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}

/** The record of a table that begins with the name of its row, unwrapped. */
export function recordOf(output: string, row: string): string {
  const found = output.split('\n\n').find((part) => part.split('\n')[0] === row);
  if (found === undefined) throw new Error(`no row "${row}" in\n${output}`);
  return unwrapped(found);
}
