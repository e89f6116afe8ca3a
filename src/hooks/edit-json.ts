// JSON with or without comments, changed where it must be and nowhere else.
import { eolOf } from './marked-lines.ts';
import { takeCommandOut } from './shared-line.ts';

type Path = readonly (string | number)[];

export async function readJson(text: string): Promise<unknown> {
  const { parse } = await import('jsonc-parser');
  const value: unknown = parse(text, [], { allowTrailingComma: true });
  return value;
}

/** A new member stands first. `undefined` takes the member away. */
export async function setInJson(text: string, path: Path, value: unknown): Promise<string> {
  const { applyEdits, modify } = await import('jsonc-parser');
  const indent = /^[ \t]+(?=")/mu.exec(text)?.[0] ?? '  ';
  const formattingOptions = {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: eolOf(text),
  };
  return applyEdits(text, modify(text, [...path], value, { formattingOptions, getInsertionIndex: () => 0 }));
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[String(key)] : undefined),
    value,
  );
}

export interface JsonTakenOut {
  readonly text: string;
  readonly isEdited: boolean;
}

/** Without commands of keyguard and members named `keyguard` that hold one, wherever they stand. */
export async function takeOutOfJson(text: string): Promise<JsonTakenOut> {
  let taken: JsonTakenOut = { text, isEdited: false };
  for (const { path, value } of textsIn(await readJson(text), [])) {
    const out = takeCommandOut(value);
    if (out === null) continue;
    const isMember = path.at(-1) === 'run' && path.at(-2) === 'keyguard';
    if (out.isEdited || (isMember && out.text !== '')) taken = { ...taken, isEdited: true };
    else if (isMember) taken = { ...taken, text: await withoutMember(taken.text, path.slice(0, -1)) };
    else taken = { ...taken, text: await setInJson(taken.text, path, out.text === '' ? undefined : out.text) };
  }
  return taken;
}

/** With the objects around it that hold nothing else. */
async function withoutMember(text: string, path: Path): Promise<string> {
  const root = await readJson(text);
  let end = path.length;
  while (end > 1) {
    const around = valueAt(root, path.slice(0, end - 1));
    if (!isObject(around) || Object.keys(around).length > 1) break;
    end--;
  }
  return setInJson(text, path.slice(0, end), undefined);
}

function textsIn(value: unknown, path: Path): readonly { readonly path: Path; readonly value: string }[] {
  if (typeof value === 'string') return [{ path, value }];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, [...path, key]));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
