import { createHash } from 'node:crypto';
import { deflateSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pdfOf, pngOf, sqliteOf, tarOf, zipOf } from '../helpers/archives.ts';
import { fakeKey } from '../helpers/keys.ts';
import { fragmentOf } from './detect.ts';
import { placeOf, placesIn, readContainer, troublesIn } from './read-containers.ts';

const KEY = fakeKey('openaiProject', 72);
const ENV = { name: '.env', content: `\nkey = "${KEY}"\n` };

/** Bytes that do not deflate, the same each time. */
const NOISE = Buffer.concat(Array.from({ length: 3 }, (_, i) => createHash('sha256').update(String(i)).digest()));
const OTHER = { name: 'noise.bin', content: NOISE };

const WHOLE = [
  ['gzip', gzipSync(Buffer.concat([Buffer.from(ENV.content), NOISE]))],
  ['zip', zipOf([ENV, OTHER])],
  ['stored zip', zipOf([ENV, OTHER], { method: 'stored' })],
  ['streamed zip', zipOf([ENV, OTHER], { hasDescriptor: true })],
  ['zip64', zipOf([ENV, OTHER], { isWide: true })],
  ['tar', tarOf([ENV, OTHER])],
  ['pax', tarOf([{ ...ENV, name: 'folder/'.repeat(20) }, OTHER], 'pax')],
  ['tar.gz', gzipSync(tarOf([ENV, OTHER]))],
  ['zip in tar', tarOf([{ name: 'a.zip', content: zipOf([ENV]) }, OTHER])],
  [
    'PNG',
    pngOf([
      ['zTXt', 'Raw', ENV.content],
      ['iTXt', 'XML', 'other'],
    ]),
  ],
  ['PDF', pdfOf([{ dictionary: '/Filter /FlateDecode', data: deflateSync(ENV.content) }])],
  [
    'SQLite',
    sqliteOf([
      ['admin', `${'x '.repeat(300)}${KEY}${' y'.repeat(300)}`],
      ['a', 'b'],
    ]),
  ],
] as const;

describe.each(WHOLE)('%s', (name, whole) => {
  // A tar may end with one block of zeros, a PDF without a newline.
  const spare = name === 'PDF' ? 1 : ['tar', 'pax', 'zip in tar'].includes(name) ? 512 : 0;

  it('is read without complaint when it is whole', async () => {
    expect(await placesIn(whole)).toHaveLength(1);
    expect(await troublesIn(whole)).toEqual([]);
  });

  it('is never silently clean where its end is missing', async () => {
    // Below are too few bytes to know it by; a tar is known by its first header.
    const least = whole.toString('latin1', 257, 262) === 'ustar' ? 512 : 18;
    // Every byte of the small ones.
    const step = whole.length > 1500 ? 5 : 1;
    for (let length = least; length < whole.length - spare; length += step) {
      const { detections, troubles } = await readContainer(whole.subarray(0, length));
      expect({ length, reasons: troubles.map(({ reason }) => reason) }).toEqual({
        length,
        reasons: ['damaged-container'],
      });
      for (const { finding } of detections) expect(finding.redacted).not.toContain(KEY);
    }
  });

  it('never breaks the scan, whatever is wrong in it', async () => {
    const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(changes, async (all) => {
        const bytes = Buffer.from(whole);
        for (const [at, byte] of all) bytes[at] = byte;
        const { failure, bytes: read } = await readContainer(bytes);
        expect({ failure, read }).toEqual({ failure: null, read: bytes.length });
      }),
      { seed: 5, numRuns: 60 },
    );
  });
});

