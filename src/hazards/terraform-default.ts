import { placeholderReason } from '../judge/placeholder.ts';
import type { HazardKind } from './hazard.ts';

export function isTerraform(path: string): boolean {
  return path.endsWith('.tf') || path.endsWith('.tofu');
}

const BLOCK = /^[^\S\r\n]*variable\s+"(?<name>[\w-]+)"\s*\{/gmu;
const DEFAULT = /^[^\S\r\n]*default\s*=\s*"(?<value>[^"\r\n]*)"/mu;

/** A key as the default of a variable. https://developer.hashicorp.com/terraform/language/values/variables */
export const terraformDefaults: HazardKind = function* (text, _path, names) {
  for (const { index, 0: head, groups } of text.matchAll(BLOCK)) {
    const name = groups?.['name'] ?? '';
    const key = names(name);
    const value = key === null ? undefined : DEFAULT.exec(bodyFrom(text, index + head.length))?.groups?.['value'];
    if (key === null || value === undefined || value.length < 8 || placeholderReason(value, false) !== null) continue;
    const start = index + head.indexOf(name);
    yield { at: { start, end: start + name.length }, name, provider: key.provider };
  }
};

/** Up to the brace that closes the block; validation blocks have braces of their own. */
function bodyFrom(text: string, start: number): string {
  let depth = 1;
  const longest = Math.min(text.length, start + 4000);
  for (let at = start; at < longest; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return text.slice(start, at);
  }
  return text.slice(start, longest);
}
