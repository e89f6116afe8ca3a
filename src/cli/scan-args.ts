import { KeyguardError } from '../errors.ts';
import { type Format, FORMATS } from '../report/formats.ts';
import { checkValue, choiceOf, contradiction, type Given, type Parsed, valueOf } from './parse.ts';
import type { PolicySettings } from './policy-from.ts';
import type { BuildSettings } from './scan-build.ts';
import type { AskedRange } from '../sources/git/revisions.ts';

/** `keyguard scan`, as it was asked for. */
export interface ScanArgs extends BuildSettings, Loudness {
  readonly what: ScanTarget;
  readonly format: Format;
  /** Where the report goes; null is standard output. */
  readonly output: string | null;
  /** Further reports, each into a file. */
  readonly reports: readonly { readonly format: Format; readonly file: string }[];
}

export type ScanTarget =
  /** No paths: the whole working tree. */
  | { readonly kind: 'tree'; readonly paths: readonly string[] }
  | { readonly kind: 'staged' }
  | { readonly kind: 'stdin'; readonly name: string | null }
  | { readonly kind: 'range'; readonly asked: AskedRange }
  /** A file that lists paths, one a line. */
  | { readonly kind: 'files-from'; readonly file: string };

export interface Loudness {
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly color: 'auto' | 'always' | 'never';
}

/** `keyguard why`. */
export interface WhyArgs extends PolicySettings, Loudness {
  /** `PATH` or `PATH:LINE`, as it was typed. */
  readonly place: string;
}

/** Throws `KeyguardError` (`usage`) when the options contradict each other. */
export function scanArgsFrom({ words, given }: Parsed): ScanArgs {
  return {
    ...policySettings(given),
    ...loudness(given),
    allowIncomplete: given.has('allow-incomplete'),
    acceptSuppressions: given.has('accept-suppressions'),
    fetch: given.has('fetch'),
    ...(given.has('known') ? { known: given.get('known') ?? [] } : {}),
    what: targetOf(words, given),
    format: choiceOf(given, 'format', FORMATS) ?? 'pretty',
    output: valueOf(given, 'output'),
    reports: (given.get('report') ?? []).map(readReport),
  };
}

export function whyArgsFrom({ words, given }: Parsed): WhyArgs {
  return { ...policySettings(given), ...loudness(given), place: words[0] ?? '' };
}

function targetOf(paths: readonly string[], given: Given): ScanTarget {
  const kinds = (['staged', 'range', 'since', 'stdin', 'files-from'] as const).filter((name) => given.has(name));
  const chosen = [...kinds.map((name) => `--${name}`), ...(paths.length > 0 ? ['PATH'] : [])];
  const [one, other] = chosen;
  if (one !== undefined && other !== undefined) throw contradiction(one, other);
  const name = valueOf(given, 'stdin-filename');
  if (given.has('stdin')) return { kind: 'stdin', name };
  if (name !== null) throw new KeyguardError('usage', '--stdin-filename says nothing without --stdin.');
  if (given.has('staged')) return { kind: 'staged' };
  for (const kind of ['range', 'since'] as const) {
    const text = valueOf(given, kind);
    if (text !== null) return { kind: 'range', asked: { kind, text } };
  }
  const file = valueOf(given, 'files-from');
  return file === null ? { kind: 'tree', paths } : { kind: 'files-from', file };
}

function policySettings(given: Given): PolicySettings {
  const file = valueOf(given, 'config');
  return {
    skipRules: given.get('skip-rule') ?? [],
    failOn: choiceOf(given, 'fail-on', ['error', 'warning']),
    policy: valueOf(given, 'policy'),
    config: given.has('no-config') ? 'none' : file === null ? null : { file },
  };
}

function loudness(given: Given): Loudness {
  return {
    quiet: given.has('quiet'),
    verbose: given.has('verbose'),
    color: choiceOf(given, 'color', ['auto', 'always', 'never']) ?? 'auto',
  };
}

function readReport(text: string): ScanArgs['reports'][number] {
  const cut = text.indexOf('=');
  if (cut === -1)
    throw new KeyguardError('usage', `--report takes FORMAT=FILE, as json=report.json; "${text}" has no =.`);
  const [word, file] = [text.slice(0, cut), text.slice(cut + 1)];
  checkValue('--report', word, FORMATS);
  if (file === '') throw new KeyguardError('usage', `--report ${word}= names no file; write --report ${word}=FILE.`);
  return { format: FORMATS.find((format) => format === word) ?? 'pretty', file };
}
