import type { Host } from '../host.ts';

/**
 * The value of `GIT_ALTERNATE_OBJECT_DIRECTORIES`: the objects of the repository, and what the caller named already.
 * https://git-scm.com/docs/git#Documentation/git.txt-GITALTERNATEOBJECTDIRECTORIES
 */
export function alternatesOf(objects: string, { env, platform }: Pick<Host, 'env' | 'platform'>): string {
  const separator = platform === 'win32' ? ';' : ':';
  const inherited = env['GIT_ALTERNATE_OBJECT_DIRECTORIES'] ?? '';
  return [quotedAlternate(objects, separator), ...(inherited === '' ? [] : [inherited])].join(separator);
}

/** What holds the separator, or begins with a quote, is quoted as C does it. */
export function quotedAlternate(path: string, separator: string): string {
  if (!path.includes(separator) && !/^["#]|[\n\r]/u.test(path)) return path;
  const escaped = path
    .replaceAll(/["\\]/gu, String.raw`\$&`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\r', String.raw`\r`);
  return `"${escaped}"`;
}
