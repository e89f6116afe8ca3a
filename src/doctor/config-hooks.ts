import type { Host } from '../host.ts';
import { HOOK_NAMES, type HookName } from '../hooks/hook-names.ts';
import { openGit, runGit } from '../sources/git/run.ts';

/** A hook that stands in git's configuration, as `hook.NAME.event`: https://git-scm.com/docs/git-hook */
export interface ConfigHook {
  readonly event: HookName;
  /** The setting that names its command. */
  readonly setting: string;
  readonly runsKeyguard: boolean;
}

export async function configHooks(host: Host): Promise<readonly ConfigHook[]> {
  const pattern = String.raw`^hook\..*\.(event|command|enabled)$`;
  const { code, stdout } = await runGit(openGit(host), ['config', '-z', '--get-regexp', pattern], { ok: [0, 1] });
  return code === 0 ? configHooksIn(stdout.toString('utf8')) : [];
}

/** `text` is what `git config -z --get-regexp` prints: name, newline, value, NUL. */
export function configHooksIn(text: string): readonly ConfigHook[] {
  const settings = text.split('\0').flatMap((entry) => {
    const parts = /^hook\.(?<name>[^]*)\.(?<key>event|command|enabled)\n(?<value>[^]*)$/u.exec(entry)?.groups;
    return parts === undefined ? [] : [{ name: parts['name'] ?? '', key: parts['key'], value: parts['value'] ?? '' }];
  });
  return settings.flatMap(({ name, key, value }) => {
    const event = HOOK_NAMES.find((one) => one === value);
    if (key !== 'event' || event === undefined) return [];
    const last = (of: string): string => settings.findLast((one) => one.name === name && one.key === of)?.value ?? '';
    if (/^(?:false|no|off|0)$/iu.test(last('enabled')) || last('command') === '') return [];
    return [{ event, setting: `hook.${name}.command`, runsKeyguard: /\bkeyguard\b/u.test(last('command')) }];
  });
}

/** An older git ignores them, and says nothing. */
export function runsConfigHooks([major = 0, minor = 0]: readonly number[]): boolean {
  return major > 2 || (major === 2 && minor >= 54);
}
