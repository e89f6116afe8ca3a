import { resolve } from 'node:path';
import { policies, ruleset } from '#compiled/ruleset';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import type { Skipped } from '../model/coverage.ts';
import type { Notice } from '../model/finding.ts';
import type { RawPath } from '../model/fragment.ts';
import type { ValueFile } from '../own/own-keys.ts';
import { type Scanner, withMatcher } from '../scanner.ts';
import { type EnvFiles, findEnvFiles, placeBelow, textOf } from '../sources/env-files.ts';

/** A scanner that also knows the values of this checkout, and what is to be said of the files that hold them. */
export interface OwnScanner {
  readonly scanner: Scanner;
  readonly skipped: readonly Skipped[];
  readonly notices: readonly Notice[];
}

/** `places` are the files of the scan, relative to `top`; `known` the files of `--known`. */
export async function withOwnKeys(
  scanner: Scanner,
  top: string,
  places: Iterable<RawPath>,
  known: readonly string[],
  host: Host,
): Promise<OwnScanner> {
  const found = findEnvFiles(top, places);
  const { sink } = scanner;
  const files: readonly ValueFile[] = [
    ...known.map((file): ValueFile => {
      const path = resolve(host.cwd, file);
      return { path: placeBelow(top, path), shown: sink.text(file), text: readKnown(file, path), kind: 'list' };
    }),
    ...found.files.map(({ place, text }): ValueFile => ({
      path: place,
      shown: sink.path(place),
      text,
      kind: 'dotenv',
    })),
  ];
  const unread = skippedFor('unread-env-file', found.unread.length);
  const facts = policies.find(({ id }) => id === 'own-key');
  // Most checkouts of a build have none, and pay nothing.
  if (files.length === 0 || facts === undefined) return { scanner, skipped: unread, notices: noticesOf(found, 0, 0) };
  const { ownFrom } = await import('../own/own.ts');
  const { widen, tooMany, leftAlone } = ownFrom(files, facts, ruleset.rules, sink.text);
  return {
    scanner: widen === null ? scanner : withMatcher(scanner, widen),
    skipped: [...unread, ...skippedFor('own-value-over-limit', tooMany)],
    notices: noticesOf(found, tooMany, leftAlone),
  };
}

function skippedFor(reason: string, count: number): readonly Skipped[] {
  return count === 0 ? [] : [{ reason, count }];
}

function readKnown(file: string, path: string): string {
  const text = textOf(Buffer.from(path));
  if (text !== null) return text;
  throw new KeyguardError(
    'usage',
    `--known: ${file} could not be read as text; name a file of NAME=value lines, at most 1 MB long.`,
  );
}

function noticesOf({ foldersLeft }: EnvFiles, tooMany: number, leftAlone: number): readonly Notice[] {
  return [
    ...(foldersLeft === 0
      ? []
      : [{ code: 'own-keys-folders', message: `${foldersLeft} folders were not looked into for .env files.` }]),
    ...(tooMany === 0
      ? []
      : [{ code: 'own-keys-too-many', message: `${tooMany} more values of .env files were not looked for.` }]),
    ...(leftAlone === 0
      ? []
      : [
          {
            code: 'own-keys-left-alone',
            message: `${leftAlone} ${leftAlone === 1 ? 'value' : 'values'} of --known not looked for: too short or not random.`,
          },
        ]),
  ];
}
