import type { HazardKind } from './hazard.ts';
import { isInComment, isInText, lineBefore } from './quiet.ts';

const OPTION = 'dangerouslyAllowBrowser';
const SWITCHED_ON = new RegExp(String.raw`(?<![\w.])(?<name>${OPTION})["']?\s{0,4}[:=]\s{0,4}\{?\s{0,4}true\b`, 'gu');

/** The client of a provider that is told to run in a browser, with its key. https://github.com/openai/openai-node#requirements */
export const browserClients: HazardKind = function* (text) {
  for (const { index, 0: whole } of text.matchAll(SWITCHED_ON)) {
    const before = lineBefore(text, index);
    // The clients themselves explain it in an error message.
    if (isInComment(before) || isInText(before.replace(/["']$/u, ''))) continue;
    yield { at: { start: index, end: index + whole.length }, name: OPTION, provider: null };
  }
};
