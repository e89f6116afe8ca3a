import { describe, expect, it } from 'vitest';
import { authorOf, hookScript, type HookParts } from '../../../src/hooks/hook-script.ts';

const PARTS: HookParts = {
  name: 'pre-commit',
  ifMissing: 'block',
  node: '/opt/node/bin/node',
  bin: "/home/o'hara/a b/$(touch x)/`y`/keyguard.js",
  folder: 'packages/app',
};

describe('the text of a hook', () => {
  it('starts with what git and keyguard look for, and holds no carriage return', () => {
    const [first, second] = hookScript(PARTS).split('\n');
    expect(first).toBe('#!/bin/sh');
    expect(second).toMatch(/^# keyguard:hook v1 sha256=[0-9a-f]{64}$/u);
    expect(hookScript(PARTS)).not.toContain('\r');
  });

  it('never downloads and never changes the folder', () => {
    const commands = hookScript(PARTS).replaceAll(/^ *#.*$/gmu, '');
    expect(commands).not.toMatch(/\bnpx\b|\bcurl\b|\bcd\b|\bgit rev-parse\b/u);
    expect(commands).toContain('hook pre-commit "$@"');
  });

  it('is the same for the same parts', () => {
    expect(hookScript(PARTS)).toBe(hookScript({ ...PARTS }));
    expect(hookScript(PARTS)).not.toBe(hookScript({ ...PARTS, ifMissing: 'warn' }));
  });
});

describe('authorOf', () => {
  const text = hookScript(PARTS);

  it('knows its own hook', () => {
    expect(authorOf(text)).toBe('keyguard');
  });

  it.each([
    ['a line added', `${text}echo hello\n`],
    ['a line removed', text.replace(/\nfind_node .*\n/u, '\n')],
    ['another seal', text.replace(/sha256=[0-9a-f]{64}/u, `sha256=${'0'.repeat(64)}`)],
    ['no seal', text.replace(/ sha256=[0-9a-f]{64}/u, '')],
    ['carriage returns', text.replaceAll('\n', '\r\n')],
    ['lines above it', text.replace('#!/bin/sh\n', '#!/bin/sh\necho first\n')],
  ])('sees an edit: %s', (_name, edited) => {
    expect(edited).not.toBe(text);
    expect(authorOf(edited)).toBe('keyguard-edited');
  });

  it('takes every other hook for somebody else', () => {
    expect(authorOf('#!/bin/sh\nnpx keyguard hook pre-commit\n')).toBe('somebody-else');
    expect(authorOf('')).toBe('somebody-else');
  });
});
