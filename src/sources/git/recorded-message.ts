/** What git takes out of a message before it records it. */
export interface Cleanup {
  /** What a comment begins with; `auto` is whatever git has chosen for this message. */
  readonly marker: string;
  /** Whether comments, and the diff under a scissors line, are taken out. */
  readonly comments: boolean;
  readonly diff: boolean;
}

/** What git will record of the file that commit-msg is given, in bytes as latin1 text. */
export function recordedMessage(file: string, { marker, comments, diff }: Cleanup): string {
  const char = marker === 'auto' ? markerIn(file) : marker;
  if (char === null) return file;
  const text = diff ? aboveScissors(file, char) : file;
  if (!comments) return text;
  return text
    .split('\n')
    .filter((line) => !line.startsWith(char))
    .join('\n')
    .replace(/^\n+/u, '');
}

/** https://github.com/git/git/blob/v2.39.0/wt-status.c (wt_status_locate_end) */
function aboveScissors(text: string, char: string): string {
  const line = `${char} ------------------------ >8 ------------------------\n`;
  if (text.startsWith(line)) return '';
  const at = text.indexOf(`\n${line}`);
  return at < 0 ? text : text.slice(0, at + 1);
}

/** https://github.com/git/git/blob/v2.39.0/builtin/commit.c (adjust_comment_line_char) */
const CANDIDATES = '#;@!$%^&|:';

/**
 * Git has chosen a character with which no line of the message began, and ended the file with comments: a block that
 * holds a line of that character alone. Where there is none, nothing is taken for a comment.
 */
function markerIn(text: string): string | null {
  const lines = text.split('\n').filter((line) => line !== '');
  const scissors = lines.find((line) => SCISSORS.test(line));
  if (scissors !== undefined) return scissors.charAt(0);
  const char = lines.at(-1)?.charAt(0) ?? '';
  if (char === '' || !CANDIDATES.includes(char)) return null;
  const start = lines.findLastIndex((line) => !line.startsWith(char)) + 1;
  return lines.slice(start).includes(char) ? char : null;
}

const SCISSORS = /^[#;@!$%^&|:] -{24} >8 -{24}$/u;
