import { assert, nat, property, stringMatching } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearest } from '../../../src/config/suggest.ts';

const COMMANDS = ['scan', 'hook', 'install', 'uninstall', 'guide', 'rules', 'allow', 'why'];

describe('nearest', () => {
  it.each([
    ['scna', 'scan'],
    ['intsall', 'install'],
    ['unistall', 'uninstall'],
    ['SCAN', 'scan'],
    ['guides', 'guide'],
    ['alow', 'allow'],
    ['wyh', 'why'],
  ])('takes %s for %s', (word, meant) => {
    expect(nearest(word, COMMANDS)).toBe(meant);
  });

  it.each(['', 'x', 'baseline', 'frobnicate', 'sc'])('has no idea what %j is', (word) => {
    expect(nearest(word, COMMANDS)).toBeNull();
  });

  it('has no suggestion where there are no candidates', () => {
    expect(nearest('scan', [])).toBeNull();
  });

  it('finds long ids with a few slips', () => {
    expect(nearest('openai-projct-kye', ['openai-admin-key', 'openai-project-key'])).toBe('openai-project-key');
  });

  it('is quick with a word of a megabyte', () => {
    expect(nearest('a'.repeat(1024 * 1024), COMMANDS)).toBeNull();
  });

  it('always finds the word itself, and a swap of two neighbours in it', () => {
    const words = stringMatching(/^[a-z]{4,20}$/u);
    assert(
      property(words, nat(), (word, seed) => {
        const i = seed % (word.length - 1);
        const swapped = word.slice(0, i) + word.charAt(i + 1) + word.charAt(i) + word.slice(i + 2);
        expect(nearest(word, ['', word])).toBe(word);
        expect(nearest(swapped, ['', word])).toBe(word);
      }),
      { seed: 1 },
    );
  });
});
