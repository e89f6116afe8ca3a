import { KeyguardError } from '../../errors.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { WhyArgs } from '../scan-args.ts';

export function whyCommand(args: WhyArgs, _io: Io): Promise<ExitCode> {
  throw new KeyguardError('usage', `this build cannot explain ${args.place} yet.`);
}
