/**
 * Whether two addresses name the same repository: one host and path, whatever protocol leads there. People fetch by https
 * and push by ssh. https://git-scm.com/docs/git-push#URLS
 */
export function isSameRepository(one: string, other: string): boolean {
  return one === other || (placeOf(one) !== null && placeOf(one) === placeOf(other));
}

const WITH_SCHEME = /^(?:https?|ssh|git|git\+ssh|ssh\+git):\/\/(?:[^/@]*@)?(?<host>[^/:]+)(?::\d+)?\/(?<path>.+)$/u;
/** `git@example.com:team/app.git`; a slash before the colon makes it a path, and `C:` is a drive. */
const SHORT = /^(?:[^/@:]+@)?(?<host>[^/:]{2,}):(?!\/\/)(?<path>.+)$/u;

function placeOf(url: string): string | null {
  const { host, path } = (WITH_SCHEME.exec(url) ?? SHORT.exec(url))?.groups ?? {};
  if (host === undefined || path === undefined) return null;
  return `${host.toLowerCase()}/${path
    .replace(/^\/+/u, '')
    .replace(/\/+$/u, '')
    .replace(/\.git$/u, '')}`;
}
