import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { judge } from '../../src/judge/judge.ts';
import { writingOf } from '../../src/decode/encoding.ts';
import { viewsOf } from '../../src/decode/views.ts';
import { rawPathFromText, type Fragment } from '../../src/model/fragment.ts';
import type { Rule } from '../../src/model/rule.ts';
import type { DropReason } from '../../src/model/verdict.ts';
import { readFragment, type Detection } from '../../src/read-fragment.ts';
import { compileRule } from '../../src/ruleset/compile.ts';
import { parseRuleFile } from '../../src/ruleset/parse.ts';
import { createScanner } from '../../src/scanner.ts';
import { oneWindow, windowsOf } from '../../src/sources/windows.ts';

const folder = fileURLToPath(new URL('../../rules/', import.meta.url));

const rules: readonly Rule[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && !name.endsWith('.schema.json'))
  .toSorted()
  .flatMap((name) => {
    const file = parseRuleFile(readFileSync(`${folder}${name}`, 'utf8'), name);
    return file.keyTypes.map((entry) => compileRule(file, entry));
  });

/** The rules of the repository as they are written, ready to run. */
export const scanner = createScanner({ hash: 'test', rules });

export function bytesOf(content: string | Buffer): Buffer {
  return typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
}

/** A file with this content, given in windows of `windowSize`, or whole. */
export function fragmentOf(content: string | Buffer, windowSize?: number): Fragment {
  const bytes = bytesOf(content);
  return {
    provenance: { kind: 'file', places: [rawPathFromText('src/app.txt')] },
    countsAs: 1,
    async *windows() {
      if (windowSize === undefined) yield oneWindow(bytes);
      else yield* windowsOf(once(bytes), scanner.overlap, windowSize);
    },
  };
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

export async function detectIn(content: string | Buffer, windowSize?: number): Promise<readonly Detection[]> {
  return (await readFragment(fragmentOf(content, windowSize), scanner)).detections;
}

/** What a report would say of each key, beside the bytes that its span cuts out. */
export async function foundIn(content: string | Buffer): Promise<readonly (readonly [string, string])[]> {
  const bytes = bytesOf(content);
  const detections = await detectIn(bytes);
  return detections.map(({ finding, offset, secret }) => [
    finding.ruleId,
    bytes.subarray(offset, offset + secret.length).toString('latin1'),
  ]);
}

/** Why nothing was reported: the reasons of all matches; empty where no rule's pattern fits. */
export function dropsIn(content: string | Buffer): ReadonlySet<DropReason> {
  const bytes = bytesOf(content);
  const judged = viewsOf(oneWindow(bytes), writingOf(bytes)).flatMap((view) =>
    judge(scanner.matcher.findMatches(view)),
  );
  return new Set(judged.flatMap(({ verdict }) => (verdict.kind === 'drop' ? [verdict.reason] : [])));
}
