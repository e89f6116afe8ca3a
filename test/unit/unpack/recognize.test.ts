import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { oneWindow } from '../../../src/sources/windows.ts';
import { recognize } from '../../../src/unpack/recognize.ts';
import { pdfOf, pngOf, sqliteOf, tarOf, zipOf } from '../../helpers/archives.ts';

const FILE = [{ name: 'a.txt', content: 'text' }];
const SCRIPT = Buffer.from('#!/bin/sh\n');

it.each([
  ['gzip', gzipSync('text')],
  ['zip', zipOf(FILE)],
  ['zip', zipOf([])],
  ['zip', zipOf(FILE, { prefix: SCRIPT })],
  ['zip', zipOf(FILE, { prefix: Buffer.from('junk') })],
  ['tar', tarOf(FILE)],
  ['tar', tarOf(FILE, 'v7')],
  ['png', pngOf([])],
  ['sqlite', sqliteOf([])],
  ['pdf', pdfOf([])],
  ['pdf', Buffer.concat([Buffer.from('\r\n some mail \r\n'), pdfOf([])])],
  ['closed', Buffer.from('BZh91AY&SY and more')],
] as const)('%s is known by its bytes', (kind, bytes) => {
  expect(recognize(oneWindow(bytes))).toBe(kind);
});

it.each([
  ['nothing', Buffer.alloc(0)],
  ['a script', Buffer.concat([SCRIPT, Buffer.alloc(2000, 'x')])],
  ['a program that knows the mark of a zip', Buffer.concat([SCRIPT, Buffer.from('PK\x05\x06 and more of a program')])],
  ['zeros', Buffer.alloc(2000)],
  ['text that begins as bzip2 does', Buffer.from('BZhello, this is a text')],
  ['text that begins as zip does', Buffer.from('PK\x03 but this is a text')],
  ['octal digits', Buffer.alloc(2000, '7')],
  ['a tar whose checksum is wrong', Buffer.concat([Buffer.from('x'), tarOf(FILE).subarray(1)])],
  ['PDF beyond the reach of its readers', Buffer.concat([Buffer.alloc(1024, ' '), pdfOf([])])],
])('%s is no container', (_name, bytes) => {
  expect(recognize(oneWindow(bytes))).toBeNull();
});

it('a later window is none', () => {
  expect(recognize({ ...oneWindow(gzipSync('text')), base: 4096 })).toBeNull();
});
