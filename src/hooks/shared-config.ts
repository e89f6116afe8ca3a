// The configuration of another manager, which others share.
import { isDeepStrictEqual } from 'node:util';
import { readLatin1 } from './apply-edits.ts';
import { type TextEdit, textEdit } from './edits.ts';
import { takeOutOfJson } from './edit-json.ts';
import type { HookName } from './hook-names.ts';
import { takeMarkedOut, type TakenOut } from './marked-lines.ts';
import { demandBelow, refusal } from './own-hook.ts';
import { takeCommandOut } from './shared-line.ts';

export interface ConfigChange {
  /** Of the working tree. */
  readonly top: string;
  readonly path: string;
  readonly hooks: readonly HookName[];
  /** The changed text; null where that cannot be done. */
  readonly change: (text: string) => Promise<string | null>;
  /** What the text says, to be held against what it should say. */
  readonly read: (text: string) => unknown;
  /** The same, on what was read, by hand. */
  readonly expected: (before: unknown) => unknown;
  /** For a person who has to do it. */
  readonly byHand: string;
}

/** Changes the text and looks whether it says now what it should: not a word less, and not a word more. */
export async function changeConfig({
  top,
  path,
  hooks,
  change,
  read,
  expected,
  byHand,
}: ConfigChange): Promise<TextEdit> {
  demandBelow(top, path);
  const whole = readLatin1(path);
  if (whole === null) throw refusal(`${path} cannot be read: mend it`);
  const [mark, before] = apart(whole);
  const without = await takeOut(path, before);
  if (without.isEdited) throw refusal(`what keyguard wrote into ${path} was edited: take it out`);
  const wanted = plain(expected(await read(without.text)));
  const says = async (text: string): Promise<boolean> => isDeepStrictEqual(plain(await read(text)), wanted);
  // What says it already stays as it is, however it is laid out.
  if (without.text !== before && (await says(before)))
    return textEdit({ path, hooks, before: whole, after: whole, mode: 0o644 });
  const after = await change(without.text);
  if (after === null || !(await says(after)))
    throw refusal(`${path} is written in a way that keyguard cannot add to: ${byHand}`);
  return textEdit({ path, hooks, before: whole, after: mark + after, mode: 0o644 });
}

/** A text of somebody else without what keyguard put in. */
export async function takeOutOfText(path: string, text: string): Promise<TakenOut> {
  const [mark, rest] = apart(text);
  const out = await takeOut(path, rest);
  return { ...out, text: mark + out.text };
}

async function takeOut(path: string, text: string): Promise<TakenOut> {
  if (/\.jsonc?$/u.test(path)) return takeOutOfJson(text);
  const marked = takeMarkedOut(text);
  if (marked.isEdited || marked.text !== text) return marked;
  return takeCommandOut(text) ?? { text, isEdited: false };
}

/** The mark of UTF-8 that some editors of Windows begin a file with, as latin1; no parser here expects it. */
function apart(text: string): readonly [string, string] {
  const mark = text.startsWith('ï»¿') ? 'ï»¿' : '';
  return [mark, text.slice(mark.length)];
}

/** Without the prototypes that parsers choose. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
