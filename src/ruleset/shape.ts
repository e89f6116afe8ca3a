import { nearest } from '../config/suggest.ts';

/** What a value of a JSON file must be, as data: a file format is one table, and `shapeProblem` is its only reader. */
export type Shape =
  | { readonly kind: 'plain'; readonly called: string; readonly fits: (value: unknown) => boolean }
  /** `what` names the word in a sentence: "risk". */
  | { readonly kind: 'word'; readonly what: string; readonly of: readonly string[] }
  | { readonly kind: 'list'; readonly of: Shape; readonly atLeast: number }
  | { readonly kind: 'either'; readonly of: readonly Shape[] }
  /** A record whose fields depend on the word in its field `by`. */
  | { readonly kind: 'tagged'; readonly by: string; readonly of: Readonly<Record<string, RecordShape>> }
  | RecordShape;

export interface RecordShape {
  readonly kind: 'record';
  readonly required: Readonly<Record<string, Shape>>;
  readonly optional: Readonly<Record<string, Shape>>;
}

/** The fields of `T`, each in its half: the compiler tells when the table and the type differ. */
interface Fields<T> {
  readonly required: Readonly<{ [K in keyof T as undefined extends T[K] ? never : K]: Shape }>;
  readonly optional: Readonly<{ [K in keyof T as undefined extends T[K] ? K : never]: Shape }>;
}

export function record<T>({ required, optional }: Fields<T>): RecordShape {
  return { kind: 'record', required: { ...required }, optional: { ...optional } };
}

export const TEXT: Shape = plain('a text', (value) => typeof value === 'string' && value.trim() !== '');
const EMPTY: Shape = plain('""', (value) => value === '');
export const TEXT_OR_EMPTY: Shape = { kind: 'either', of: [TEXT, EMPTY] };
export const FLAG: Shape = plain('true or false', (value) => typeof value === 'boolean');
export const COUNT: Shape = plain('a whole number', (value) => Number.isInteger(value) && Number(value) >= 0);
export const NULL: Shape = plain('null', (value) => value === null);
export const OBJECT: Shape = plain('an object', isRecord);
export const URL: Shape = plain(
  'an https:// address',
  (value) => typeof value === 'string' && /^https:\/\/[^\s/]+(?:\/\S*)?$/u.test(value),
);
export const DATE: Shape = plain(
  'a date as 2026-11-19',
  (value) => typeof value === 'string' && /^\d{4}(?:-\d{2}){0,2}$/u.test(value),
);

function plain(called: string, fits: (value: unknown) => boolean): Shape {
  return { kind: 'plain', called, fits };
}

/** The first thing that is wrong, with its place: `keyTypes[2].risk: "higt" is not a risk; did you mean "high"?` */
export function shapeProblem(value: unknown, shape: Shape, place = ''): string | null {
  switch (shape.kind) {
    case 'word':
      return wordProblem(value, shape.what, shape.of, place);
    case 'list':
      return listProblem(value, shape.of, shape.atLeast, place);
    case 'either':
      return shape.of.some((one) => shapeProblem(value, one) === null) ? null : mustBe(value, shape, place);
    case 'tagged':
      return taggedProblem(value, shape.by, shape.of, place);
    case 'record':
      return recordProblem(value, shape, place);
    case 'plain':
      return shape.fits(value) ? null : mustBe(value, shape, place);
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wordProblem(value: unknown, what: string, words: readonly string[], place: string): string | null {
  if (typeof value === 'string' && words.includes(value)) return null;
  const known = `one of ${words.map((word) => `"${word}"`).join(', ')}`;
  if (typeof value !== 'string') return `${place}: must be ${known}, not ${nameOf(value)}.`;
  const close = nearest(value, words);
  return `${place}: ${quoted(value)} is not a ${what}; ${close === null ? `it is ${known}.` : `did you mean "${close}"?`}`;
}

function listProblem(value: unknown, of: Shape, atLeast: number, place: string): string | null {
  if (!Array.isArray(value)) return `${place}: must be a list, not ${nameOf(value)}.`;
  if (value.length < atLeast) return `${place}: needs at least ${atLeast}, has ${value.length}.`;
  for (const [index, item] of value.entries()) {
    const problem = shapeProblem(item, of, `${place}[${index}]`);
    if (problem !== null) return problem;
  }
  return null;
}

function taggedProblem(
  value: unknown,
  by: string,
  of: Readonly<Record<string, RecordShape>>,
  place: string,
): string | null {
  if (!isRecord(value)) return `${place}: must be an object, not ${nameOf(value)}.`;
  const tag = value[by];
  const known = typeof tag === 'string' && Object.hasOwn(of, tag) ? of[tag] : undefined;
  return known === undefined
    ? wordProblem(tag, by, Object.keys(of), within(place, by))
    : recordProblem(value, known, place);
}

function recordProblem(value: unknown, { required, optional }: RecordShape, place: string): string | null {
  if (!isRecord(value)) return `${place === '' ? '' : `${place}: `}must be an object, not ${nameOf(value)}.`;
  const fields = { ...optional, ...required };
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(fields, name)) continue;
    const close = nearest(name, Object.keys(fields));
    return `${within(place, name)}: unknown field${close === null ? '.' : `; did you mean "${close}"?`}`;
  }
  for (const [name, shape] of Object.entries(fields)) {
    if (!Object.hasOwn(value, name)) {
      if (Object.hasOwn(required, name)) return `${place === '' ? '' : `${place}: `}the field "${name}" is missing.`;
      continue;
    }
    const problem = shapeProblem(value[name], shape, within(place, name));
    if (problem !== null) return problem;
  }
  return null;
}

function within(place: string, name: string): string {
  return place === '' ? name : `${place}.${name}`;
}

function mustBe(value: unknown, shape: Shape, place: string): string {
  return `${place}: must be ${describe(shape)}, not ${typeof value === 'string' ? quoted(value) : nameOf(value)}.`;
}

function describe(shape: Shape): string {
  if (shape.kind === 'plain') return shape.called;
  if (shape.kind === 'either') return shape.of.map(describe).join(' or ');
  return shape.kind === 'list' ? 'a list' : 'an object';
}

/** A wrong value is shown short: it comes from outside. */
function quoted(value: string): string {
  return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
}

function nameOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value === 'string' ? 'text' : typeof value}`;
}
