import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyguardError } from '../../src/errors.ts';
import { CommitChangeReader, type DiffTreeEntry, END_OF_COMMITS } from '../../src/sources/git/commit-changes.ts';

const END = Buffer.from(`${END_OF_COMMITS}\n`);

const hex = fc
  .array(fc.constantFrom(...'0123456789abcdef'.split('')), { minLength: 40, maxLength: 40 })
  .map((d) => d.join(''));
const mode = fc.constantFrom('100644', '100755', '120000', '160000');
const path = fc
  .uint8Array({ minLength: 1, maxLength: 30 })
  .map((bytes) => Buffer.from(bytes.map((byte) => (byte === 0 ? 1 : byte))));

const change = fc
  .integer({ min: 1, max: 4 })
  .chain((parents) =>
    fc
      .tuple(
        fc.array(mode, { minLength: parents, maxLength: parents }),
        mode,
        fc.array(hex, { minLength: parents, maxLength: parents }),
        hex,
        path,
      )
      .map(([oldModes, newMode, oldOids, newOid, name]) =>
        Buffer.concat([
          Buffer.from(
            `${':'.repeat(parents)}${[...oldModes, newMode, ...oldOids, newOid].join(' ')} ${'M'.repeat(parents)}\0`,
          ),
          name,
          Buffer.from('\0'),
        ]),
      ),
  );

const commit = fc
  .tuple(hex, fc.array(change, { maxLength: 4 }))
  .map(([id, changes]) => Buffer.concat([Buffer.from(`${id}\0`), ...changes]));

const output = fc.array(commit, { minLength: 1, maxLength: 5 }).map((commits) => Buffer.concat([...commits, END]));

function readIn(bytes: Buffer, cuts: readonly number[]): readonly DiffTreeEntry[] {
  const reader = new CommitChangeReader();
  const at = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].toSorted((a, b) => a - b);
  const entries = [0, ...at].flatMap((start, i) => reader.read(bytes.subarray(start, at[i] ?? bytes.length)));
  reader.end();
  return entries;
}

describe('what git diff-tree says of commits', () => {
  it('is read the same, however it is cut into chunks', () => {
    fc.assert(
      fc.property(output, fc.array(fc.nat(), { maxLength: 20 }), (bytes, cuts) => {
        expect(readIn(bytes, cuts)).toEqual(readIn(bytes, []));
      }),
    );
  });

  it('is an error when it is cut short anywhere, never a shorter list', () => {
    fc.assert(
      fc.property(output, fc.nat(), fc.array(fc.nat(), { maxLength: 5 }), (bytes, end, cuts) => {
        const short = bytes.subarray(0, end % bytes.length);
        expect(() => readIn(short, cuts)).toThrow(KeyguardError);
      }),
    );
  });

  it('is an error when more follows, or when it is something else', () => {
    const id = 'a'.repeat(40);
    expect(readIn(Buffer.concat([Buffer.from(`${id}\0`), END]), [])).toEqual([{ commit: id }]);
    for (const wrong of [
      `${id}\0${END_OF_COMMITS}\n${id}\0`,
      `${id}\n${END_OF_COMMITS}\n`,
      `${id.slice(1)}\0${END_OF_COMMITS}\n`,
      `:100644 100644 ${id} ${id} M\0\0${END_OF_COMMITS}\n`,
      `:100644 100644 ${id} ${id}\0a\0${END_OF_COMMITS}\n`,
      `::100644 100644 ${id} ${id} M\0a\0${END_OF_COMMITS}\n`,
      `:100644 100644 ${id} ${id.slice(1)} M\0a\0${END_OF_COMMITS}\n`,
      `warning: what is this\0${END_OF_COMMITS}\n`,
    ])
      expect(() => readIn(Buffer.from(wrong), [])).toThrow('cannot be read');
  });

  it('of a merge names the side of each parent', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((digit) => digit.repeat(40));
    const line = `::100644 000000 100755 ${a} ${'0'.repeat(40)} ${c} MA\0p\0${END_OF_COMMITS}\n`;
    expect(readIn(Buffer.from(`${b}\0${line}`), [])).toEqual([
      { commit: b },
      {
        newOid: c,
        newMode: '100755',
        old: [
          { mode: '100644', oid: a },
          { mode: '000000', oid: null },
        ],
        path: 'p',
      },
    ]);
  });
});
