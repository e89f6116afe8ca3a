import { KeyguardError } from '../../errors.ts';
import type { RawPath } from '../../model/fragment.ts';
import { rawPathFrom } from '../../model/fragment.ts';

/** One path of `diff-index --raw -z`. */
export interface RawChange {
  readonly oldMode: string;
  readonly newMode: string;
  readonly oldOid: string;
  readonly newOid: string;
  /** A, D, M, T or U; renames are not looked for. */
  readonly status: string;
  readonly path: RawPath;
}

const HEADER =
  /^:(?<oldMode>[0-7]{6}) (?<newMode>[0-7]{6}) (?<oldOid>[0-9a-f]{40,64}) (?<newOid>[0-9a-f]{40,64}) (?<status>[ADMTU])$/u;

/** Reads `:mode mode oid oid S\0path\0…`; throws on anything else, above all on output that was cut short. */
export function parseRawDiff(output: Buffer): readonly RawChange[] {
  const fields = splitAtNul(output);
  const changes: RawChange[] = [];
  for (let at = 0; at < fields.length; at += 2) {
    const header = HEADER.exec(fields[at]?.toString('latin1') ?? '')?.groups;
    const path = fields[at + 1];
    if (header === undefined || path === undefined || path.length === 0) throw malformed();
    const { oldMode = '', newMode = '', oldOid = '', newOid = '', status = '' } = header;
    changes.push({ oldMode, newMode, oldOid, newOid, status, path: rawPathFrom(path) });
  }
  return changes;
}

/** The fields of a `-z` output, each of which ends in a NUL. */
export function splitAtNul(output: Buffer): readonly Buffer[] {
  const fields: Buffer[] = [];
  let start = 0;
  while (start < output.length) {
    const end = output.indexOf(0, start);
    if (end < 0) throw malformed();
    fields.push(output.subarray(start, end));
    start = end + 1;
  }
  return fields;
}

function malformed(): KeyguardError {
  return new KeyguardError(
    'git',
    'git gave a list of files that ends too early or cannot be read; run keyguard again.',
  );
}
