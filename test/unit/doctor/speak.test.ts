import { execFileSync } from 'node:child_process';
import { array, assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../../../src/doctor/check.ts';
import { shellWord, speak } from '../../../src/doctor/speak.ts';

describe('a command that mends', () => {
  it('holds a path as one word of a shell, whatever stands in it', () => {
    const { remedy } = speak(check('own-hook-not-executable', { hook: 'pre-commit', path: `/it's/$(a) b` }));
    expect(remedy?.command).toBe(String.raw`chmod +x '/it'\''s/$(a) b'`);
    expect(speak(check('own-hook-not-executable', { path: '/plain/path' })).remedy?.command).toBe(
      'chmod +x /plain/path',
    );
  });

  it('means to a shell what it says', () => {
    const words = array(
      string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', '')),
      { minLength: 20, maxLength: 20 },
    );
    assert(
      property(words, (all) => {
        const script = `printf '%s\\0' ${all.map(shellWord).join(' ')}`;
        expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(all.map((word) => `${word}\0`).join(''));
      }),
      { numRuns: 10 },
    );
  });
});
