import { gzipSync } from 'node:zlib';
import { WIDE } from '../detection/wide.ts';
import type { KeyType } from './key-types.ts';

/** A writing that hides a key from a plain search. */
export interface Writing {
  readonly name: string;
  readonly write: (type: KeyType, key: string) => string | Buffer;
}

export const WRITINGS: readonly Writing[] = [
  ...WIDE.map(([name, encode]) => writing(name, (type, key) => encode(dotenv(type, key)))),
  ...WIDE.map(([name, encode]) => writing(`${name}, marked`, (type, key) => encode(`\ufeff${dotenv(type, key)}`))),
  ...['', 'a', 'ab'].map((shift, i) =>
    writing(`base64, alignment ${i}`, (type, key) => `data: ${base64(shift + dotenv(type, key))}\n`),
  ),
  ...['', 'a', 'ab'].map((shift, i) =>
    writing(`base64url, alignment ${i}`, (type, key) => `data: ${base64url(shift + dotenv(type, key))}\n`),
  ),
  writing('base64, 64 columns', (type, key) => wrap(base64(`${PADDING}${dotenv(type, key)}${PADDING}`), 64, '\n')),
  writing('base64, 76 columns', (type, key) => wrap(base64(`${PADDING}${dotenv(type, key)}${PADDING}`), 76, '\r\n')),
  writing('base64, folded in YAML', (type, key) => {
    const wrapped = wrap(base64(`${PADDING}${dotenv(type, key)}`), 60, '\n    ');
    return `data:\n  .env: >-\n    ${wrapped}\n`;
  }),
  writing('Kubernetes secret', ({ name }, key) => `kind: Secret\ndata:\n  ${name}: ${base64(key)}\n`),
  writing(
    'Kubernetes secret of a dotenv',
    (type, key) => `kind: Secret\ndata:\n  .env: ${base64(dotenv(type, key))}\n`,
  ),
  writing('base64 in base64', ({ name }, key) => `data: ${base64(`x: ${base64(`${name}=${key}\n`)}\n`)}\n`),
  writing('basic auth', ({ name }, key) => `# ${name}\nAuthorization: Basic ${base64(`${name}:${key}`)}\n`),
  writing('hex', (type, key) => `payload = "${hex(dotenv(type, key))}"\n`),
  writing('hex, upper case', (type, key) => `payload = "${hex(dotenv(type, key)).toUpperCase()}"\n`),
  writing('percent, every byte', (type, key) => `body=${percent(dotenv(type, key), /[^]/gu)}\n`),
  writing('percent, signs only', (type, key) => `body=${percent(dotenv(type, key), /[^A-Za-z0-9]/gu)}\n`),
  writing('percent, twice', (type, key) => `body=${percent(percent(dotenv(type, key), /[^A-Za-z0-9]/gu), /%/gu)}\n`),
  writing('\\u escapes', ({ name }, key) => `"${name}": "${escaped(key, (code) => `\\u${pad(code, 16, 4)}`)}"\n`),
  writing(
    '\\u escapes of signs',
    ({ name }, key) => `"${name}": "${signs(key, (code) => `\\u${pad(code, 16, 4)}`)}"\n`,
  ),
  writing('\\x escapes', ({ name }, key) => `${name} = "${escaped(key, (code) => `\\x${pad(code, 16, 2)}`)}"\n`),
  writing('octal escapes', ({ name }, key) => `${name} = "${escaped(key, (code) => `\\${pad(code, 8, 3)}`)}"\n`),
  writing('\\u{} escapes', ({ name }, key) => `${name} = "${escaped(key, (code) => `\\u{${code.toString(16)}}`)}"\n`),
  writing('entities, decimal', ({ name }, key) => `<p>${name}=${escaped(key, (code) => `&#${code};`)}</p>\n`),
  writing(
    'entities, hexadecimal',
    ({ name }, key) => `<p>${name}=${escaped(key, (code) => `&#x${code.toString(16)};`)}</p>\n`,
  ),
  writing('entities of signs', ({ name }, key) => `<p>${name}=${signs(key, (code) => `&#${code};`)}</p>\n`),
  writing('quoted-printable', (type, key) => quotedPrintable(dotenv(type, key))),
  writing('JSON in JSON', ({ name }, key) => JSON.stringify({ body: JSON.stringify({ [name]: key }) })),
  writing('JSON in JSON, twice', ({ name }, key) =>
    JSON.stringify({ a: JSON.stringify({ body: JSON.stringify({ [name]: key }) }) }),
  ),
  writing('notebook source', ({ name }, key) => notebook({ source: [`import os\n`, `${name} = "${key}"\n`] })),
  writing('notebook output', ({ name }, key) =>
    notebook({ source: ['show()'], outputs: [{ output_type: 'stream', text: [`${name}=${key}\n`] }] }),
  ),
  writing('JavaScript +', ({ name }, key) => `const ${name} = ${pieces(key, "'").join(' + ')};\n`),
  writing('JavaScript + over lines', ({ name }, key) => `const ${name} =\n  ${pieces(key, '"').join(' +\n  ')};\n`),
  writing('JavaScript join', ({ name }, key) => `const ${name} = [${pieces(key, "'").join(', ')}].join('');\n`),
  writing('JavaScript concat', ({ name }, key) => {
    const [first, ...others] = pieces(key, '"');
    return `const ${name} = ${first ?? ''}.concat(${others.join(', ')});\n`;
  }),
  writing('Python adjacent', ({ name }, key) => `${name} = (\n    ${pieces(key, '"').join('\n    ')}\n)\n`),
  writing('Python join', ({ name }, key) => `${name} = "".join([${pieces(key, "'").join(', ')}])\n`),
  writing('Go +', ({ name }, key) => `var ${name} = ${pieces(key, '"').join(' +\n\t')}\n`),
  writing('Java +', ({ name }, key) => `String ${name} = ${pieces(key, '"').join('\n        + ')};\n`),
  writing('C# +', ({ name }, key) => `const string ${name} = ${pieces(key, '"').join(' + ')};\n`),
  writing('Ruby adjacent', ({ name }, key) => `${name} = ${pieces(key, "'").join(' \\\n  ')}\n`),
  writing('PHP .', ({ name }, key) => `$${name} = ${pieces(key, "'").join(' . ')};\n`),
  writing('shell adjacent', ({ name }, key) => `export ${name}=${pieces(key, "'").join('')}\n`),
  writing('shell continuation', ({ name }, key) => `export ${name}=${halves(key).join('\\\n')}\n`),
  writing('YAML folded', ({ name }, key) => `env:\n  ${name}: >-\n    ${key}\n  DEBUG: 1\n`),
  writing('YAML literal', ({ name }, key) => `env:\n  ${name}: |\n    ${key}\n`),
  writing('YAML, broken in quotes', ({ name }, key) => `env:\n  ${name}: "${halves(key).join('\\\n    ')}"\n`),
  writing('Makefile continuation', ({ name }, key) => `${name} = \\\n  ${key}\nall:\n`),
  writing('Dockerfile continuation', ({ name }, key) => `ENV A=1 \\\n    ${name}=${halves(key).join('\\\n')}\n`),
  writing('mail, wrapped', ({ name }, key) => wrap(`Please use ${name}=${key} from now on`, 40, '\n')),
  writing('mail, 64 columns', ({ name }, key) => wrap(`${name}="${key}" from now on.`, 64, '\n')),
  writing('mail, quoted, 72 columns', ({ name }, key) => `> ${wrap(`${name}: '${key}' is new.`, 72, '\n> ')}\n`),
  writing('mail, 76 columns', ({ name }, key) => wrap(`${name}: "${key}" as agreed.`, 76, '\r\n')),
  writing('gzip', (type, key) => gzipSync(dotenv(type, key))),
];

const PADDING = '# one line of settings that stands before or behind the others\n';

function writing(name: string, write: Writing['write']): Writing {
  return { name, write };
}

function dotenv({ name }: KeyType, key: string): string {
  return `PORT=3000\n${name}=${key}\nDEBUG=1\n`;
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function hex(text: string): string {
  return Buffer.from(text).toString('hex');
}

function wrap(text: string, columns: number, end: string): string {
  return (text.match(new RegExp(`[^]{1,${columns}}`, 'gu')) ?? []).join(end);
}

function percent(text: string, which: RegExp): string {
  return text.replaceAll(which, (character) => `%${pad(character.charCodeAt(0), 16, 2).toUpperCase()}`);
}

function pad(code: number, base: number, width: number): string {
  return code.toString(base).padStart(width, '0');
}

function escaped(text: string, escape: (code: number) => string): string {
  return text.replaceAll(/[^]/gu, (character) => escape(character.charCodeAt(0)));
}

function signs(text: string, escape: (code: number) => string): string {
  return text.replaceAll(/[^A-Za-z0-9]/gu, (character) => escape(character.charCodeAt(0)));
}

/** RFC 2045, 6.7: lines of at most 76 characters, broken by `=` at their end. */
function quotedPrintable(text: string): string {
  const encoded = text.replaceAll(
    /[^A-Za-z0-9 \n.:;,/-]/gu,
    (sign) => `=${pad(sign.charCodeAt(0), 16, 2).toUpperCase()}`,
  );
  return encoded
    .split('\n')
    .flatMap((line) => line.match(/(?:=[0-9A-F]{2}|[^=]){1,25}/gu)?.join('=\r\n') ?? '')
    .join('\r\n');
}

function notebook(cell: { readonly source: readonly string[]; readonly outputs?: readonly unknown[] }): string {
  const code = { cell_type: 'code', execution_count: 1, metadata: {}, outputs: [], ...cell };
  return `${JSON.stringify({ cells: [code], metadata: {}, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}

/** Three pieces in quotes. */
function pieces(key: string, quote: string): readonly string[] {
  const cuts = [0, Math.floor(key.length / 3), Math.floor((2 * key.length) / 3), key.length];
  return [0, 1, 2].map((i) => `${quote}${key.slice(cuts[i], cuts[i + 1])}${quote}`);
}

function halves(key: string): readonly string[] {
  const middle = Math.floor(key.length / 2);
  return [key.slice(0, middle), key.slice(middle)];
}
