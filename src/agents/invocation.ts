import type { Redirect } from './shell-script.ts';
import type { Word } from './shell-word.ts';

/** A program that would run, once everything is taken off that only runs it: `env`, `sudo`, `sh -c`, `xargs` … */
export interface Invocation {
  /** Without folder and `.exe`; '' where there are only variables or redirects. */
  readonly name: string;
  readonly args: readonly Word[];
  readonly settings: readonly Setting[];
  readonly redirects: readonly Redirect[];
  /** Where it runs, as far as the script tells; relative paths start there. */
  readonly folder: string;
}

/** A variable of the environment. */
export interface Setting {
  readonly name: string;
  readonly value: Word;
  /** It holds for what follows, too: `export X=1`. */
  readonly stays: boolean;
}

/** Everything that a command line would run. */
export interface Read {
  readonly invocations: readonly Invocation[];
  /** Code of other languages, and what could not be taken apart. */
  readonly opaque: readonly string[];
}
