import { isEnvFile } from '../model/env-file.ts';

/**
 * Whether a file may hold anything that publishes a key: by its name, or by what such a text begins with. Nearly none
 * does, and then nothing else of this folder is loaded.
 */
export function mayHoldHazards(text: string, path: string): boolean {
  return isOfAKind(path) || holdsBeginning(text);
}

/** What the kinds need that look into every file, in one pass. */
export function holdsBeginning(text: string): boolean {
  return BEGINNINGS.test(text);
}

/** The ends of `NEXT_PUBLIC_`, `REACT_APP_` and their like: the rarer the first letter, the faster. */
const BEGINNINGS = /_(?<=(?:LIC|VITE|APP|SBY|OME|OOK)_)|A(?<=ouslyA)llow|[?&](?=key|api|acc|tok|aut|sub|x-a)/u;

function isOfAKind(path: string): boolean {
  return (
    ENDINGS.some((ending) => path.endsWith(ending)) || NAMES.some((name) => path.includes(name)) || isEnvFile(path)
  );
}

/** Of builds and of Terraform. */
const ENDINGS = ['.yml', '.yaml', '.tf', '.tofu', 'file'];
const NAMES = ['ockerfile', 'enkinsfile', 'ontainerfile'];
