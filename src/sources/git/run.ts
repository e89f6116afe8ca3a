import type { ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { KeyguardError } from '../../errors.ts';
import type { Host } from '../../host.ts';
import { GIT_OPTIONS, gitEnvironment } from './environment.ts';
import type { GitEnd } from './failure.ts';
import { describeFailure, describeGoneFolder } from './failure.ts';
import { findGit } from './find-git.ts';
import { watchSilence } from './silence.ts';

/** What every git child of one run shares. */
export interface Git {
  readonly host: Host;
  /** Absolute path of the program. */
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
  /** A child that is waited for and says nothing for so long is ended. */
  readonly silenceMs: number;
}

export interface GitOptions {
  /** Written to git's stdin, which is then closed. */
  readonly input?: Iterable<string | Uint8Array>;
  /** Exit codes that are an answer, [0] if not given. Any other end is a `KeyguardError`. */
  readonly ok?: readonly number[];
  /** Whether paths among the arguments may be patterns; literal if not given. */
  readonly pathspecs?: 'literal' | 'magic';
}

export interface GitOutput {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

const SILENCE_MS = 20_000;
const STDERR_KEPT = 8192;

const opened = new WeakMap<Host, Omit<Git, 'silenceMs'>>();

/** Git is looked for once per host. Throws `KeyguardError` if there is none. */
export function openGit(host: Host, silenceMs: number = SILENCE_MS): Git {
  const git = opened.get(host) ?? { host, program: findGit(host), env: gitEnvironment(host) };
  opened.set(host, git);
  return { ...git, silenceMs };
}

/** Runs git to its end. Resolves only if it ended by itself, with an accepted exit code, and was read whole. */
export async function runGit(git: Git, args: readonly string[], options: GitOptions = {}): Promise<GitOutput> {
  const stream = streamGit(git, args, options);
  const chunks: Buffer[] = [];
  for (;;) {
    const next = await stream.next();
    if (next.done === true) return { ...next.value, stdout: Buffer.concat(chunks) };
    chunks.push(next.value);
  }
}

/**
 * Git's stdout as it comes. The last chunk is followed by a check of how git ended, which throws: whoever reads to the
 * end has read everything. Whoever stops before ends git.
 */
export async function* streamGit(
  git: Git,
  args: readonly string[],
  options: GitOptions = {},
): AsyncGenerator<Buffer, { readonly code: number; readonly stderr: string }, undefined> {
  const child = start(git, options.pathspecs === 'magic' ? args : ['--literal-pathspecs', ...args], options.input);
  const { stdout } = child;
  const end = endOf(child);
  const silence = watchSilence(git.silenceMs, () => endChild(child, git.host));
  const chunks: AsyncIterator<Buffer> = stdout[Symbol.asyncIterator]();
  if (options.input !== undefined && child.stdin !== null) feed(child.stdin, options.input);
  try {
    for (;;) {
      const next = await silence.during(chunks.next().catch(() => ({ done: true, value: undefined }) as const));
      if (next.done === true) break;
      yield next.value;
    }
    const ended = await silence.during(end);
    const isAnswer = ended.code !== null && (options.ok ?? [0]).includes(ended.code);
    const isTold = ended.error === null || (ended.code !== 0 && isBrokenPipe(ended.error));
    if (!isAnswer || ended.signal !== null || !isTold || !stdout.readableEnded)
      throw failed(git, args, ended, silence.isOver());
    return { code: ended.code, stderr: ended.stderr };
  } finally {
    silence.stop();
    endChild(child, git.host);
    stdout.destroy();
  }
}

/** A git that gives up does not hear the rest of what it is told. */
function isBrokenPipe(error: Error): boolean {
  return 'code' in error && error.code === 'EPIPE';
}

function failed({ host, silenceMs }: Git, args: readonly string[], end: GitEnd, wasSilent: boolean): KeyguardError {
  const isFolderGone = end.code === null && end.signal === null && !existsSync(host.cwd);
  const message = isFolderGone
    ? describeGoneFolder(host.cwd)
    : describeFailure(args, end, wasSilent ? silenceMs : null);
  return new KeyguardError('git', message, { cause: end.error });
}

type Child = ChildProcessByStdio<Writable | null, Readable, Readable>;

const running = new Map<Child, Host>();

/** For a signal handler: git children have a process group of their own, so Ctrl-C in a terminal does not reach them. */
export function endAllChildren(): void {
  for (const [child, host] of running) endChild(child, host);
}

function start(git: Git, args: readonly string[], input: GitOptions['input']): Child {
  const options = {
    cwd: git.host.cwd,
    env: git.env,
    // A group of its own, so that whatever git starts ends with it. On Windows this would open a console window.
    detached: git.host.platform !== 'win32',
    windowsHide: true,
  };
  const child = spawned(git.program, [...GIT_OPTIONS, ...args], options, input);
  if (!hasStreams(child)) {
    // The error event that follows says no more than that.
    child.on('error', () => undefined);
    throw new KeyguardError('git', 'git could not be started: too many files are open; raise the limit (ulimit -n).');
  }
  running.set(child, git.host);
  return child;
}

function spawned(program: string, args: readonly string[], options: object, input: GitOptions['input']): Child {
  try {
    return input === undefined
      ? spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
      : spawn(program, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  } catch (error) {
    // An environment that is too large, for one; most other troubles come as an event.
    throw new KeyguardError('git', `git could not be started: ${String(error)}`, { cause: error });
  }
}

/** Without a free descriptor Node gives a child without streams, whatever its type says. */
function hasStreams(child: Partial<Child>): boolean {
  return child.stdout !== undefined && child.stderr !== undefined;
}

function endChild(child: Child, host: Host): void {
  if (!running.delete(child) || child.pid === undefined) return;
  try {
    host.killGroup(child.pid, 'SIGKILL');
  } catch {
    // It has ended in this moment.
  }
}

/** Settles when git has ended and its streams are closed ('close'; after 'exit' output may still be on its way). */
function endOf(child: Child): Promise<GitEnd> {
  let stderr = '';
  let error: Error | null = null;
  const keepFirst = (thrown: Error): void => {
    error ??= thrown;
  };
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = lastOf(stderr + chunk.toString('latin1'));
  });
  child.stdout.on('error', keepFirst);
  // A git that dies early leaves a broken pipe; without a listener that would end this program.
  child.stdin?.on('error', keepFirst);
  return new Promise((resolve) => {
    child.on('error', (thrown) => {
      running.delete(child);
      resolve({ code: null, signal: null, error: thrown, stderr: asText(stderr) });
    });
    child.on('close', (code, signal) => {
      running.delete(child);
      resolve({ code, signal, error, stderr: asText(stderr) });
    });
  });
}

/** Whole words only: what hides keys would not know the rest of one. */
function lastOf(latin1: string): string {
  if (latin1.length <= STDERR_KEPT) return latin1;
  return latin1.slice(-STDERR_KEPT).replace(/^\S+/u, '');
}

/** Decoded at the end: a character can lie in two chunks. */
function asText(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}

/** Writes as fast as git reads. A pipe that breaks is never drained: the writing then stops by itself. */
function feed(stdin: Writable, input: Iterable<string | Uint8Array>): void {
  const pieces = input[Symbol.iterator]();
  const writeOn = (): void => {
    for (let piece = pieces.next(); piece.done !== true; piece = pieces.next()) {
      if (stdin.write(piece.value)) continue;
      stdin.once('drain', writeOn);
      return;
    }
    stdin.end();
  };
  writeOn();
}
