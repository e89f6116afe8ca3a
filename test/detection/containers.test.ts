import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, Secret } from '../../src/model/secret.ts';
import { pdfOf, pngOf, sqliteOf, tarOf, zipOf } from '../helpers/archives.ts';
import { fakeKey } from '../helpers/keys.ts';
import { fragmentOf, scanner } from './detect.ts';
import { placeOf, placesIn, readContainer, troublesIn } from './read-containers.ts';

const KEY = fakeKey('openaiProject', 71);
const TEXT = `first line\n\nkey = "${KEY}"\n`;
const ENV = { name: 'config/.env', content: TEXT };
const CLEAN = { name: 'README.md', content: 'nothing to see\n'.repeat(50) };
const LONG = `${'folder/'.repeat(20)}file.txt`;
const FAR = { name: 'far.txt', content: `${'some words of a longer text\n'.repeat(60_000)}${KEY}\n` };

const page = (text: string): string => `BT /F1 12 Tf\n${text}\nET\n`;
const halves = [KEY.slice(0, 40), KEY.slice(40, 90), KEY.slice(90)];
const hex = (text: string): string => Buffer.from(text).toString('hex');

describe('a key is found, by its member and its line there, in', () => {
  it.each([
    ['a gzip', gzipSync(TEXT), ['gzip: 3:8']],
    ['a zlib', deflateSync(TEXT), ['zlib: 3:8']],
    ['a quick zlib', deflateSync(TEXT, { level: 1 }), ['zlib: 3:8']],
    ['a thorough zlib', deflateSync(TEXT, { level: 9 }), ['zlib: 3:8']],
    ['two gzips in one file', Buffer.concat([gzipSync('one\n'), gzipSync(TEXT)]), ['gzip: 4:8']],
    ['a gzip that zeros fill up', Buffer.concat([gzipSync(TEXT), Buffer.alloc(1000)]), ['gzip: 3:8']],
    ['a gzip of many windows', gzipSync(FAR.content), ['gzip: 60001:1']],
    ['a zip', zipOf([CLEAN, ENV]), ['zip: config/.env:3:8']],
    ['a stored zip', zipOf([CLEAN, ENV], { method: 'stored' }), ['zip: config/.env:3:8']],
    ['a streamed zip', zipOf([ENV, CLEAN], { hasDescriptor: true }), ['zip: config/.env:3:8']],
    ['a zip64', zipOf([CLEAN, ENV], { isWide: true }), ['zip: config/.env:3:8']],
    [
      'a zip behind a script',
      zipOf([ENV], { prefix: Buffer.from('#!/usr/bin/env python\n') }),
      ['zip: config/.env:3:8'],
    ],
    ['a zip behind anything', zipOf([ENV], { prefix: Buffer.from('junk') }), ['zip: config/.env:3:8']],
    ['a zip in front of another', Buffer.concat([zipOf([ENV]), zipOf([CLEAN])]), ['zip: config/.env:3:8']],
    ['a zip in front of an empty one', Buffer.concat([zipOf([ENV]), zipOf([])]), ['zip: config/.env:3:8']],
    ['a large file of a zip', zipOf([FAR]), ['zip: far.txt:60001:1']],
    ['a tar', tarOf([CLEAN, ENV]), ['tar: config/.env:3:8']],
    ['an old tar', tarOf([CLEAN, ENV], 'v7'), ['tar: config/.env:3:8']],
    ['a tar with a split name', tarOf([{ ...ENV, name: LONG }]), [`tar: ${LONG}:3:8`]],
    ['a tar with a name of pax', tarOf([{ ...ENV, name: `${LONG}é` }], 'pax'), [`tar: ${LONG}é:3:8`]],
    ['a tar with a long name of GNU', tarOf([{ ...ENV, name: LONG }], 'gnu'), [`tar: ${LONG}:3:8`]],
    ['a tar.gz', gzipSync(tarOf([CLEAN, ENV])), ['gzip tar: config/.env:3:8']],
    [
      'a tar.gz of many windows',
      gzipSync(tarOf([FAR, ENV])),
      ['gzip tar: far.txt:60001:1', 'gzip tar: config/.env:3:8'],
    ],
    [
      'a zip in a zip',
      zipOf([{ name: 'inner.zip', content: zipOf([ENV]) }, ENV]),
      ['zip zip: inner.zip › config/.env:3:8', 'zip: config/.env:3:8'],
    ],
    [
      'a tar.gz in a stored zip',
      zipOf([{ name: 'a.tgz', content: gzipSync(tarOf([ENV])) }], { method: 'stored' }),
      ['zip gzip tar: a.tgz › config/.env:3:8'],
    ],
    [
      'a tar in a tar',
      tarOf([{ name: 'a.tar', content: tarOf([ENV]) }, ENV]),
      ['tar tar: a.tar › config/.env:3:8', 'tar: config/.env:3:8'],
    ],
    [
      'UTF-16 in a zip',
      zipOf([{ name: 'a.reg', content: Buffer.from(`\ufeff\n${KEY}`, 'utf16le') }]),
      ['zip utf-16: a.reg:2:1'],
    ],
    ['a PNG', pngOf([['tEXt', 'Comment', TEXT]]), ['png: tEXt Comment:3:8']],
    ['a packed text of a PNG', pngOf([['zTXt', 'Raw', TEXT]]), ['png: zTXt Raw:3:8']],
    ['an international text of a PNG', pngOf([['iTXt', 'XML', TEXT]]), ['png: iTXt XML:3:8']],
    ['a packed international text of a PNG', pngOf([['packed iTXt', 'XML', TEXT]]), ['png: iTXt XML:3:8']],
    ['a short row of SQLite', sqliteOf([['admin', KEY]]), ['sqlite: page 2:2:1']],
    ['a PDF', pdfOf([{ dictionary: '', data: page(`(${KEY}) Tj`) }]), ['pdf: object 1:2:2']],
    [
      'a stream of a PDF that is not packed, kerned',
      pdfOf([{ dictionary: '', data: page(`[(${halves.join(') -20 (')})] TJ`) }]),
      ['pdf: object 1:2:2'],
    ],
    [
      'a packed stream of a PDF',
      pdfOf([{ dictionary: '/Filter /FlateDecode', data: deflateSync(page(`(${KEY}) Tj`)) }]),
      ['pdf: object 1:2:2'],
    ],
    [
      'a kerned text of a PDF',
      pdfOf([{ dictionary: '/Filter [/FlateDecode]', data: deflateSync(page(`[(${halves.join(') -20 (')})] TJ`)) }]),
      ['pdf: object 1:2:2'],
    ],
    [
      'a text of a PDF in hexadecimal',
      pdfOf([{ dictionary: '/Filter/Fl', data: deflateSync(page(`<${hex(KEY)}> Tj`)) }]),
      ['pdf: object 1:2:2'],
    ],
    [
      'a stream of a PDF that is packed twice',
      pdfOf([
        {
          dictionary: '/Filter [ /ASCIIHexDecode /FlateDecode ]',
          data: deflateSync(TEXT).toString('hex'),
        },
      ]),
      ['pdf: object 1:3:8'],
    ],
    [
      'a stream of a PDF in hexadecimal',
      pdfOf([{ dictionary: '/Filter /ASCIIHexDecode', data: `${hex(TEXT)}>` }]),
      ['pdf: object 1:3:8'],
    ],
  ])('%s', async (_name, bytes, places) => {
    expect(await placesIn(bytes)).toEqual(places);
    expect(await troublesIn(bytes)).toEqual([]);
  });

  it('a row of SQLite that is broken over pages, wherever it breaks', async () => {
    for (let before = 0; before < 560; before += 7) {
      const bytes = sqliteOf([
        ['a', 'b'],
        ['admin', `${'x '.repeat(before)}${KEY}${' y'.repeat(700)}`],
      ]);
      expect(await placesIn(bytes)).toEqual([`sqlite: page 3:2:${2 * before + 1}`]);
    }
  });
});

