import type { Decoder } from './decoder.ts';
import { characterOf, escapeDecoder, LONG_VALUE } from './escapes.ts';

/** The named ones that can stand in a key or next to it. https://html.spec.whatwg.org/multipage/named-characters.html */
const NAMED: Readonly<Record<string, string>> = {
  // Hyphens of other kinds, where the one of a key was meant.
  dash: '-',
  hyphen: '-',
  lowbar: '_',
  UnderBar: '_',
  period: '.',
  sol: '/',
  plus: '+',
  equals: '=',
  colon: ':',
  commat: '@',
  amp: '&',
  AMP: '&',
  quot: '"',
  QUOT: '"',
  apos: "'",
  lsquo: "'",
  rsquo: "'",
  ldquo: '"',
  rdquo: '"',
  grave: '`',
  lt: '<',
  LT: '<',
  gt: '>',
  GT: '>',
  nbsp: ' ',
  NonBreakingSpace: ' ',
  Tab: '\t',
  NewLine: '\n',
  comma: ',',
  semi: ';',
  excl: '!',
  quest: '?',
  num: '#',
  dollar: '$',
  percnt: '%',
  ast: '*',
  midast: '*',
  lpar: '(',
  rpar: ')',
  lsqb: '[',
  lbrack: '[',
  rsqb: ']',
  rbrack: ']',
  lcub: '{',
  lbrace: '{',
  rcub: '}',
  rbrace: '}',
  bsol: '\\',
  verbar: '|',
  vert: '|',
  Hat: '^',
  // Nobody sees them, and they break a key.
  shy: '',
  ZeroWidthSpace: '',
  zwnj: '',
  zwj: '',
};

/** `&#45;`, `&#x2d;` for letters, digits and the signs of a key; and quotes before a long value. */
const SIGN = [
  '#0{0,8}(?:4[35-9]|5[0-8]|61|6[4-9]|[78][0-9]|90|95|9[7-9]|1[01][0-9]|12[0-26])(?![0-9])',
  '#[xX]0{0,8}(?:2[BbDdEeFf]|3[0-9AaDd]|[46][0-9A-Fa-f]|5[Ff]|[57][0-9Aa]|7[Ee])(?![0-9A-Fa-f])',
  '(?:dash|hyphen|lowbar|UnderBar|period|sol|plus|equals|colon|shy|ZeroWidthSpace|zwn?j);',
  `(?:quot|QUOT|apos|gt|lt|nbsp|#34|#39|#[xX]2[27]);(?=${LONG_VALUE})`,
].join('|');

/** The entities of HTML and XML; `&amp;#45;` needs a second turn. */
export const entity: Decoder = escapeDecoder({
  name: 'entity',
  sign: new RegExp(`&(?:amp;|#38;|#[xX]26;)*(?:${SIGN})`, 'gu'),
  escape: /&(?:#[0-9]{1,10}|#[xX][0-9A-Fa-f]{1,10}|[A-Za-z]{2,16}(?=;));?/gu,
  read: (found) => {
    const inner = found.slice(1).replace(';', '');
    if (!inner.startsWith('#')) return NAMED[inner] ?? null;
    const isHex = /^#x/iu.test(inner);
    return characterOf(Number.parseInt(inner.slice(isHex ? 2 : 1), isHex ? 16 : 10));
  },
});
