import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refsFromPrePush, refsFromPreReceive } from '../../../src/sources/git/pushed-refs.ts';
import { isSameRepository } from '../../../src/sources/git/remote-url.ts';

const [A, B] = ['a'.repeat(40), 'b'.repeat(40)];
const ZERO = '0'.repeat(40);

describe('what git tells a hook of a push', () => {
  it('is read line by line, from the end of each', () => {
    const lines = `HEAD ${A} refs/heads/main ${B}\nmain@{1 day ago} ${A} refs/heads/x ${ZERO}\n(delete) ${ZERO} refs/heads/y ${B}\n`;
    expect(refsFromPrePush(Buffer.from(lines))).toEqual([
      { ref: 'refs/heads/main', now: A, before: B },
      { ref: 'refs/heads/x', now: A, before: null },
      { ref: 'refs/heads/y', now: null, before: B },
    ]);
    expect(refsFromPreReceive(Buffer.from(`${ZERO} ${A} refs/tags/caf\xe9\n`, 'latin1'))).toEqual([
      { ref: 'refs/tags/caf\xe9', now: A, before: null },
    ]);
    const long = 'c'.repeat(64);
    expect(refsFromPreReceive(Buffer.from(`${long} ${'0'.repeat(64)} refs/heads/z\n`))).toEqual([
      { ref: 'refs/heads/z', now: null, before: long },
    ]);
  });

  it('is nothing where nothing is said', () => {
    expect([refsFromPrePush(Buffer.alloc(0)), refsFromPreReceive(Buffer.alloc(0))]).toEqual([[], []]);
  });

  it('is an error where it breaks off, never fewer names', () => {
    const whole = `main ${A} refs/heads/main ${B}\nmain ${A} refs/heads/x ${ZERO}\n`;
    fc.assert(
      fc.property(fc.nat({ max: whole.length - 1 }), (end) => {
        // A break between two lines cannot be seen.
        fc.pre(end !== 0 && whole[end - 1] !== '\n');
        expect(() => refsFromPrePush(Buffer.from(whole.slice(0, end)))).toThrow('not what git gives');
      }),
    );
  });
});

describe('two addresses of one repository', () => {
  it.each([
    ['https://example.com/team/app.git', 'git@example.com:team/app'],
    ['ssh://git@example.com:2222/team/app', 'https://EXAMPLE.com/team/app.git/'],
    ['https://me:secret@example.com/team/app', 'https://example.com/team/app'],
    ['/srv/app.git', '/srv/app.git'],
  ])('%s and %s', (one, other) => {
    expect(isSameRepository(one, other)).toBe(true);
    expect(isSameRepository(other, one)).toBe(true);
  });

  it.each([
    ['https://example.com/team/app', 'https://example.com/team/other'],
    ['https://example.com/team/app', 'https://example.org/team/app'],
    ['/srv/app', '/srv/app.git'],
    ['../app', '/srv/app'],
    ['C:/app', 'D:/app'],
    ['git@example.com:app', '/srv/app'],
  ])('not %s and %s', (one, other) => {
    expect(isSameRepository(one, other)).toBe(false);
  });
});
