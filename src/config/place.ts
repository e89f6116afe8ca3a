import { KeyguardError } from '../errors.ts';

/** Trouble at a place in a policy file: `keyguard.config.json:12:5: unknown key "rulez".` */
export function configError(name: string, text: string, offset: number, message: string): KeyguardError {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/u);
  const column = (lines.at(-1) ?? '').length + 1;
  return new KeyguardError('config', `${name}:${lines.length}:${column}: ${message}`);
}

/** The text of a policy file. Throws `KeyguardError` (`config`) when it is not UTF-8. */
export function decodePolicyFile(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new KeyguardError('config', `${name} is not UTF-8 text. Save it as UTF-8.`, { cause });
  }
}
