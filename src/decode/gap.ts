/** No gap is longer, so that a text full of beginnings is read in time. */
const MOST = 300;
const COMMENT = /(?:\/\/|#|--)[^\r\n]{0,200}[\r\n]|\/\*(?:[^*]|\*(?!\/)){0,200}\*\/|[\\_]\r?\n/uy;

/** Where the blanks, comments and continued lines end that begin at `at`, as source code has them between two tokens. */
export function gapEnd(text: string, at: number): number {
  let end = at;
  while (end - at < MOST) {
    const code = text.charCodeAt(end);
    if (isBlank(code)) {
      end += 1;
      continue;
    }
    if (!BEGINS_COMMENT.has(code)) return end;
    COMMENT.lastIndex = end;
    if (!COMMENT.test(text)) return end;
    end = COMMENT.lastIndex;
  }
  return end;
}

function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

const BEGINS_COMMENT: ReadonlySet<number> = new Set(Array.from('/#-\\_', (sign) => sign.charCodeAt(0)));
