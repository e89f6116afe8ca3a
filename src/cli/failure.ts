import { ruleset } from '#compiled/ruleset';
import { KeyguardError } from '../errors.ts';
import { createScanner } from '../scanner.ts';

/** One line for a person. The message may quote anything from outside, so it passes the sink. */
export function failureLine(error: unknown): string {
  const { sink } = createScanner(ruleset);
  if (error instanceof KeyguardError) return `keyguard: ${sink.text(error.message)}`;
  const message = error instanceof Error ? error.message : String(error);
  return `keyguard: internal error: ${sink.text(message)}`;
}
