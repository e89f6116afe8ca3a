import { crc32, deflateRawSync, deflateSync } from 'node:zlib';

/** A file to be packed. */
export interface Packed {
  readonly name: string | Buffer;
  readonly content: string | Buffer;
}

export interface ZipOptions {
  readonly method?: 'stored' | 'deflated' | 'deflate64';
  /** Sizes and checksum behind the bytes, as they are written by who streams. */
  readonly hasDescriptor?: boolean;
  readonly isWide?: boolean;
  readonly isEncrypted?: boolean;
  readonly hasWrongCrc?: boolean;
  /** What stands in front of it. */
  readonly prefix?: Buffer;
  readonly hasDirectory?: boolean;
}

const METHODS = { stored: 0, deflated: 8, deflate64: 9 } as const;

export function zipOf(files: readonly Packed[], options: ZipOptions = {}): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const file of files) {
    const { local, central } = zipEntry(file, at, options);
    locals.push(local);
    directory.push(central);
    at += local.length;
  }
  const list = Buffer.concat(directory);
  const { prefix = Buffer.alloc(0), hasDirectory = true } = options;
  const end = hasDirectory ? [list, zipEnd(files.length, list.length, at, options.isWide === true)] : [];
  return Buffer.concat([prefix, ...locals, ...end]);
}

function zipEntry(file: Packed, at: number, options: ZipOptions): { local: Buffer; central: Buffer } {
  const name = Buffer.from(file.name);
  const content = Buffer.from(file.content);
  const method = METHODS[options.method ?? 'deflated'];
  const data = method === 8 ? deflateRawSync(content) : content;
  const crc = (crc32(content) ^ (options.hasWrongCrc === true ? 1 : 0)) >>> 0;
  const flags = (options.isEncrypted === true ? 1 : 0) | (options.hasDescriptor === true ? 8 : 0);
  const wide = options.isWide === true;
  const common = (hidden: boolean): Buffer =>
    Buffer.concat([
      u16(45, flags, method, 0, 0),
      hidden ? u32(0, 0, 0) : u32(crc, wide ? 0xffff_ffff : data.length, wide ? 0xffff_ffff : content.length),
    ]);
  const localExtra = wide ? Buffer.concat([u16(1, 16), u64(content.length, data.length)]) : Buffer.alloc(0);
  const centralExtra = wide ? Buffer.concat([u16(1, 24), u64(content.length, data.length, at)]) : Buffer.alloc(0);
  const descriptor =
    options.hasDescriptor === true
      ? Buffer.concat([Buffer.from('PK\x07\x08'), u32(crc, data.length, content.length)])
      : Buffer.alloc(0);
  const hidden = options.hasDescriptor === true;
  return {
    local: Buffer.concat([
      Buffer.from('PK\x03\x04'),
      common(hidden),
      u16(name.length, localExtra.length),
      name,
      localExtra,
      data,
      descriptor,
    ]),
    central: Buffer.concat([
      Buffer.from('PK\x01\x02'),
      u16(45),
      common(false),
      u16(name.length, centralExtra.length, 0, 0, 0),
      u32(0, wide ? 0xffff_ffff : at),
      name,
      centralExtra,
    ]),
  };
}

function zipEnd(count: number, size: number, at: number, isWide: boolean): Buffer {
  const narrow = Buffer.concat([
    Buffer.from('PK\x05\x06'),
    u16(0, 0, isWide ? 0xffff : count, isWide ? 0xffff : count),
    u32(isWide ? 0xffff_ffff : size, isWide ? 0xffff_ffff : at),
    u16(0),
  ]);
  if (!isWide) return narrow;
  const end = Buffer.concat([Buffer.from('PK\x06\x06'), u64(44), u16(45, 45), u32(0, 0), u64(count, count, size, at)]);
  return Buffer.concat([end, Buffer.from('PK\x06\x07'), u32(0), u64(at + size), u32(1), narrow]);
}

export type TarForm = 'v7' | 'ustar' | 'pax' | 'gnu';

