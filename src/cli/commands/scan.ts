import { KeyguardError } from '../../errors.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { ScanArgs } from '../scan-args.ts';

export function scanCommand(args: ScanArgs, _io: Io): Promise<ExitCode> {
  throw new KeyguardError('usage', `this build cannot scan ${args.what.kind} yet.`);
}
