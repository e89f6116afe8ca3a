import { escapeForDisplay } from './display.ts';
import { plain } from './paint.ts';
import type { Line, Piece } from './paint.ts';
import { wrap } from './wrap.ts';

/** Lines of a paragraph: `first` stands before the first line, its width in spaces before the others. */
export function hanging(first: string, text: string, width: number): readonly Line[] {
  const indent = ' '.repeat(first.length);
  // Escaped before it is measured, because an escape is wider than what it stands for.
  return wrap(escapeForDisplay(text, 'newlines'), width - first.length).map((line, index) => [
    plain(`${index === 0 ? first : indent}${line}`),
  ]);
}

/** The same with a label in front that catches the eye. */
export function labelled(indent: string, label: string, text: string, width: number): readonly Line[] {
  const [first = [], ...rest] = hanging(indent, `${label} ${text}`, width);
  const [piece = plain('')] = first;
  const start = indent + label;
  if (!piece.text.startsWith(start)) return [first, ...rest];
  return [[plain(indent), { text: label, tone: 'heading' }, plain(piece.text.slice(start.length))], ...rest];
}

/** Text that is copied or clicked: never broken, each of its lines behind the same indent. */
export function whole(indent: string, text: string, tone: Piece['tone']): readonly Line[] {
  return text.split('\n').map((line) => [plain(indent), { text: line, tone }]);
}
