import { escapeForDisplay, notACommand } from './display.ts';

/** What a piece of text is; the table below says how that looks. Nothing may depend on colour to be understood. */
export type Tone = 'plain' | 'verdict' | 'heading' | 'place' | 'key' | 'command' | 'faint' | 'fixed';

export interface Piece {
  readonly text: string;
  readonly tone: Tone;
}

/** A line of a report, without its newline. */
export type Line = readonly Piece[];

export function plain(text: string): Piece {
  return { text, tone: 'plain' };
}

/**
 * Every byte that a pretty report prints goes through here: whatever stands in a text, nothing but our own colours
 * reaches the terminal.
 */
export function paint(lines: readonly Line[], colour: boolean): string {
  return lines.map((line) => `${paintLine(line, colour)}\n`).join('');
}

function paintLine(line: Line, colour: boolean): string {
  const first = line.findIndex((piece) => piece.text.trim() !== '');
  return line
    .map(({ text, tone }, index) => {
      // Ours alone: what folds a log must reach the build server.
      if (tone === 'fixed') return text;
      const safe = escapeForDisplay(text);
      return inColour(index === first ? notACommand(safe) : safe, colour ? SGR[tone] : '');
    })
    .join('')
    .trimEnd();
}

/** Select Graphic Rendition, ECMA-48 8.3.117. The 16 basic colours: the user's theme makes them readable. */
const SGR: Readonly<Record<Tone, string>> = {
  plain: '',
  verdict: '1;31',
  heading: '1',
  place: '36',
  key: '31',
  command: '32',
  faint: '2',
  fixed: '',
};

function inColour(text: string, code: string): string {
  return code === '' || text === '' ? text : `\u001b[${code}m${text}\u001b[0m`;
}
