import { applyEdits, findNodeAtLocation, modify, type Node, type ParseError, parseTree } from 'jsonc-parser';

/** Where one text was put into a file, and what; offsets as they were at that moment. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** A value of the file at `path`; undefined where there is none. */
export interface Place {
  readonly kind: 'object' | 'list' | 'other';
  readonly offset: number;
  readonly end: number;
  /** Members or items. */
  readonly children: readonly { readonly offset: number; readonly end: number }[];
}

export type Path = (string | number)[];

/** Offset of the first fault; null where the file is JSON, with comments or without. */
export function faultOf(text: string): number | null {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, OPTIONS);
  return errors[0]?.offset ?? (root === undefined ? 0 : null);
}

export function placeAt(text: string, path: Path): Place | undefined {
  const node = nodeAt(text, path);
  if (node === undefined) return undefined;
  const { type, offset, length, children = [] } = node;
  return {
    kind: type === 'object' ? 'object' : type === 'array' ? 'list' : 'other',
    offset,
    end: offset + length,
    children: children.map((child) => ({ offset: child.offset, end: child.offset + child.length })),
  };
}

/** The names of the members of an object. */
export function namesAt(text: string, path: Path): readonly string[] {
  return (nodeAt(text, path)?.children ?? []).flatMap((member) => {
    const name: unknown = member.children?.[0]?.value;
    return typeof name === 'string' ? [name] : [];
  });
}

/** Text of the file without the value at `path`, its name and its comma. */
export function without(text: string, path: Path): string {
  return applyEdits(text, modify(text, path, undefined, { formattingOptions: { insertSpaces: true, tabSize: 2 } }));
}

const OPTIONS = { allowTrailingComma: true };

function nodeAt(text: string, path: Path): Node | undefined {
  const root = parseTree(text, [], OPTIONS);
  return root === undefined ? undefined : findNodeAtLocation(root, path);
}
