import { ruleset } from '#compiled/ruleset';
import { KeyguardError } from '../errors.ts';
import { createScanner } from '../scanner.ts';

/**
 * One line for a person. The message may quote anything from outside, so it passes the sink. `verdict` says first what
 * comes of it: many graphical git clients show little else.
 */
export function failureLine(error: unknown, sink: (text: string) => string = textSink(), verdict = ''): string {
  if (error instanceof KeyguardError) return `keyguard: ${verdict}${sink(error.message)}`;
  return `keyguard: ${verdict}internal error: ${sink(error instanceof Error ? error.message : String(error))}`;
}

/** The line, and with `verbose` where an internal error happened. */
export function failureText(error: unknown, sink: (text: string) => string, verbose: boolean): string {
  const isBug = error instanceof Error && !(error instanceof KeyguardError);
  const stack = verbose && isBug ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /u.test(line)) : [];
  return [failureLine(error, sink), ...stack.map(sink)].map((line) => `${line}\n`).join('');
}

/** Knows every rule, so it is made when the first line passes. */
export function textSink(): (text: string) => string {
  let sink: ((text: string) => string) | null = null;
  return (text) => {
    sink ??= createScanner(ruleset).sink.text;
    return sink(text);
  };
}
