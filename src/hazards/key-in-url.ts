import type { HazardKind } from './hazard.ts';
import { isInComment, lineBefore } from './quiet.ts';

/** A parameter of a URL, then what puts a variable there: `${…}`, `{…}`, `$NAME`, `" + …`, `#{…}`, `{{ … }}`. */
const PARAMETER = String.raw`[?&](?:key|api[_-]?key|access[_-]?token|token|auth|subscription-key|x-api-key)=`;
const PUT = String.raw`(?:["'\x60]\s{0,4}(?:\+|\.)\s{0,4}|\$\{\{?\s?|\$\(|\$|#\{|\{\{?\s?|%)`;
/** What a variable is read from: `process.env.`, `import.meta.env.`, `os.environ["`, `ENV['`, `this.config.`. */
const FROM = String.raw`(?:[A-Za-z_]\w{0,30}(?:\(\))?(?:\?\.|\.|\[|\(|->|::)["']?){0,4}`;
const IN_URL = new RegExp(`${PARAMETER}${PUT}(?:encodeURIComponent\\()?${FROM}(?<name>[A-Za-z_]\\w{3,60})`, 'gu');

/** The variable of a key in a URL. */
export const keysInUrls: HazardKind = function* (text, _path, names) {
  for (const { index, 0: whole, groups } of text.matchAll(IN_URL)) {
    const name = groups?.['name'] ?? '';
    const key = names(name);
    if (key === null || isInComment(lineBefore(text, index))) continue;
    yield {
      at: { start: index + whole.length - name.length, end: index + whole.length },
      name,
      provider: key.provider,
    };
  }
};
