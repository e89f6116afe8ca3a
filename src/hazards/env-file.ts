import { isLowEntropy, isMadeOfWords, placeholderReason } from '../judge/placeholder.ts';
import { parseDotenv } from '../own/dotenv.ts';
import { isSecretName } from '../own/names.ts';
import type { HazardKind } from './hazard.ts';

/** The first secret in a file of values, one for each file. Whether git tracks it is asked later. */
export const envFiles: HazardKind = function* (text, _path, names) {
  if (isEncrypted(text)) return;
  for (const { name, value, at } of parseDotenv(text)) {
    const key = names(name);
    if ((key === null && !isSecretName(name)) || !isValue(value)) continue;
    yield { at: at.name, name, provider: key?.provider ?? null };
    return;
  }
};

/** The whole file: https://github.com/AGWA/git-crypt, https://docs.ansible.com/ansible/latest/vault_guide/ */
function isEncrypted(text: string): boolean {
  return (
    text.startsWith('\0GITCRYPT\0') ||
    /^\s*\$ANSIBLE_VAULT;|^age-encryption\.org\/|^-----BEGIN (?:PGP MESSAGE|AGE)/u.test(text)
  );
}

/** https://dotenvx.com/docs/quickstart/encryption, https://getsops.io/docs/, references of 1Password and other stores. */
const SEALED = /^(?:encrypted:|ENC\[|vault:|op:\/\/|awssm:|arn:aws:|gcpsm:|ref\+|secret:|\$\{|\$\(|\$[A-Za-z_])/u;

/** Neither encrypted nor read from elsewhere, nor what everybody sees at once is none. */
function isValue(value: string): boolean {
  if (value.length < 8 || SEALED.test(value) || placeholderReason(value, false) !== null) return false;
  return (
    !isLowEntropy(value) &&
    !isMadeOfWords(value) &&
    !/^(?:true|false|null|none|undefined|localhost.*|\d+)$/iu.test(value)
  );
}
