import { inflated } from './inflate.ts';
import { nowhere, type Member } from './member.ts';

/** The one thing in a gzip. The name that its header may give is the one that it had before, so it is not told. */
export function memberOfGzip(source: () => AsyncIterable<Buffer>): Member {
  return {
    kind: 'member',
    name: null,
    span: { start: 0, end: Number.POSITIVE_INFINITY },
    sourceOf: nowhere,
    chunks: () => inflated(source, 'gzip'),
    isRepeatable: true,
  };
}
