import { describe, expect, it } from 'vitest';
import { isLowEntropy, isMadeOfWords, placeholderReason } from '../../../src/judge/placeholder.ts';
import { fillTemplate } from '../../../src/ruleset/fill-template.ts';

describe('why a body is not random', () => {
  it.each([
    ['...', 'documentation'],
    ['abc...xyz', 'documentation'],
    ['abc…', 'documentation'],
    ['****', 'masked'],
    ['abcd••••••wxyz', 'masked'],
    ['<your-key>', 'template'],
    ['${API_KEY}', 'template'],
    ['{{ api_key }}', 'template'],
    ['xxxxxxxxxxxxxxxx', 'repeated'],
    ['00000000-0000-0000', 'repeated'],
    ['AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA1234', 'repeated'],
    ['ab12ab12ab12ab12', 'repeated'],
    ['0123456789abcdef', 'sequence'],
    ['abcdefghijklmnopqrstuvwxyz', 'sequence'],
    ['ZYXWVUTSRQPONMLKJIHG', 'sequence'],
    ['1234', 'sequence'],
    ['a1b2c3d4e5f6g7h8', 'sequence'],
    ['7890123456789012', 'sequence'],
    ['your-api-key', 'placeholder'],
    ['YOUR_API_KEY_HERE', 'placeholder'],
    ['my-fake-9f8e7d6c', 'placeholder'],
    ['example-k3j9d8s7', 'placeholder'],
    ['kJ8sExAmPlE9dK3', 'placeholder'],
    ['insert-yours', 'placeholder'],
    ['changeme-now', 'placeholder'],
  ])('%s: %s', (body, reason) => {
    expect(placeholderReason(body, false)).toBe(reason);
  });

  it('a word proves nothing where the structure proves a key', () => {
    const body = `${fillTemplate('{{alnum:60}}', 1)}-test-${fillTemplate('{{alnum:60}}', 2)}`;
    expect(placeholderReason(body, false)).toBe('placeholder');
    expect(placeholderReason(body, true)).toBeNull();
  });

  it.each(['{{alnum:20}}', '{{hex:32}}', '{{base64url:74}}', '{{loweralnum:48}}', '{{HEX:40}}'])(
    'none for %s',
    (template) => {
      for (let seed = 0; seed < 100; seed += 1) {
        expect(placeholderReason(fillTemplate(template, seed), false)).toBeNull();
      }
    },
  );
});

describe('words', () => {
  it.each([
    'circle-fade-dot',
    'folding-cube-animation',
    'cube1-container',
    'LOADING-SPINNER',
    'Loading-Spinner-2x',
    'LoadingSpinnerContainerElement',
    'loadingspinner',
    'a_b_c_d',
    '2024-11-release-notes',
  ])('%s is made of them', (body) => {
    expect(isMadeOfWords(body)).toBe(true);
  });

  it.each(['{{alnum:22}}', '{{hex:32}}', '{{base64url:22}}', '{{alnum:48}}'])('%s is hardly ever', (template) => {
    const words = Array.from({ length: 500 }, (_, seed) => fillTemplate(template, seed)).filter(isMadeOfWords);
    expect(words).toEqual([]);
  });

  it('random letters are hardly ever', () => {
    const words = Array.from({ length: 500 }, (_, seed) => fillTemplate('{{alpha:32}}', seed)).filter(isMadeOfWords);
    expect(words.length).toBeLessThan(10);
  });
});

describe('entropy', () => {
  it.each(['aaaabbbbccccdddd', 'deadbeefdeadbeef', '1111222233334444', '00ff00ff00ff00ff'])(
    '%s has too little',
    (body) => {
      expect(isLowEntropy(body)).toBe(true);
    },
  );

  it.each(['{{hex:32}}', '{{alnum:22}}', '{{base64url:64}}', '{{digits:40}}'])('%s has enough', (template) => {
    for (let seed = 0; seed < 100; seed += 1) expect(isLowEntropy(fillTemplate(template, seed))).toBe(false);
  });
});
