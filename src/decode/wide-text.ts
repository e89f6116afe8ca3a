import type { Decoder } from './decoder.ts';
import { clustersOf, splice } from './splice.ts';

/** Letters of UTF-16, little-endian. */
const RUN = /(?:[\x01-\xff]\0){8,}/gu;

/** UTF-16 in what was decoded: the base64 of a PowerShell command. In the bytes of a file `wide.ts` reads it. */
export const wideText: Decoder = {
  name: 'utf-16',
  isSeenIn: (text) => text.includes('\0'),
  *decode(view) {
    if (view.isDecoded === undefined) return;
    const runs = Array.from(view.text.matchAll(RUN), ({ index, 0: run }) => ({
      start: index,
      end: index + run.length,
    }));
    for (const cluster of clustersOf(view, 'utf-16', runs)) {
      yield splice(
        view,
        'utf-16',
        cluster,
        cluster.members.map(({ start, end }) => ({
          start,
          end,
          text: view.text.slice(start, end).replaceAll('\0', ''),
          step: [1, 2] as const,
        })),
      );
    }
  },
};
