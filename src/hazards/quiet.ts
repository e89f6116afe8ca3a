/** Prose about keys, which nobody runs. */
export function isDocumentation(path: string): boolean {
  return (
    /\.(?:md|mdx|mdc|markdown|rst|adoc|asciidoc|txt|tex|po|pot)$/iu.test(path) ||
    /(?:^|\/)(?:CHANGELOG|README|LICENSE)[^/]*$/u.test(path)
  );
}

/** What a test writes is never deployed. */
export function isTest(path: string): boolean {
  return TEST_FOLDER.test(path) || TEST_FILE.test(path);
}

const TEST_FOLDER =
  /(?:^|\/)(?:(?:[\w-]+[-_])?tests?(?:[-_][\w-]+)?|__(?:tests|mocks|fixtures|snapshots)__|specs?|fixtures?|e2e|testdata|mocks?|cassettes?)\//iu;
const TEST_FILE = /[._-](?:test|tests|spec|e2e|mock|stories)\.\w+$|(?:^|\/)(?:test_[^/]+|conftest)\.py$/iu;

/** What stands before a place on its line. */
export function lineBefore(text: string, at: number): string {
  return text.slice(Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1), at - REACH) + 1, at);
}

/** What stands on the line from a place on. */
export function lineFrom(text: string, at: number): string {
  return /^[^\r\n]*/u.exec(text.slice(at, at + REACH))?.[0] ?? '';
}

/** A minified file is one line. */
const REACH = 400;

/** The line is a comment, or a comment begins in front of the place. `//` behind a colon belongs to a URL. */
export function isInComment(before: string): boolean {
  return /^\s*(?:#|\/\/|\/\*|\*|<!--|--|;|"""|%)|\s#\s|(?<!:)\/\/\s|\/\*(?!.*\*\/)|<!--(?!.*-->)/u.test(before);
}

/** A quote is open: the place is in a text. */
export function isInText(before: string): boolean {
  let open = '';
  for (let i = 0; i < before.length; i += 1) {
    const character = before.charAt(i);
    if (character === '\\') i += 1;
    else if (open === '' && QUOTES.includes(character) && !isApostrophe(before, i)) open = character;
    else if (character === open) open = '';
  }
  return open !== '';
}

const QUOTES = '"\'`';

function isApostrophe(text: string, at: number): boolean {
  return text[at] === "'" && /\w/u.test(text.charAt(at - 1)) && /\w/u.test(text.charAt(at + 1));
}
