import type { View } from '../model/view.ts';
import type { Cover } from './mask.ts';

/** In bytes of the fragment, so that it is all the same how that is cut into windows. */
const BLOCK = 2048;
/** Beyond a block, in characters: what its snippets show, and what tells there that a key is one. */
const BEYOND = 2000;

/**
 * Looks for covers around a place of a view, once for all places in a block: with ten thousand findings in a line, each
 * would else look at what its neighbours have looked at.
 */
export function inBlocks(coversIn: (text: string) => readonly Cover[]): (view: View, at: number) => readonly Cover[] {
  const blocks = new WeakMap<View, Block>();
  return (view, at) => {
    const base = view.toSource({ start: 0, end: 0 }).start;
    const start = at - ((base + at) % BLOCK);
    const known = blocks.get(view);
    if (known?.start === start) return known.covers;
    const from = Math.max(0, start - BEYOND);
    const covers = coversIn(view.text.slice(from, start + BLOCK + BEYOND)).map((cover) => ({
      ...cover,
      start: cover.start + from,
      end: cover.end + from,
    }));
    blocks.set(view, { start, covers });
    return covers;
  };
}

/** The last block that was asked for: findings come in the order of the text. */
interface Block {
  readonly start: number;
  readonly covers: readonly Cover[];
}
