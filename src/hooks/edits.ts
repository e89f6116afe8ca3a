import type { HookName } from './hook-names.ts';

/** One thing that an installation does, as plain data: `--dry-run` prints it and `uninstall` takes it back. */
export type Edit = HookEdit | TextEdit | SettingEdit | CopyEdit;

/** A file that is keyguard's whole. */
export interface HookEdit {
  readonly kind: 'hook';
  /** What it is for: a hook, or `run`, which shared files call. */
  readonly name: string;
  readonly path: string;
  readonly text: string;
  /** `chained`: somebody's hook was there; it is kept as `previous` and runs first. */
  readonly done: 'created' | 'chained' | 'updated' | 'unchanged';
  /** Absolute; null where there is no earlier hook. */
  readonly previous: string | null;
  /** It stands among files that are committed, and holds no path of this machine. */
  readonly isShared?: true;
}

/** A few lines in a file of somebody else, who goes on editing it. Texts are latin1, so that no byte is changed. */
export interface TextEdit {
  readonly kind: 'text';
  readonly path: string;
  /** Those that it is about; none where it is not to be committed. */
  readonly hooks: readonly HookName[];
  /** Null: the file was not there. */
  readonly before: string | null;
  readonly after: string;
  /** For a file that is made. */
  readonly mode: number;
  readonly done: 'created' | 'changed' | 'unchanged';
}

export interface SettingEdit {
  readonly kind: 'setting';
  readonly scope: 'local' | 'global';
  readonly key: string;
  readonly before: string | null;
  readonly after: string;
  readonly done: 'changed' | 'unchanged';
}

/** A keyguard that node alone cannot read where it is, copied whole. */
export interface CopyEdit {
  readonly kind: 'copy';
  readonly from: string;
  readonly path: string;
  readonly files: readonly string[];
  readonly done: 'created' | 'unchanged';
}

export function textEdit(parts: Omit<TextEdit, 'kind' | 'done'>): TextEdit {
  const { before, after } = parts;
  return { kind: 'text', ...parts, done: before === null ? 'created' : before === after ? 'unchanged' : 'changed' };
}
