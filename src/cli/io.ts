import type { Host } from '../host.ts';
import type { Program } from '../report/program.ts';
import type { OutputStream } from './output.ts';

/** What a command may use of the outside. */
export interface Io {
  readonly host: Host;
  /** The report and nothing else. */
  readonly stdout: Terminal;
  /** What is said to people. */
  readonly stderr: Terminal;
  /** Text from outside passes it before anybody sees it: keys hidden, control characters escaped. */
  readonly sink: (text: string) => string;
  /** Absolute path of the `bin/keyguard.js` that runs. */
  readonly bin: string;
  readonly program: Program;
}

export interface Terminal extends OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}