describe('what comes before the damage is read', () => {
  const far = `${ENV.content}${'some text that deflates well\n'.repeat(2000)}`;
  const long = Buffer.concat([Buffer.from(far), NOISE]);

  it.each([
    ['in a gzip that is cut', gzipSync(long).subarray(0, -100), 'gzip: 2:8'],
    ['in a gzip with a wrong byte', spoilt(gzipSync(long), -150), 'gzip: 2:8'],
    ['in a gzip with something behind it', Buffer.concat([gzipSync(far), Buffer.from('something')]), 'gzip: 2:8'],
    [
      'in a gzip with zeros and something behind it',
      Buffer.concat([gzipSync(far), Buffer.alloc(600), Buffer.from('something')]),
      'gzip: 2:8',
    ],
    ['in a zip with a wrong checksum', zipOf([ENV], { hasWrongCrc: true }), 'zip: .env:2:8'],
    ['in a zip without its directory', zipOf([ENV, OTHER], { hasDirectory: false }), 'zip: .env:2:8'],
    [
      'in a streamed zip without its directory',
      zipOf([OTHER, ENV], { hasDirectory: false, hasDescriptor: true }),
      'zip: .env:2:8',
    ],
    ['in a tar without its end', tarOf([ENV], 'ustar', false), 'tar: .env:2:8'],
    ['behind a damaged header of a tar', spoilt(tarOf([OTHER, ENV]), 20), 'tar: .env:2:8'],
    [
      'in a tar.gz that is cut',
      gzipSync(tarOf([ENV, { name: 'b', content: NOISE }])).subarray(0, -60),
      'gzip tar: .env:2:8',
    ],
  ])('%s', async (_name, bytes, place) => {
    // A tar whose first header is damaged is known by the gzip around it alone.
    const known = place.startsWith('tar') ? Buffer.concat([tarOf([OTHER]).subarray(0, 1024), bytes]) : bytes;
    expect(await placesIn(known)).toContain(place);
    expect((await troublesIn(known)).map((text) => text.split(':')[0])).toEqual(['damaged-container 1']);
  });
});

function spoilt(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  const index = at < 0 ? bytes.length + at : at;
  copy[index] = (copy[index] ?? 0) ^ 0x55;
  return copy;
}

describe('what cannot be opened is listed, by its name', () => {
  it.each([
    ['encrypted files of a zip', zipOf([ENV, OTHER], { isEncrypted: true }), 'encrypted-container 2: .env'],
    ['a method that zlib does not know', zipOf([ENV], { method: 'deflate64' }), 'unsupported-container 1: .env'],
    ['an encrypted PDF', pdfOf([{ dictionary: '', data: 'x' }], '/Encrypt 9 0 R'), 'encrypted-container 1: '],
    [
      'a filter of a PDF that is not known',
      pdfOf([{ dictionary: '/Filter /LZWDecode', data: 'x' }]),
      'unsupported-container 1: object 1',
    ],
    ['a 7z', Buffer.concat([Buffer.from('377abcaf271c', 'hex'), NOISE]), 'unsupported-container 1: '],
    ['an xz', Buffer.concat([Buffer.from('fd377a585a00', 'hex'), NOISE]), 'unsupported-container 1: '],
    ['a bzip2', Buffer.concat([Buffer.from('BZh91AY&SY'), NOISE]), 'unsupported-container 1: '],
    [
      'a rar in a tar',
      tarOf([{ name: 'a.rar', content: Buffer.concat([Buffer.from('Rar!\x1a\x07\0'), NOISE]) }]),
      'unsupported-container 1: a.rar',
    ],
  ])('%s', async (_name, bytes, trouble) => {
    expect(await troublesIn(bytes)).toEqual([trouble]);
  });

  it('and is not listed where it is only a picture of a PDF', async () => {
    expect(await troublesIn(pdfOf([{ dictionary: '/Filter /DCTDecode', data: NOISE }]))).toEqual([]);
  });
});

