import { describe, expect, it } from 'vitest';
import { writingOf } from '../../../src/decode/encoding.ts';
import { WIDE } from '../../detection/wide.ts';

describe.each(WIDE)('%s', (encoding, encode) => {
  it('is known by its byte order mark', () => {
    expect(writingOf(encode('\ufeff密')).encoding).toBe(encoding);
    expect(writingOf(encode('\ufeff')).encoding).toBe(encoding);
  });

  it('is guessed from where the NULs stand', () => {
    expect(writingOf(encode('API_KEY=value\r\n')).encoding).toBe(encoding);
    expect(writingOf(encode('# ключ\n# the rest of this file is in English\nAPI_KEY=value\n')).encoding).toBe(encoding);
  });

  it('is not guessed behind a stray byte, nor from too little', () => {
    expect(writingOf(Buffer.concat([Buffer.from('x'), encode('API_KEY=value\r\n')])).encoding).not.toBe('utf-16be');
    expect(writingOf(encode('a').subarray(0, 4)).encoding).toBe('bytes');
  });
});

it.each([
  ['nothing', Buffer.alloc(0)],
  ['ASCII', Buffer.from('API_KEY=value\n')],
  ['UTF-8 with a mark', Buffer.from('\ufeffAPI_KEY=value\n')],
  ['only NULs', Buffer.alloc(64)],
  ['a binary', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
  ['text with some NULs', Buffer.from('one\0two\0three\0four\0')],
])('%s is taken as bytes', (_name, bytes) => {
  expect(writingOf(bytes).encoding).toBe('bytes');
});
