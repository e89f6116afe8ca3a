/** What keyguard knows of the machine it runs on. Built by `cli/` from `process`; nothing else asks `process`. */
export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  readonly cwd: string;
  readonly platform: NodeJS.Platform;
  /** The running node, absolute. */
  readonly execPath: string;
  /** Today in UTC as `YYYY-MM-DD`; the only clock a scan reads (`SOURCE_DATE_EPOCH` sets it). */
  readonly today: string;
  readonly stdin: NodeJS.ReadableStream;
  /** Ends a process with all its children (a process group on POSIX). */
  readonly killGroup: (pid: number, signal: NodeJS.Signals) => void;
}
