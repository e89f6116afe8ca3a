import { overlaps, type Span } from './model/span.ts';
import type { Detection } from './read-fragment.ts';
import type { Member } from './unpack/member.ts';

/** What was found in a container. */
export interface FoundInside {
  readonly detection: Detection;
  /** Where its first and its last byte lie in the container, if they lie there as they are. */
  readonly source: Span | null;
  /** Of the member, in the container. */
  readonly member: Span;
}

/**
 * What lies in a member as it is was found in the container's own bytes as well: the member tells more. What deflates
 * badly can lie there as it is, too, although the member is packed.
 */
export function withoutTwins(own: readonly Detection[], inside: readonly FoundInside[]): readonly Detection[] {
  if (own.length === 0 || inside.length === 0) return own;
  const spans = inside.flatMap(({ detection, source }) => (source === null ? [] : piecesOf(source, detection)));
  const packed = inside.filter(({ source }) => source === null);
  return own.filter(
    (one) =>
      !spans.some((span) => overlaps(span, { start: one.offset, end: one.end })) &&
      !packed.some(({ detection, member }) => isSame(one, detection) && isIn(one, member)),
  );
}

function isSame(a: Detection, b: Detection): boolean {
  return a.identity === b.identity && a.finding.ruleId === b.finding.ruleId;
}

function isIn({ offset }: Detection, { start, end }: Span): boolean {
  return offset >= start && offset < end;
}

/** A key can go on elsewhere, in an overflow page: then its beginning and its end are told apart. */
function piecesOf({ start, end }: Span, { secret }: Detection): readonly Span[] {
  return [
    { start, end: start + secret.length },
    { start: end - secret.length, end },
  ];
}

/** What was found in a member, by offsets in the container. */
export function inContainer(
  found: Pick<FoundInside, 'detection' | 'source'>,
  member: Member,
  ordinal: number,
): FoundInside {
  const { detection, source } = found;
  const { start } = member.span;
  return {
    detection: { ...detection, offset: start, within: [ordinal, detection.offset, ...detection.within] },
    source: source === null ? null : sourceIn(source, member),
    member: member.span,
  };
}

function sourceIn({ start, end }: Span, { sourceOf }: Member): Span | null {
  const first = sourceOf(start);
  const last = sourceOf(end - 1);
  return first === null || last === null ? null : { start: first, end: last + 1 };
}
