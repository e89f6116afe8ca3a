import type { Shown } from '../../model/finding.ts';

/** A path from the top of the repository as a relative URI reference, RFC 3986, 4.2. */
export function relativeUri(path: Shown): string {
  return path.split('/').map(encodeSegment).join('/');
}

/** A lone surrogate has no encoding; the sink lets none through, and nothing here may throw. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.replaceAll(/\p{Cs}/gu, '\ufffd'));
}