describe('nothing is found in', () => {
  it.each([
    ['a gzip', gzipSync(CLEAN.content)],
    ['a zip', zipOf([CLEAN])],
    ['a tar.gz', gzipSync(tarOf([CLEAN]))],
    ['a PNG', pngOf([['zTXt', 'Comment', CLEAN.content]])],
    ['a PDF', pdfOf([{ dictionary: '/Filter /FlateDecode', data: deflateSync(page('(nothing) Tj')) }])],
    ['SQLite', sqliteOf([['admin', 'x'.repeat(2000)]])],
    ['deflated bytes without a container', deflateRawSync(TEXT)],
    ['text that speaks of PDF', Buffer.from('see %PDF-1.7 for\nstream\n')],
    ['text with octal digits where a tar has its checksum', Buffer.from('0'.repeat(600))],
  ])('%s without a key, and nothing is amiss', async (_name, bytes) => {
    expect(await placesIn(bytes)).toEqual([]);
    expect(await troublesIn(bytes)).toEqual([]);
  });
});

it('the fingerprint is that of the key, wherever it is packed', async () => {
  const { detections } = await readContainer(gzipSync(tarOf([{ name: 'a.zip', content: zipOf([ENV]) }])));
  expect(detections.map(({ finding }) => finding.fingerprint)).toEqual([fingerprintOf(new Secret(KEY))]);
  expect(detections[0]?.secret.reveal()).toBe(KEY);
});

