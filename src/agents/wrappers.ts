import type { Word } from './shell-word.ts';

/** Words of the shell that may stand before a command. */
const RESERVED = new Set(['!', '{', '}', 'if', 'then', 'elif', 'else', 'while', 'until', 'do', 'time', 'coproc']);

/** Programs that run another, which stands behind their options: the options that take a word, and how many words follow. */
const RUNNERS: Readonly<Record<string, { readonly takes: string; readonly words?: number }>> = {
  command: { takes: '' },
  builtin: { takes: '' },
  exec: { takes: 'a' },
  nohup: { takes: '' },
  sudo: { takes: 'CghpRrTtUu' },
  doas: { takes: 'Cu' },
  time: { takes: 'fo' },
  nice: { takes: 'n' },
  ionice: { takes: 'cnp' },
  stdbuf: { takes: 'eio' },
  setsid: { takes: '' },
  timeout: { takes: 'ks', words: 1 },
  gtimeout: { takes: 'ks', words: 1 },
  watch: { takes: 'dn' },
  flock: { takes: 'wE', words: 1 },
  xargs: { takes: 'adEILnPsR' },
  gxargs: { takes: 'adEILnPsR' },
  npx: { takes: 'p' },
  bunx: { takes: 'p' },
  pnpx: { takes: '' },
};

/** `npm exec --`, `yarn run`: they run what stands in node_modules. */
const PACKAGE_MANAGERS = new Set(['npm', 'pnpm', 'yarn', 'bun']);
const RUN_WORDS = new Set(['exec', 'x', 'dlx', 'run', '--', '--no', '--yes']);

/** What a wrapper runs; null where the first word is the program itself. */
export function unwrapped(name: string, words: readonly Word[]): readonly Word[] | null {
  if (RESERVED.has(words[0]?.text ?? '') && words.length > 1 && name !== 'time') return words.slice(1);
  const runner = Object.hasOwn(RUNNERS, name) ? RUNNERS[name] : undefined;
  if (runner !== undefined) return words.slice(1 + optionsLength(words.slice(1), runner.takes) + (runner.words ?? 0));
  if (name === 'node' || name === 'nodejs') return scriptOfNode(words);
  if (!PACKAGE_MANAGERS.has(name) || !RUN_WORDS.has(words[1]?.text ?? '')) return null;
  const rest = words.slice(1);
  const start = rest.findIndex(({ text }) => !RUN_WORDS.has(text) && !text.startsWith('-'));
  return start === -1 ? null : rest.slice(start);
}

/** `node node_modules/keyguard/bin/keyguard.js uninstall` runs keyguard. */
function scriptOfNode(words: readonly Word[]): readonly Word[] | null {
  const script = words[1];
  const isKeyguard = script !== undefined && /(?:^|[\\/])keyguard(?:\.js)?$/u.test(script.text);
  return isKeyguard ? words.slice(1) : null;
}

/** How many of the words are options with their values. */
export function optionsLength(words: readonly Word[], takes: string): number {
  let at = 0;
  for (; at < words.length; at++) {
    const text = words[at]?.text ?? '';
    if (text === '--') return at + 1;
    if (!/^-./u.test(text)) return at;
    const isShort = !text.startsWith('--');
    if (isShort && text.length === 2 && takes.includes(text.charAt(1))) at++;
  }
  return Math.min(at, words.length);
}