describe('a bomb ends at its bounds, with a notice', () => {
  const zeros = Buffer.alloc(3_000_000);
  const nest = (depth: number): Buffer =>
    depth === 0 ? Buffer.from(ENV.content) : zipOf([{ name: `${depth}.zip`, content: nest(depth - 1) }]);

  it('of zeros', async () => {
    const { troubles, detections } = await readContainer(
      gzipSync(Buffer.concat([Buffer.from(ENV.content), zeros, Buffer.from(KEY)])),
      { ratioFrom: 100_000 },
    );
    expect(troubles).toMatchObject([{ reason: 'container-over-limit', count: 1 }]);
    expect(detections).toHaveLength(1);
  });

  it('of zeros, in all members together', async () => {
    const files = Array.from({ length: 50 }, (_, i) => ({ name: `${i}.txt`, content: zeros.subarray(0, 100_000) }));
    expect(await troublesIn(zipOf(files), { unpacked: 950_000 })).toEqual(['container-over-limit 1: 9.txt']);
    expect(await troublesIn(zipOf(files))).toEqual([]);
  });

  it('of zeros, in all files together', async () => {
    const allowance = { unpackedInAll: 1_000_000 };
    expect(await troublesIn(gzipSync(zeros), allowance)).toEqual(['container-over-limit 1: ']);
  });

  it('of members', async () => {
    const files = Array.from({ length: 40 }, (_, i) => ({ name: `${i}.txt`, content: 'x' }));
    expect(await troublesIn(tarOf(files), { members: 30 })).toEqual(['container-over-limit 1: ']);
    expect(await troublesIn(tarOf(files), { members: 40 })).toEqual([]);
  });

  it('of entries that share their bytes', async () => {
    const one = zipOf([{ name: 'a', content: zeros }]);
    const end = one.subarray(-22);
    const start = end.readUInt32LE(16);
    const entry = one.subarray(start, -22);
    const count = 500;
    end.writeUInt16LE(count, 10);
    end.writeUInt32LE(entry.length * count, 12);
    const bomb = Buffer.concat([one.subarray(0, start), ...Array.from({ length: count }, () => entry), end]);
    expect(await troublesIn(bomb, { unpacked: 4_000_000 })).toEqual(['container-over-limit 1: a']);
  });

  it('of containers in containers', async () => {
    expect(await placesIn(nest(5))).toEqual([`${'zip '.repeat(5).trim()}: 5.zip › 4.zip › 3.zip › 2.zip › 1.zip:2:8`]);
    expect(await troublesIn(nest(5))).toEqual([]);
    expect(await placesIn(nest(6))).toEqual([]);
    expect(await troublesIn(nest(6))).toEqual(['container-over-limit 1: 6.zip › 5.zip › 4.zip › 3.zip › 2.zip']);
  });

  it('that is larger than what is held', async () => {
    expect(await troublesIn(zipOf([ENV, OTHER]), { held: 100 })).toEqual(['container-over-limit 1: ']);
    // A tar in a gzip need not be held, nor one that can be read again.
    expect(await placesIn(gzipSync(tarOf([ENV, OTHER])), { held: 700 })).toEqual(['gzip tar: .env:2:8']);
    const tar = tarOf([ENV, OTHER]);
    expect((await readContainer(tar, { held: 100 })).troubles).toMatchObject([{ reason: 'container-over-limit' }]);
    const onDisk = {
      ...fragmentOf(tar),
      again: async function* () {
        yield tar;
      },
    };
    const { detections, troubles } = await readContainer(tar, { held: 100 }, onDisk);
    expect([detections.map(placeOf), troubles]).toEqual([['tar: .env:2:8'], []]);
  });

  it('of cells that lead to the same pages', async () => {
    const bytes = sqliteOf([['a', 'x '.repeat(20_000)]]);
    // Each of the page's pointers leads to the one cell.
    const leaf = bytes.subarray(512, 1024);
    leaf.writeUInt16BE(20, 3);
    for (let i = 1; i < 20; i += 1) leaf.writeUInt16BE(leaf.readUInt16BE(8), 8 + 2 * i);
    expect(await troublesIn(bytes)).toEqual(['damaged-container 1: page 2']);
  });

  it.each(['[(', '<', '[', '(', '\\', '[(a) 1 ', 'stream\n', '>>stream\n', '/Filter['])(
    'of %j in a PDF',
    async (piece) => {
      const text = `BT Tj ${piece.repeat(200_000)}`;
      const bytes = pdfOf([
        { dictionary: '/Filter /FlateDecode', data: deflateSync(text) },
        { dictionary: '', data: text },
      ]);
      expect((await readContainer(bytes)).failure).toBeNull();
    },
  );
});
