import type { Node, ParseError } from 'jsonc-parser';
import { configError } from './place.ts';

/** JSON that remembers where it stands. Objects are lists of members, so that no key can reach a prototype. */
export type Json =
  | { readonly kind: 'object'; readonly offset: number; readonly members: readonly Member[] }
  | { readonly kind: 'list'; readonly offset: number; readonly items: readonly Json[] }
  | { readonly kind: 'text'; readonly offset: number; readonly text: string }
  /** A number, true, false or null: no config of keyguard has one. */
  | { readonly kind: 'other'; readonly offset: number };

export interface Member {
  readonly key: string;
  readonly offset: number;
  readonly value: Json;
}

/** Reads JSON with comments and trailing commas. Throws `KeyguardError` (`config`) with the place of the first fault. */
export async function parseJsonc(name: string, text: string): Promise<Json> {
  if (nestingDepth(text) > DEEPEST) throw configError(name, text, 0, `it is nested deeper than ${DEEPEST} levels.`);
  const { parseTree, printParseErrorCode } = await import('jsonc-parser');
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first !== undefined) {
    throw configError(name, text, first.offset, FAULTS.get(printParseErrorCode(first.error)) ?? NO_JSON);
  }
  if (root === undefined) throw configError(name, text, 0, NO_JSON);
  return toJson(root);
}

/** The parser calls itself for each level; a file of brackets must not end it. */
const DEEPEST = 100;

/** Brackets in texts and comments count too: whoever writes a hundred of them has an unusual config. */
function nestingDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/gu)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function toJson(node: Node): Json {
  const { offset, type, children = [] } = node;
  if (type === 'object') return { kind: 'object', offset, members: children.flatMap(toMembers) };
  if (type === 'array') return { kind: 'list', offset, items: children.map(toJson) };
  const value: unknown = node.value;
  return typeof value === 'string' ? { kind: 'text', offset, text: value } : { kind: 'other', offset };
}

function toMembers(node: Node): readonly Member[] {
  const [key, value] = node.children ?? [];
  const text: unknown = key?.value;
  if (typeof text !== 'string' || value === undefined) return [];
  return [{ key: text, offset: node.offset, value: toJson(value) }];
}

const NO_JSON = 'this is not JSON.';

const FAULTS: ReadonlyMap<string, string> = new Map([
  ['PropertyNameExpected', 'a key in double quotes is expected here.'],
  ['ValueExpected', 'a value is expected here.'],
  ['ColonExpected', 'a colon is expected here.'],
  ['CommaExpected', 'a comma is expected here.'],
  ['CloseBraceExpected', 'a closing } is expected here.'],
  ['CloseBracketExpected', 'a closing ] is expected here.'],
  ['EndOfFileExpected', 'the file should end here.'],
  ['UnexpectedEndOfComment', 'this comment does not end.'],
  ['UnexpectedEndOfString', 'this text does not end on its line.'],
  ['InvalidEscapeCharacter', 'this escape is not JSON.'],
  ['InvalidUnicode', 'this escape is not JSON.'],
]);
