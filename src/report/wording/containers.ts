/** What in one file was not read, for one reason. */
export interface NotUnpacked {
  /** "a.zip" or "a.zip › b/c.txt": the first of them. */
  readonly place: string;
  readonly count: number;
  readonly reason: string;
  readonly isStaged: boolean;
}

/** "a.zip › b.txt and 2 more in this file: encrypted, …" */
export function notUnpackedInWords({ place, count, reason, isStaged }: NotUnpacked): string {
  const more = count > 1 ? ` and ${count - 1} more in this file` : '';
  return `${place}${more}: ${isStaged && reason === OVER_LIMIT ? OVER_LIMIT_STAGED : (WHY[reason] ?? reason)}`;
}

/** For all files that are not named. */
export function moreNotUnpacked(files: number): string {
  return `${files} more ${files === 1 ? 'file holds' : 'files hold'} something that was not unpacked; scan them one by one to see each.`;
}

const OVER_LIMIT = 'container-over-limit';

const OVER_LIMIT_STAGED =
  'too large or too deeply packed to be unpacked whole during a commit; "keyguard scan" with its path reads more of it.';

const WHY: Readonly<Record<string, string>> = {
  'damaged-container': 'damaged, and read as far as it can be unpacked; pack it again, or scan the unpacked files.',
  'encrypted-container': 'encrypted, so only its raw bytes were read; scan the unpacked files.',
  'unsupported-container':
    'packed in a way that keyguard cannot open, so only its raw bytes were read; scan the unpacked files.',
  [OVER_LIMIT]: 'too large or too deeply packed to be unpacked whole; scan the unpacked files.',
};
