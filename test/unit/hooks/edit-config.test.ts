import { assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { putInToml, readToml } from '../../../src/hooks/edit-toml.ts';
import { putInYaml, readYaml } from '../../../src/hooks/edit-yaml.ts';
import { readJson, setInJson, takeOutOfJson } from '../../../src/hooks/edit-json.ts';
import { takeMarkedOut } from '../../../src/hooks/marked-lines.ts';
import { hooksIn, inFront, sharedCommand, takeCommandOut, withShLines } from '../../../src/hooks/shared-line.ts';

const BIN = 'node_modules/keyguard/bin/keyguard.js';
const COMMAND = sharedCommand('pre-commit', BIN);

describe('putInYaml', () => {
  const put = async (text: string) => putInYaml(text, ['pre-commit', 'commands'], ['keyguard:', `  run: ${COMMAND}`]);

  it.each([
    ['an empty file', ''],
    ['comments only', '# nothing yet\n'],
    ['other hooks', 'pre-push:\n  commands:\n    a:\n      run: b\n'],
    ['the hook with jobs', 'colors: false\npre-commit:\n    parallel: true\n    jobs:\n    - run: a\n'],
    [
      'the hook with commands',
      '---\n# ours\npre-commit: # here\n  commands: # and here\n    # lint\n    a:\n      run: b\n',
    ],
    ['the hook, empty', 'pre-commit:\npre-push:\n'],
    ['the line ends of Windows', 'pre-commit:\r\n  commands:\r\n    a: { run: b }\r\n'],
    ['no end of line', 'pre-commit:\n  parallel: true'],
    [
      'texts of several lines',
      'pre-push:\n  commands:\n    a:\n      run: |\n        pre-commit:\n          commands:\npre-commit:\n  commands:\n    b: { run: c }\n',
    ],
  ])('says the same and one thing more: %s', async (_name, text) => {
    const changed = (await put(text)) ?? '';
    expect(takeMarkedOut(changed)).toEqual({ text, isEdited: false });
    const before = JSON.parse(JSON.stringify((await readYaml(text)) ?? {}));
    const { commands = {}, ...rest } = before['pre-commit'] ?? {};
    const wanted = { ...before, 'pre-commit': { ...rest, commands: { keyguard: { run: COMMAND }, ...commands } } };
    expect(await readYaml(changed)).toEqual(wanted);
    if (text.includes('\r\n')) expect(changed).not.toMatch(/[^\r]\n/u);
  });

  it.each([
    ['braces', 'pre-commit: { parallel: true }\n'],
    ['a list', '- a\n'],
    ['a word', 'pre-commit: a\n'],
    ['no YAML', 'a: b: c\n\t- "\n'],
  ])('gives up on %s', async (_name, text) => {
    expect(await put(text)).toBeNull();
  });
});

describe('putInToml', () => {
  const tables = ['[pre-commit.commands.keyguard]', 'run = "a"'];

  it.each([
    ['an empty file', ''],
    ['keys only', 'colors = false\n'],
    ['keys and tables', 'colors = false\n\n[pre-push]\nparallel = true\n'],
    ['tables of the same hook', '[[pre-commit.jobs]]\nrun = "b"\n\n[pre-commit.commands.b]\nrun = "c"\n'],
    ['a bracket in a text and in a list', 'a = """\n[b]\n"""\nc = [\n[1],\n]\n# [d]\n[pre-push]\n'],
    ['the line ends of Windows', 'colors = false\r\n[pre-push]\r\nparallel = true\r\n'],
  ])('says the same and one thing more: %s', async (_name, text) => {
    const changed = (await putInToml(text, tables)) ?? '';
    expect(takeMarkedOut(changed)).toEqual({ text, isEdited: false });
    const before = JSON.parse(JSON.stringify(await readToml(text)));
    const hook = before['pre-commit'] ?? {};
    const wanted = { ...before, 'pre-commit': { ...hook, commands: { ...hook.commands, keyguard: { run: 'a' } } } };
    expect(JSON.parse(JSON.stringify(await readToml(changed)))).toEqual(wanted);
  });

  it('gives up on what is no TOML', async () => {
    expect(await putInToml('a = [', tables)).toBeNull();
  });
});

describe('JSON', () => {
  it.each([
    '{}',
    '{\n    "a": 1, // ours\n    "pre-commit": {\n        "jobs": []\n    }\n}\n',
    '{\r\n\t"b": [1, 2],\r\n}\r\n',
  ])('says the same without the member again: %j', async (text) => {
    const changed = await setInJson(text, ['pre-commit', 'commands', 'keyguard'], { run: COMMAND });
    expect(changed).toContain('keyguard');
    if (text.includes('ours')) expect(changed).toContain('"a": 1, // ours\n');
    if (text.includes('\r\n')) expect(changed).not.toMatch(/[^\r]\n/u);
    const { text: out, isEdited } = await takeOutOfJson(changed);
    expect(isEdited).toBe(false);
    expect(await readJson(out)).toEqual(await readJson(text));
  });

  it('is left where somebody edited the command', async () => {
    const changed = await setInJson('{}', ['a', 'keyguard'], { run: `${COMMAND} || true` });
    expect(await takeOutOfJson(changed)).toEqual({ text: changed, isEdited: true });
  });
});

describe('a command in front of others', () => {
  it('comes out again, and the rest is as it was', () => {
    const rest = string({ unit: constantFrom('a', ' ', '&', '|', '\n', '"', "'", '$', 'exit') });
    assert(
      property(rest, constantFrom('pre-commit' as const, 'pre-push' as const), (text, name) => {
        const all = inFront(name, BIN, text);
        expect(hooksIn(all)).toEqual([name]);
        expect(takeCommandOut(all)).toEqual({ text: text.trim() === '' ? '' : text, isEdited: false });
      }),
    );
    expect(takeCommandOut('npm test')).toBeNull();
  });
});

describe('lines in a script of sh', () => {
  it('stand behind its first line and behind that of an old husky, and come out again', () => {
    const husky = '#!/usr/bin/env sh\n. "$(dirname -- "$0")/_/husky.sh"\n\nnpm test\n';
    expect(withShLines(husky, 'pre-commit', BIN)).toMatch(/husky\.sh"\n# >>> keyguard/u);
    expect(withShLines('#!/bin/sh\nnpm test', 'pre-commit', BIN)).toMatch(/^#!\/bin\/sh\n# >>> keyguard/u);
    expect(withShLines('npm test\n', 'pre-push', BIN)).toMatch(/^# >>> keyguard/u);
    for (const text of [husky, '#!/bin/sh\nnpm test', 'npm test\n', ''])
      expect(takeMarkedOut(withShLines(text, 'pre-push', BIN))).toEqual({ text, isEdited: false });
  });
});
