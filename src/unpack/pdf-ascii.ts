/** Four bytes in five characters from `!` to `u`; `z` stands for four NULs, `~` ends it, anything else is left out. */
export function fromAscii85(text: Buffer): Buffer {
  const bytes = Buffer.alloc(4 * text.length + 4);
  let length = 0;
  let value = 0;
  let digits = 0;
  for (const code of text.subarray(text.toString('latin1', 0, 2) === '<~' ? 2 : 0)) {
    if (code === TILDE) break;
    if (code === ZERO && digits === 0) length += 4;
    if (code < FIRST || code > LAST) continue;
    value = value * 85 + code - FIRST;
    digits += 1;
    if (digits < 5) continue;
    length = bytes.writeUInt32BE(value % 2 ** 32, length);
    value = 0;
    digits = 0;
  }
  if (digits < 2) return bytes.subarray(0, length);
  for (let i = digits; i < 5; i += 1) value = value * 85 + LAST - FIRST;
  bytes.writeUInt32BE(value % 2 ** 32, length);
  return bytes.subarray(0, length + digits - 1);
}

export function fromAsciiHex(text: Buffer): Buffer {
  const digits = text
    .toString('latin1')
    .replace(/>[^]*$/u, '')
    .replaceAll(/[^0-9A-Fa-f]/gu, '');
  return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex');
}

const TILDE = 0x7e;
const ZERO = 0x7a;
const FIRST = 0x21;
const LAST = 0x75;
