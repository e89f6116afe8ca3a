export const BLOCK = 512;

/** What a header says of the member behind it. */
export interface TarHeader {
  readonly name: Buffer;
  readonly size: number;
  /** `0` a file, `5` a folder, `x` a pax header, `L` a long name … */
  readonly type: string;
  /** GNU's sparse map goes on in the next block. */
  readonly hasMoreMap: boolean;
}

/**
 * Whether a tar begins here: old ones have no magic, all have a checksum. A text nearly never has eight characters of an
 * octal number at that place. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06
 */
export function isTarHeader(block: Buffer): boolean {
  if (block.length < BLOCK || block[0] === 0) return false;
  for (let i = CHECKSUM.start; i < CHECKSUM.end; i += 1) if (!isOctalOrFill(block[i] ?? 0)) return false;
  const said = numberAt(block, CHECKSUM.start, CHECKSUM.end);
  return said > 0 && (said === sumOf(block, UNSIGNED) || said === sumOf(block, SIGNED));
}

export function headerFrom(block: Buffer): TarHeader {
  const isUstar = block.toString('latin1', 257, 262) === 'ustar';
  const isGnu = block[262] === SPACE;
  // GNU keeps times and the sparse map where POSIX keeps the beginning of a long name.
  const prefix = isUstar && !isGnu ? textAt(block, 345, 500) : Buffer.alloc(0);
  const name = textAt(block, 0, 100);
  const type = String.fromCharCode(block[156] ?? 0);
  return {
    name: prefix.length === 0 ? name : Buffer.concat([prefix, Buffer.from('/'), name]),
    size: numberAt(block, 124, 136),
    type: type === '\0' ? '0' : type,
    hasMoreMap: type === 'S' && block[482] === 1,
  };
}

const CHECKSUM = { start: 148, end: 156 } as const;
const SPACE = 0x20;

function isOctalOrFill(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x37) || byte === SPACE || byte === 0;
}

const UNSIGNED = 0;
/** Some old tars added up signed bytes. */
const SIGNED = 256;

function sumOf(block: Buffer, fold: number): number {
  let sum = 0;
  for (let i = 0; i < BLOCK; i += 1) {
    const byte = i >= CHECKSUM.start && i < CHECKSUM.end ? SPACE : (block[i] ?? 0);
    sum += byte < 128 ? byte : byte - fold;
  }
  return sum;
}

/** Octal text; large numbers as base 256, told by the first bit. NaN where it is neither. */
function numberAt(block: Buffer, start: number, end: number): number {
  const first = block[start] ?? 0;
  if (first === 0x80) return block.subarray(start + 1, end).reduce((sum, byte) => sum * 256 + byte, 0);
  const text = block.toString('latin1', start, end).replaceAll('\0', ' ').trim();
  if (text === '') return 0;
  return /^[0-7]+$/u.test(text) ? Number.parseInt(text, 8) : Number.NaN;
}

function textAt(block: Buffer, start: number, end: number): Buffer {
  const nul = block.indexOf(0, start);
  return block.subarray(start, nul >= start && nul < end ? nul : end);
}
