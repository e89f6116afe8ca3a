/**
 * The second half of `npm run build`, after tsc: compiles the rule files to one module each for scanning and for
 * guidance, so that a start reads no JSON, and bundles the hook into one file. Everything is written beside its place
 * and renamed, because another keyguard may be running from this folder.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KeyguardError } from '../errors.ts';
import { compileGuidance } from '../ruleset/compile-guidance.ts';
import { compileRule } from '../ruleset/compile.ts';
import { parsePolicyFile, policyRule } from '../ruleset/policy-file.ts';
import { parseRuleFile } from '../ruleset/parse.ts';
import type { Ruleset } from '../model/rule.ts';
import { ascii } from './ascii.ts';
import { bundleHook } from './bundle-hook.ts';
import { writeInPlace } from './write-in-place.ts';

const top = fileURLToPath(new URL('../..', import.meta.url));
const dist = join(top, 'dist');

try {
  await build();
} catch (error) {
  if (!(error instanceof KeyguardError)) throw error;
  // A rule file with a mistake: its one line says where.
  console.error(error.message);
  process.exitCode = 1;
}

async function build(): Promise<void> {
  const names = jsonNames('.');
  const texts = names.map((name) => readFileSync(join(top, 'rules', name), 'utf8'));
  const files = texts.map((text, i) => ({
    slug: (names[i] ?? '').replace('.json', ''),
    file: parseRuleFile(text, `rules/${names[i]}`),
  }));

  const guides = jsonNames('guides').map((name) => ({
    slug: name.replace('.json', ''),
    text: readFileSync(join(top, 'rules', 'guides', name), 'utf8'),
  }));

  const policyTexts = jsonNames('policy').map((name) => ({
    name,
    text: readFileSync(join(top, 'rules', 'policy', name), 'utf8'),
  }));
  const policies = policyTexts.flatMap(({ name, text }) => parsePolicyFile(text, `rules/policy/${name}`));

  const ruleset: Ruleset = {
    hash: createHash('sha256')
      .update([...texts, ...policyTexts.map(({ text }) => text)].join('\0'))
      .digest('hex')
      .slice(0, 16),
    rules: files.flatMap(({ file }) => file.keyTypes.map((entry) => compileRule(file, entry))),
  };

  mkdirSync(join(dist, 'compiled'), { recursive: true });
  const compiled = { ruleset, policies: policies.map(policyRule) };
  writeModule('ruleset', compiled);
  writeInPlace(join(dist, 'compiled', 'ruleset.json'), ascii(JSON.stringify(compiled)));
  writeModule('guidance', { guidance: compileGuidance(files, guides, policies) });
  copyFileSync(join(top, 'src', 'config', 'config.schema.json'), join(dist, 'config.schema.json'));
  copyFileSync(join(top, 'src', 'report', 'report.schema.json'), join(dist, 'report.schema.json'));
  copyFileSync(join(top, 'src', 'doctor', 'doctor.schema.json'), join(dist, 'doctor.schema.json'));
  await bundleHook(top);
}

function jsonNames(folder: string): string[] {
  return readdirSync(join(top, 'rules', folder))
    .filter((name) => name.endsWith('.json') && !name.endsWith('.schema.json'))
    .toSorted();
}

function writeModule(name: string, values: Readonly<Record<string, unknown>>): void {
  // JSON.parse of one string is faster than the same data as a literal: https://v8.dev/blog/cost-of-javascript-2019#json
  // In backticks: it is full of double quotes, and to read each of those escaped costs a start more than the parsing.
  const quoted = (value: unknown): string => JSON.stringify(value).replaceAll(/[\\`]|\$(?=\{)/gu, String.raw`\$&`);
  const text = Object.entries(values)
    .map(([key, value]) => `export const ${key} = JSON.parse(\`${quoted(value)}\`);\n`)
    .join('');
  writeInPlace(join(dist, 'compiled', `${name}.js`), text);
}
