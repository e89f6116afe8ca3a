import type { Decoder } from './decoder.ts';
import { escapeDecoder, LONG_VALUE } from './escapes.ts';

/** Letters, digits and the signs that keys hold; a URL in a URL; an equals sign, quote or the like before a long value. */
const SIGN = [
  '(?:2[BbDdEe]|3[0-9]|[46][1-9A-Fa-f]|5[Ff]|[57][0-9Aa])',
  '3[Aa]%(?:25)*2[Ff]%(?:25)*2[Ff]',
  `(?:0[AaDd]|2[0267Ff]|3[AaBbDd])${LONG_VALUE}`,
].join('|');

const sign = new RegExp(`%(?:25)*(?:${SIGN})`, 'gu');

/** `%2D`, as URLs and forms have it; `%252D` needs a second turn. https://url.spec.whatwg.org/#percent-encoded-bytes */
const inUrl: Decoder = escapeDecoder({ name: 'percent', sign, escape: /%[0-9A-Fa-f]{2}/gu, read });

/** The same in a form, where a blank is written `+`. https://url.spec.whatwg.org/#urlencoded-parsing */
const inForm: Decoder = escapeDecoder({ name: 'percent', sign, escape: /%[0-9A-Fa-f]{2}|\+/gu, read });

function read(escape: string): string {
  return escape === '+' ? ' ' : String.fromCharCode(Number.parseInt(escape.slice(1), 16));
}

export const percent: Decoder = {
  name: 'percent',
  sign,
  *decode(view) {
    yield* inUrl.decode(view);
    if (view.text.includes('+')) yield* inForm.decode(view);
  },
};
