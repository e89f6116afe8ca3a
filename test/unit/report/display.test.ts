import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rawPathFrom, rawPathFromText } from '../../../src/model/fragment.ts';
import { displayPath, escapeForDisplay } from '../../../src/report/display.ts';

/** What must not reach a terminal, written out without the classes that the code uses. */
function isUnsafe(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  const isControl = code < 0x20 || (code >= 0x7f && code <= 0x9f);
  const isSeparator = code === 0x2028 || code === 0x2029;
  const isBidi = code === 0x61c || (code >= 0x200e && code <= 0x200f) || (code >= 0x202a && code <= 0x202e);
  const isIsolate = code >= 0x2066 && code <= 0x2069;
  const isZeroWidth = (code >= 0x200b && code <= 0x200d) || code === 0x2060 || code === 0xfeff || code === 0xad;
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return isControl || isSeparator || isBidi || isIsolate || isZeroWidth || isSurrogate;
}

/** UTF-16 units of all kinds, the unsafe ones more often than chance has them. */
const anyText = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }),
      fc.integer({ min: 0, max: 0xa0 }),
      fc.integer({ min: 0x2000, max: 0x206f }),
      fc.constantFrom(0xfeff, 0xad, 0x61c, 0xd800, 0xdfff, 0x5c),
    ),
  )
  .map((units) => String.fromCharCode(...units));

const anyBytes = fc.uint8Array({ maxLength: 24 });

describe('escaping for display', () => {
  test.each([
    ['a terminal sequence', '\u001b[2Kgone', '\\u{1b}[2Kgone'],
    ['a carriage return', 'a\r\n::error::b', 'a\\u{d}\\u{a}::error::b'],
    ['a backspace', 'ab\b', 'ab\\u{8}'],
    ['DEL', '\u007f', '\\u{7f}'],
    ['a C1 control', '\u009b31m', '\\u{9b}31m'],
    ['a bidi override', 'user\u202e\u2066', 'user\\u{202e}\\u{2066}'],
    ['a zero-width space', 'a\u200bb', 'a\\u{200b}b'],
    ['a byte order mark', '\ufeffa', '\\u{feff}a'],
    ['a line separator', 'a\u2028b', 'a\\u{2028}b'],
    ['a tag character', '\u{e0041}', '\\u{e0041}'],
    ['a lone surrogate', 'a\ud83d', 'a\\u{d83d}'],
    ['a command to Azure Pipelines', 'x ##vso[task.complete]', 'x \\u{23}#vso[task.complete]'],
    ['an old command to GitHub', '##[error]x', '\\u{23}#[error]x'],
  ])('shows %s', (_name, text, shown) => {
    expect(escapeForDisplay(text)).toBe(shown);
  });

  test('leaves text of any language and emoji as they are', () => {
    const text = '## Grüße, 日本語, עברית, e\u0301, 🔑 \\n ##a #[0]';
    expect(escapeForDisplay(text)).toBe(text);
  });

  test('keeps what the caller asks for and nothing more', () => {
    expect(escapeForDisplay('a\n\tb', 'newlines')).toBe('a\n\\u{9}b');
    expect(escapeForDisplay('a\n\tb', 'tabs')).toBe('a\\u{a}\tb');
  });

  test('never lets an unsafe character through, and is stable', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = escapeForDisplay(text);
        expect(Array.from(shown).filter(isUnsafe)).toEqual([]);
        expect(escapeForDisplay(shown)).toBe(shown);
      }),
    );
  });
});

describe('displaying a path', () => {
  test.each([
    ['plain', 'src/app.ts'],
    ['with spaces', 'my notes/a b.txt'],
    ['in another script', 'docs/日本語/Grüße.md'],
  ])('shows a path %s as it is', (_name, path) => {
    expect(displayPath(rawPathFromText(path))).toBe(path);
  });

  test.each([
    ['latin1 bytes', [0x61, 0xe9, 0x62], 'a\\xe9b'],
    ['a character cut short', [0xe6, 0x97], '\\xe6\\x97'],
    ['an overlong slash', [0xc0, 0xaf], '\\xc0\\xaf'],
    ['an encoded surrogate', [0xed, 0xa0, 0x80], '\\xed\\xa0\\x80'],
    ['an escape character', [0x1b, 0x5b, 0x32, 0x4b], '\\u{1b}[2K'],
    ['a backslash', [0x61, 0x5c, 0x62], 'a\\\\b'],
    ['a valid character after a wrong byte', [0xff, 0xc3, 0xa9], '\\xffé'],
  ])('shows %s', (_name, bytes, shown) => {
    expect(displayPath(rawPathFrom(Uint8Array.from(bytes)))).toBe(shown);
  });

  test('never lets an unsafe character through', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        expect(Array.from(displayPath(rawPathFrom(bytes))).filter(isUnsafe)).toEqual([]);
      }),
    );
  });

  test('shows different paths differently: what it shows leads back to the bytes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyBytes,
          anyText.map((text) => Buffer.from(text)),
        ),
        (bytes) => {
          expect(bytesShownAs(displayPath(rawPathFrom(bytes)))).toEqual(Buffer.from(bytes));
        },
      ),
    );
  });
});

/** Undoes `displayPath`. */
function bytesShownAs(shown: string): Buffer {
  const pieces = shown.matchAll(/\\x(?<byte>[0-9a-f]{2})|\\u\{(?<code>[0-9a-f]+)\}|\\(?<slash>\\)|(?<other>[^\\]+)/gu);
  return Buffer.concat(
    Array.from(pieces, ({ groups }) => {
      const { byte, code, slash, other } = groups ?? {};
      if (byte !== undefined) return Buffer.from(byte, 'hex');
      if (code !== undefined) return Buffer.from(String.fromCodePoint(Number.parseInt(code, 16)));
      return Buffer.from(slash ?? other ?? '');
    }),
  );
}
