// A few lines in a file of somebody else, between two comments. The first seals what is between them, so that an edit by
// hand is seen; an edit around them is nobody's business. YAML, TOML and sh have the same comments.
import { createHash } from 'node:crypto';

export function markedLines(lines: readonly string[], indent: string, eol: string): string {
  const all = [`${OPEN} ${sealOf(lines)} taken out again by "keyguard uninstall"`, ...lines, CLOSE];
  return all.map((line) => `${indent}${line}${eol}`).join('');
}

export interface TakenOut {
  readonly text: string;
  /** Somebody changed what keyguard wrote; that stays. */
  readonly isEdited: boolean;
}

/** The text without what `markedLines` put in. */
export function takeMarkedOut(text: string): TakenOut {
  let isEdited = false;
  const kept = text.replaceAll(BLOCK, (block, seal: string, body: string) => {
    const lines = body.split('\n').map((line) => line.trim());
    if (seal === sealOf(lines.slice(0, -1))) return '';
    isEdited = true;
    return block;
  });
  return { text: kept, isEdited: isEdited || kept.includes(OPEN) || kept.includes(CLOSE) };
}

const OPEN = '# >>> keyguard >>>';
const CLOSE = '# <<< keyguard <<<';
const BLOCK =
  /^[ \t]*# >>> keyguard >>> (?<seal>[0-9a-f]{8})[^\n]*\n(?<body>(?:(?!.*# >>> keyguard)[^\n]*\n)*?)[ \t]*# <<< keyguard <<<[ \t]*\r?(?:\n|$)/gmu;

/** Indentation and line ends belong to the file. */
function sealOf(lines: readonly string[]): string {
  return createHash('sha256')
    .update(lines.map((line) => line.trim()).join('\n'))
    .digest('hex')
    .slice(0, 8);
}

export function eolOf(text: string): '\n' | '\r\n' {
  return /\r\n/u.test(text) ? '\r\n' : '\n';
}