export function tarOf(files: readonly Packed[], form: TarForm = 'ustar', hasEnd = true): Buffer {
  const blocks = files.flatMap(({ name, content }) => {
    const bytes = Buffer.from(content);
    const path = Buffer.from(name);
    const header = tarHeader(path.subarray(0, 100), bytes.length, '0', form);
    if (path.length <= 100) return [header, padded(bytes)];
    if (form === 'gnu') {
      const long = Buffer.concat([path, Buffer.alloc(1)]);
      return [tarHeader(Buffer.from('././@LongLink'), long.length, 'L', form), padded(long), header, padded(bytes)];
    }
    if (form === 'pax') {
      const record = paxRecord('path', path);
      return [tarHeader(Buffer.from('pax'), record.length, 'x', form), padded(record), header, padded(bytes)];
    }
    const cut = path.lastIndexOf('/', 155);
    return [tarHeader(path.subarray(cut + 1), bytes.length, '0', form, path.subarray(0, cut)), padded(bytes)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(hasEnd ? 1024 : 0)]);
}

function tarHeader(name: Buffer, size: number, type: string, form: TarForm, prefix: Buffer = Buffer.alloc(0)): Buffer {
  const block = Buffer.alloc(512);
  name.copy(block, 0);
  block.write('0000644\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  block.write('00000000000\0', 136);
  block.write('        ', 148);
  block.write(form === 'v7' ? '\0' : type, 156);
  if (form === 'gnu') block.write('ustar  \0', 257);
  else if (form !== 'v7') block.write('ustar\x0000', 257);
  prefix.copy(block, 345);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

function paxRecord(key: string, value: Buffer): Buffer {
  const rest = Buffer.concat([Buffer.from(` ${key}=`), value, Buffer.from('\n')]);
  let length = rest.length + 1;
  while (String(length).length + rest.length !== length) length += 1;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

export type PngText = readonly [type: 'tEXt' | 'zTXt' | 'iTXt' | 'packed iTXt', keyword: string, text: string];

export function pngOf(texts: readonly PngText[]): Buffer {
  const chunks = texts.map(([type, keyword, text]) => {
    const word = Buffer.from(`${keyword}\0`);
    if (type === 'tEXt') return pngChunk(type, Buffer.concat([word, Buffer.from(text)]));
    if (type === 'zTXt') return pngChunk(type, Buffer.concat([word, Buffer.alloc(1), deflateSync(text)]));
    const isPacked = type === 'packed iTXt';
    const data = isPacked ? deflateSync(text) : Buffer.from(text);
    return pngChunk('iTXt', Buffer.concat([word, Buffer.from([isPacked ? 1 : 0, 0]), Buffer.from('en\0word\0'), data]));
  });
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, pngChunk('IHDR', Buffer.alloc(13)), ...chunks, pngChunk('IEND', Buffer.alloc(0))]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  return Buffer.concat([u32be(data.length), body, u32be(crc32(body))]);
}

export interface PdfObject {
  /** The entries of its dictionary, but its length. */
  readonly dictionary: string;
  readonly data: string | Buffer;
}

export function pdfOf(objects: readonly PdfObject[], trailer = ''): Buffer {
  const parts = objects.map(({ dictionary, data }, index) => {
    const bytes = Buffer.from(data);
    return Buffer.concat([
      Buffer.from(`${index + 1} 0 obj\n<< ${dictionary} /Length ${bytes.length} >>\nstream\n`),
      bytes,
      Buffer.from('\nendstream\nendobj\n'),
    ]);
  });
  const end = Buffer.from(`trailer\n<< /Size ${objects.length} ${trailer} >>\nstartxref\n0\n%%EOF\n`);
  return Buffer.concat([Buffer.from('%PDF-1.7\n'), ...parts, end]);
}

const PAGE = 512;

/** A database of one table, whose rows have a short text and a long one. What does not fit goes on in other pages. */
export function sqliteOf(rows: readonly (readonly [string, string])[]): Buffer {
  const first = Buffer.alloc(PAGE);
  first.write('SQLite format 3\0');
  first.writeUInt16BE(PAGE, 16);
  first.writeUInt32BE(1, 24);
  first.writeUInt32BE(1, 92);
  first[100] = 0x0d;
  const pages: Buffer[] = [first];
  for (const [index, row] of rows.entries()) pages.push(...leafWith(row, index, pages.length + 1));
  first.writeUInt32BE(pages.length, 28);
  return Buffer.concat(pages);
}

/** A leaf with one row, and the pages where it goes on. */
function leafWith([short, long]: readonly [string, string], row: number, page: number): readonly Buffer[] {
  const [a, b] = [Buffer.from(short), Buffer.from(long)];
  const types = Buffer.concat([varint(13 + 2 * a.length), varint(13 + 2 * b.length)]);
  const record = Buffer.concat([varint(types.length + 1), types, a, b]);
  const most = PAGE - 35;
  const least = Math.floor(((PAGE - 12) * 32) / 255) - 23;
  const kept = least + ((record.length - least) % (PAGE - 4));
  const local = record.length <= most ? record.length : kept <= most ? kept : least;
  const head = Buffer.concat([varint(record.length), varint(row + 1), record.subarray(0, local)]);
  const overflow: Buffer[] = [];
  for (let at = local; at < record.length; at += PAGE - 4) {
    const next = at + PAGE - 4 < record.length ? page + overflow.length + 2 : 0;
    const rest = Buffer.concat([u32be(next), record.subarray(at, at + PAGE - 4)]);
    overflow.push(Buffer.concat([rest, Buffer.alloc(PAGE - rest.length)]));
  }
  const cell = overflow.length === 0 ? head : Buffer.concat([head, u32be(page + 1)]);
  const leaf = Buffer.alloc(PAGE);
  leaf[0] = 0x0d;
  leaf.writeUInt16BE(1, 3);
  leaf.writeUInt16BE(PAGE - cell.length, 8);
  cell.copy(leaf, PAGE - cell.length);
  return [leaf, ...overflow];
}

function varint(value: number): Buffer {
  const bytes = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift((rest & 0x7f) | 0x80);
  return Buffer.from(bytes);
}

function u16(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt16LE(value, 2 * index);
  return bytes;
}

function u32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, 4 * index);
  return bytes;
}

function u64(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(8 * values.length);
  for (const [index, value] of values.entries()) bytes.writeBigUInt64LE(BigInt(value), 8 * index);
  return bytes;
}

function u32be(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
