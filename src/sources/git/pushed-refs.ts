import { KeyguardError } from '../../errors.ts';
import type { RawPath } from '../../model/fragment.ts';
import { rawPathFrom } from '../../model/fragment.ts';

/** One line of what git tells a hook of a push. */
export interface PushedRef {
  /** As the receiver will call it: `refs/heads/main`. */
  readonly ref: RawPath;
  /** What it will be; null if it is deleted. */
  readonly now: string | null;
  /** What the receiver has there; null if it is new. Need not be known here. */
  readonly before: string | null;
}

/**
 * Stdin of `pre-push`: local name, local id, remote name, remote id. A local name is what somebody typed and can hold
 * spaces (`main@{1 day ago}`), so a line is read from its end. https://git-scm.com/docs/githooks#_pre_push
 */
export function refsFromPrePush(stdin: Buffer): readonly PushedRef[] {
  return linesOf(stdin, 'pre-push').map((line) => {
    const { now, ref, before } = PRE_PUSH.exec(line)?.groups ?? {};
    return pushedRef(ref, now, before, 'pre-push');
  });
}

/** Stdin of `pre-receive`: old id, new id, name. https://git-scm.com/docs/githooks#pre-receive */
export function refsFromPreReceive(stdin: Buffer): readonly PushedRef[] {
  return linesOf(stdin, 'pre-receive').map((line) => {
    const { now, ref, before } = PRE_RECEIVE.exec(line)?.groups ?? {};
    return pushedRef(ref, now, before, 'pre-receive');
  });
}

const PRE_PUSH = /^.+ (?<now>[0-9a-f]{40}|[0-9a-f]{64}) (?<ref>[^ ]+) (?<before>[0-9a-f]{40}|[0-9a-f]{64})$/su;
const PRE_RECEIVE = /^(?<before>[0-9a-f]{40}|[0-9a-f]{64}) (?<now>[0-9a-f]{40}|[0-9a-f]{64}) (?<ref>[^ ]+)$/su;

/** In latin1, so that every byte of a name stays. The last line ends like the others; a half one was cut off. */
function linesOf(stdin: Buffer, hook: string): readonly string[] {
  if (stdin.length === 0) return [];
  const lines = stdin.toString('latin1').split('\n');
  if (lines.pop() !== '') throw unclear(hook);
  return lines;
}

function pushedRef(
  ref: string | undefined,
  now: string | undefined,
  before: string | undefined,
  hook: string,
): PushedRef {
  if (ref === undefined || now === undefined || before === undefined) throw unclear(hook);
  return { ref: rawPathFrom(Buffer.from(ref, 'latin1')), now: orNull(now), before: orNull(before) };
}

/** Zeros stand for "nothing", in as many digits as an id has. */
function orNull(oid: string): string | null {
  return /^0+$/u.test(oid) ? null : oid;
}

function unclear(hook: string): KeyguardError {
  return new KeyguardError(
    'usage',
    `standard input is not what git gives to ${hook}; a hook that calls others must pass it on unchanged.`,
  );
}
