import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fillTemplate } from '../../../src/ruleset/fill-template.ts';
import { markedSpan } from '../../../src/ruleset/marked-span.ts';

const ALPHABETS: Readonly<Record<string, RegExp>> = {
  lower: /^[a-z]*$/u,
  upper: /^[A-Z]*$/u,
  alpha: /^[A-Za-z]*$/u,
  digits: /^[0-9]*$/u,
  hex: /^[0-9a-f]*$/u,
  HEX: /^[0-9A-F]*$/u,
  alnum: /^[A-Za-z0-9]*$/u,
  loweralnum: /^[a-z0-9]*$/u,
  base64: /^[A-Za-z0-9+/]*$/u,
  base64url: /^[A-Za-z0-9_-]*$/u,
};

describe('filling', () => {
  test.each(Object.keys(ALPHABETS))('{{%s:200}} holds 200 characters of that alphabet', (name) => {
    const text = fillTemplate(`{{${name}:200}}`, 3);
    expect(text).toHaveLength(200);
    expect(text).toMatch(ALPHABETS[name] ?? /^$/u);
    expect(new Set(text).size).toBeGreaterThan(5);
  });

  test('a UUID', () => {
    expect(fillTemplate('a{{uuid}}b', 1)).toMatch(/^a[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}b$/u);
  });

  test('nothing, so that a marker does not stand in one piece', () => {
    expect(fillTemplate('T3{{}}Blbk', 1)).toBe('T3Blbk');
  });

  test('the same seed gives the same text, another seed another', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        expect(fillTemplate('{{alnum:40}}', seed)).toBe(fillTemplate('{{alnum:40}}', seed));
        expect(fillTemplate('{{alnum:40}}', seed)).not.toBe(fillTemplate('{{alnum:40}}', seed + 1));
      }),
    );
  });

  test('two fillers of one template differ', () => {
    const [first, second] = fillTemplate('{{hex:32}}.{{hex:32}}', 1).split('.');
    expect(first).not.toBe(second);
  });

  test.each([
    '{{letters:3}}',
    '{{alnum}}',
    '{{alnum:}}',
    '{{alnum:0}}',
    '{{alnum:1.5}}',
    '{{alnum:x}}',
    '{{toString:3}}',
  ])('refuses %s', (template) => {
    expect(() => fillTemplate(template, 1)).toThrow(RangeError);
  });
});

describe('the mark', () => {
  test('comes off, and the secret is where it was', () => {
    const marked = markedSpan('key=<<abc>>;');
    expect(marked?.text).toBe('key=abc;');
    expect(marked?.text.slice(marked.secret.start, marked.secret.end)).toBe('abc');
  });

  test.each(['abc', '<<abc', 'abc>>', '>>abc<<', '<<>>', '<<a>> <<b>>', '<<a>>b>>'])('refuses %s', (text) => {
    expect(markedSpan(text)).toBeNull();
  });
});
