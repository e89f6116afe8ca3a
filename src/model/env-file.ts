/** A file of values, which belongs into no commit: `.env`, `.env.local`, `.envrc`. Its example holds names only. */
export function isEnvFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /^\.env(?:rc)?(?:[._-].+)?$/u.test(name) && !EXAMPLE.test(name);
}

/** Made to be committed. A vault holds encrypted values only: https://www.dotenv.org/docs/security/env-vault */
const EXAMPLE = /[._-](?:example|sample|template|tpl|tmpl|dist|defaults?|schema|vault)(?:[._-]\w+)?$/iu;
