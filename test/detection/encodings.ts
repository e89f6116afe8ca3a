/** A way to write a text. The bytes of `encode(text)` stand for it from the first to the last. */
export type Written = readonly [name: string, decoded: readonly string[], encode: (text: string) => string];

/** Encodings that write every character. */
export const WRITINGS: readonly Written[] = [
  ['base64', ['base64'], base64],
  ['base64 without padding', ['base64'], (text) => base64(text).replaceAll('=', '')],
  ['base64url', ['base64'], (text) => Buffer.from(text, 'latin1').toString('base64url')],
  ['base64 in lines of 64', ['base64'], (text) => inLines(base64(text), 64, '\n')],
  ['base64 in lines of 76, CRLF', ['base64'], (text) => inLines(base64(text), 76, '\r\n')],
  ['base64 in lines of 70, indented', ['base64'], (text) => inLines(base64(text), 70, '\n      ')],
  ['base64 in a string of lines', ['base64'], (text) => inLines(base64(text), 64, '\\n')],
  ['base64 twice', ['base64', 'base64'], (text) => base64(base64(text))],
  ['base64 of a wrapped base64', ['base64', 'base64'], (text) => base64(inLines(base64(text), 76, '\n'))],
  ['base64 of UTF-16', ['base64', 'utf-16'], (text) => Buffer.from(text, 'utf16le').toString('base64')],
  ['hexadecimal', ['hex'], hexadecimal],
  ['HEXADECIMAL', ['hex'], (text) => hexadecimal(text).toUpperCase()],
  ['bytes with colons', ['hex'], (text) => each(text, (code) => hex(code)).join(':')],
  ['bytes with blanks', ['hex'], (text) => each(text, (code) => hex(code)).join(' ')],
  ['a list of bytes', ['hex'], (text) => each(text, (code) => `0x${hex(code)}`).join(', ')],
  ['a list in lines', ['hex'], (text) => inLines(each(text, (code) => `0x${hex(code)}`).join(', '), 72, '\n    ')],
  ['hexadecimal of base64', ['hex', 'base64'], (text) => hexadecimal(base64(text))],
  ['percent', ['percent'], (text) => each(text, (code) => `%${hex(code).toUpperCase()}`).join('')],
  ['percent twice', ['percent', 'percent'], (text) => each(text, (code) => `%25${hex(code)}`).join('')],
  ['\\u', ['escape'], (text) => each(text, (code) => `\\u${hex(code, 4)}`).join('')],
  ['\\u{}', ['escape'], (text) => each(text, (code) => `\\u{${hex(code)}}`).join('')],
  ['\\U', ['escape'], (text) => each(text, (code) => `\\U${hex(code, 8)}`).join('')],
  ['\\x', ['escape'], (text) => each(text, (code) => `\\x${hex(code)}`).join('')],
  ['octal', ['escape'], (text) => each(text, (code) => `\\${code.toString(8).padStart(3, '0')}`).join('')],
  ['decimal entities', ['entity'], (text) => each(text, (code) => `&#${code};`).join('')],
  ['hexadecimal entities', ['entity'], (text) => each(text, (code) => `&#x${hex(code)};`).join('')],
  ['entities twice', ['entity', 'entity'], (text) => each(text, (code) => `&amp;#${code};`).join('')],
  ['quoted-printable', ['quoted-printable'], (text) => each(text, (code) => `=${hex(code).toUpperCase()}`).join('')],
];

/** The same for some characters only, as programs write them. */
export const PARTLY: readonly Written[] = [
  ['percent of signs', ['percent'], signs((code) => `%${hex(code).toUpperCase()}`)],
  ['percent of signs, twice', ['percent', 'percent'], signs((code) => `%25${hex(code)}`)],
  ['\\u of signs', ['escape'], signs((code) => `\\u${hex(code, 4)}`)],
  ['\\\\u of signs', ['escape'], signs((code) => `\\\\u${hex(code, 4)}`)],
  ['\\x of letters', ['escape'], letters((code) => `\\x${hex(code)}`)],
  ['octal of signs', ['escape'], signs((code) => `\\${code.toString(8).padStart(3, '0')}`)],
  ['entities of signs', ['entity'], signs((code) => `&#${code};`)],
  ['named entities of signs', ['entity'], signs((code) => (code === 0x2d ? '&dash;' : '&lowbar;'))],
  ['entities of letters', ['entity'], letters((code) => `&#x${hex(code)};`)],
  ['quoted-printable of signs', ['quoted-printable'], signs((code) => `=${hex(code).toUpperCase()}`)],
  ['a soft line break', ['quoted-printable'], (text) => `${text.slice(0, 9)}=\r\n${text.slice(9)}`],
];

export function base64(text: string): string {
  return Buffer.from(text, 'latin1').toString('base64');
}

function hexadecimal(text: string): string {
  return Buffer.from(text, 'latin1').toString('hex');
}

export function inLines(text: string, width: number, between: string): string {
  return (text.match(new RegExp(`[^]{1,${width}}`, 'gu')) ?? []).join(between);
}

function each(text: string, write: (code: number) => string): readonly string[] {
  return Array.from(text, (character) => write(character.charCodeAt(0)));
}

function hex(code: number, digits = 2): string {
  return code.toString(16).padStart(digits, '0');
}

function signs(write: (code: number) => string): (text: string) => string {
  return (text) => text.replaceAll(/[-_]/gu, (sign) => write(sign.charCodeAt(0)));
}

function letters(write: (code: number) => string): (text: string) => string {
  return (text) => text.replaceAll(/[aehkpst]/gu, (letter) => write(letter.charCodeAt(0)));
}