it('a key beside the members is told as well, by the line of the file', async () => {
  const other = fakeKey('anthropicApi', 3);
  const zip = Buffer.concat([Buffer.from(`#!/bin/sh\n# ${other}\n`), zipOf([ENV], { method: 'stored' })]);
  expect(await placesIn(zip)).toEqual([': 2:3', 'zip: config/.env:3:8']);
});

describe('a name', () => {
  const shown = async (name: string): Promise<readonly string[]> => placesIn(zipOf([{ name, content: KEY }]));

  it('that leads elsewhere is only shown', async () => {
    expect(await shown('../../etc/passwd')).toEqual(['zip: ../../etc/passwd:1:1']);
  });

  it('with control characters is escaped', async () => {
    expect(await shown('a\u001b[2Jb\n::error::c\u202e')).toEqual(['zip: a\\u{1b}[2Jb\\u{a}::error::c\\u{202e}:1:1']);
  });

  it('that holds a key is redacted, and found in the list of names', async () => {
    const key = fakeKey('anthropicApi', 5);
    const places = await shown(`keys/${key}`);
    expect(places.join()).not.toContain(key.slice(20, 60));
    expect(places.at(-1)).toMatch(/^zip: keys\/sk-ant-api…\w{4}:1:1$/u);
  });

  it('of a megabyte is not repeated', async () => {
    const bytes = tarOf([{ name: 'n'.repeat(1_000_000), content: KEY }], 'pax');
    expect(await placesIn(bytes)).toEqual(['tar: [a very long name]:1:1']);
  });
});

it.each([
  ['text', Buffer.from(`x^2 is the square of x\n`)],
  ['noise', Buffer.from('789cffffffffffffffffffffffffffffffffffffffff', 'hex')],
])('%s that begins as zlib does is not said to be damaged', async (_name, bytes) => {
  expect(await troublesIn(bytes)).toEqual([]);
});

it('a zlib that breaks off is said to be damaged', async () => {
  const noise = Array.from({ length: 4000 }, (_, i) => fingerprintOf(new Secret(`${i}`))).join('');
  expect(await troublesIn(deflateSync(noise).subarray(0, 20_000))).toEqual(['damaged-container 1: ']);
});

it('a zip without a directory in front of another is read, and said to be damaged', async () => {
  const bytes = Buffer.concat([zipOf([ENV], { hasDirectory: false }), zipOf([CLEAN])]);
  expect(await placesIn(bytes)).toEqual(['zip: config/.env:3:8']);
  expect(await troublesIn(bytes)).toEqual(['damaged-container 1: ']);
});

describe('a zip behind more than a window', () => {
  const windowSize = 4 * scanner.overlap;
  const bytes = zipOf([ENV], { prefix: Buffer.alloc(3 * windowSize, 'MZ') });
  const tail = Buffer.alloc(60_000, 'x');
  const fragment = fragmentOf(bytes, windowSize);

  it('is opened where its bytes can be had again', async () => {
    const again = async function* (): AsyncGenerator<Buffer> {
      yield bytes;
    };
    const { detections, troubles } = await readContainer(bytes, {}, { ...fragment, again });
    expect([detections.map(placeOf), troubles]).toEqual([['zip: config/.env:3:8'], []]);
    const limited = await readContainer(bytes, { held: 100 }, { ...fragment, again });
    expect(limited.troubles).toMatchObject([{ reason: 'container-over-limit', count: 1 }]);
  });

  it('is counted where they cannot', async () => {
    expect((await readContainer(bytes, {}, fragment)).troubles).toMatchObject([{ reason: 'container-over-limit' }]);
    const commented = fragmentOf(Buffer.concat([bytes, tail]), windowSize);
    expect((await readContainer(bytes, {}, commented)).troubles).toMatchObject([{ reason: 'container-over-limit' }]);
  });

  it('is opened as a member', async () => {
    expect(await placesIn(gzipSync(zipOf([ENV], { prefix: Buffer.alloc(1_200_000, 'MZ') })))).toEqual([
      'gzip zip: config/.env:3:8',
    ]);
  });

  it('is none where the end stands too far in front', async () => {
    const far = fragmentOf(Buffer.concat([bytes, tail, tail]), windowSize);
    expect((await readContainer(bytes, {}, far)).troubles).toEqual([]);
  });
});
