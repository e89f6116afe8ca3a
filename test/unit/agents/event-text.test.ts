import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventText, replaceInValue } from '../../../src/agents/event-text.ts';

const json = fc.jsonValue({ maxDepth: 4 });

describe('the text of an event', () => {
  it('holds every text of the value, at its place', () => {
    fc.assert(
      fc.property(json, (value) => {
        const { bytes, pieces } = eventText(value);
        expect(pieces.map(({ start, end }) => bytes.toString('utf8', start, end))).toEqual(
          textsIn(value).map((text) => Buffer.from(text).toString()),
        );
      }),
    );
  });

  it('leaves the value as it is where nothing is replaced', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.stringify(replaceInValue(value, eventText(value), []))).toBe(JSON.stringify(value));
      }),
    );
  });

  it('replaces in one text of the value, and in no other', () => {
    const value = { a: ['ü x', { b: 'x y x' }], c: 'x', d: 1, e: null };
    const text = eventText(value);
    const at = text.bytes.indexOf('y');
    expect(replaceInValue(value, text, [{ start: at, end: at + 1, text: 'Z' }])).toEqual({
      a: ['ü x', { b: 'x Z x' }],
      c: 'x',
      d: 1,
      e: null,
    });
  });

  it('replaces nothing where a name would have to be another', () => {
    const value = { name: 'text' };
    const text = eventText(value);
    expect(replaceInValue(value, text, [{ start: 0, end: 4, text: 'x' }])).toBeNull();
    expect(replaceInValue(value, text, [{ start: 6, end: 10, text: 'x' }])).toEqual({ name: 'x' });
  });

  it('is refused where the value is nested deeper than anybody nests', () => {
    const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
    expect(() => eventText(nested(300))).toThrow(/nested deeper/u);
    expect(eventText(nested(100)).bytes.length).toBe(0);
  });
});

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
