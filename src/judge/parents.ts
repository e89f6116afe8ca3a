/**
 * The lines that the last one belongs to, nearest first, each without what opens it: sections, keys of mappings, objects
 * and calls. `lines` ends with the beginning of the line that the value stands on.
 */
export function parentsOf(lines: readonly string[]): readonly string[] {
  const parents: string[] = [];
  const own = lines.at(-1) ?? '';
  let depth = indentation(own);
  let isChained = CHAINED.test(own);
  for (let i = lines.length - 2; i >= 0; i -= 1) {
    const line = lines[i] ?? '';
    if (line.trim() === '') continue;
    const section = SECTION.exec(line)?.groups?.['name'];
    if (section !== undefined) return [...parents, section];
    const isBegun = i === lines.length - 2 && ALONE.test(own) && UNFINISHED.test(line);
    if (indentation(line) >= depth && !isChained && !isBegun) continue;
    depth = Math.min(depth, indentation(line));
    const head = isChained ? line.replace(/\(.*$/u, '') : headOf(line);
    isChained &&= CHAINED.test(line);
    if (head === null) continue;
    if (BLOCK.test(head)) return parents;
    parents.push(head);
  }
  return parents;
}

/** A hyphen of a list counts as indentation: what follows it is inside of it. */
function indentation(line: string): number {
  return /^[\s-]*/u.exec(line)?.[0].length ?? 0;
}

/** A call on what the line before gives. */
const CHAINED = /^\s*(?:\.|\?\.|->)\w/u;

/** `[outer]` and `[[outer.inner]]` of TOML and INI files. */
const SECTION = /^\s*\[{1,2}\s*(?<name>[\w."' -]{1,80})\]{1,2}\s*(?:[#;].*)?$/u;

/** The value stands alone on the next line, whatever its indentation. */
const ALONE = /^\s*["'`]{0,3}$/u;
const UNFINISHED = /[=:]\s*(?:[|>][+-]?)?\s*$/u;

/** What an opening line says before it opens: a bracket, a colon, an element. */
function headOf(line: string): string | null {
  for (const pattern of [/^(?<head>.*?)\s*(?:=>\s*)?[({[]+\s*$/u, MAPPING, ELEMENT]) {
    const head = pattern.exec(line)?.groups?.['head'];
    if (head !== undefined) return head;
  }
  return null;
}

const MAPPING = /^[\s-]*(?<head>["']?[\w.$-]{1,80}["']?\s*[:=])\s*(?:[|>][+-]?|\\)?\s*$/u;
const ELEMENT = /^\s*<(?<head>[\w.-]{1,80})[^<>]*>\s*$/u;

/** Code of its own: the name of a function or a test says nothing of the values in it. */
const BLOCK =
  /^\s*(?:export\s+)?(?:[a-z]{5}\s+)?(?:def|function|fn|func|fun|class|if|for|while|describe|it|test|try|else|switch)\b|\)\s*(?:(?::|->)\s*[\w<>[\]., |]+)?$/u;
