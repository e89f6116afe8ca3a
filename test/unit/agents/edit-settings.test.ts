import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { undo } from '../../../src/agents/add-entry.ts';
import { AGENTS } from '../../../src/agents/agent.ts';
import { addToJson, takeFromJson } from '../../../src/agents/edit-json.ts';
import { addToToml, holdsHooks, switchesHooksOff, takeFromToml } from '../../../src/agents/edit-toml.ts';
import { hookEntries } from '../../../src/agents/hook-entries.ts';

const LINE = 'node keyguard.js hook agent-claude';
const ENTRIES = hookEntries('claude', LINE);

/** Settings as people write them; each is legal for an agent that reads JSON with comments. */
const SETTINGS: readonly (readonly [name: string, text: string])[] = [
  ['empty', ''],
  ['an empty object', '{}\n'],
  ['one line', '{"model":"opus","hooks":{"PreToolUse":[{"matcher":"Bash","hooks":[]}]}}'],
  [
    'other hooks',
    `{\n  "hooks": {\n    "PreToolUse": [\n      { "matcher": "Bash", "hooks": [{ "type": "command", "command": "a" }] }\n    ]\n  },\n  "model": "x"\n}\n`,
  ],
  ['tabs and CRLF', '{\r\n\t"permissions": {\r\n\t\t"allow": []\r\n\t},\r\n\t"hooks": {}\r\n}\r\n'],
  [
    'comments',
    '// top\n{\n  // first\n  "a": 1, // one\n  /* b */ "hooks": { // mine\n    "Stop": [] // none\n  } // end\n}\n// bottom\n',
  ],
  ['trailing commas', '{\n  "a": [1, 2,],\n  "hooks": { "PreToolUse": [ { "hooks": [] }, ], },\n}\n'],
  ['a comment in an empty list', '{ "hooks": { "PreToolUse": [\n  // nothing yet\n] } }'],
  ['braces in texts', '{ "a": "} // ] {", "hooks": { "UserPromptSubmit": [] } }'],
];

describe('settings in JSON', () => {
  it.each(SETTINGS)('%s: every byte stays, and everything goes again', (_, before) => {
    const { text, insertions } = addToJson('settings.json', before, 'claude', ENTRIES);
    expect(isWithin(before, text)).toBe(true);
    expect(undo(text, insertions)).toBe(before);
    const hooks = parsed(text).hooks;
    for (const { event, entry } of ENTRIES) expect(hooks[event]?.at(-1)).toEqual(entry);
    const old = before.trim() === '' ? {} : (parsed(before).hooks ?? {});
    for (const event of Object.keys(old)) expect(hooks[event]?.slice(0, old[event]?.length)).toEqual(old[event]);
  });

  it('stay as they are whatever they hold', () => {
    const settings = fc.dictionary(fc.string(), fc.jsonValue()).filter((value) => !('hooks' in value));
    fc.assert(
      fc.property(settings, fc.constantFrom(0, 1, 4, '\t'), (value, indent) => {
        const before = JSON.stringify(value, null, indent);
        const { text, insertions } = addToJson('settings.json', before, 'claude', ENTRIES);
        const { hooks, ...rest } = JSON.parse(text);
        expect(Object.keys(hooks)).toEqual(ENTRIES.map(({ event }) => event));
        expect(JSON.stringify(rest)).toBe(JSON.stringify(JSON.parse(before)));
        expect(undo(text, insertions)).toBe(before);
      }),
    );
  });

  it('that were changed since lose what calls the guard, and nothing else', () => {
    const before = '{\n  "hooks": {\n    "PreToolUse": [\n      { "hooks": [{ "command": "a" }] }\n    ]\n  }\n}\n';
    const added = addToJson('settings.json', before, 'claude', ENTRIES);
    const changed = added.text.replace('"command": "a"', '"command": "b" /* mine */');
    expect(undo(changed, added.insertions)).toBeNull();
    const after = takeFromJson('settings.json', changed, 'claude');
    expect(after).toContain('"command": "b" /* mine */');
    expect(parsed(after.replace('/* mine */', ''))).toEqual({ hooks: { PreToolUse: [{ hooks: [{ command: 'b' }] }] } });
  });

  it('keep the hooks that somebody put beside ours', () => {
    const text = JSON.stringify({ hooks: { PreToolUse: [{ hooks: [{ command: LINE }, { command: 'b' }] }] } });
    expect(JSON.parse(takeFromJson('s.json', text, 'claude'))).toEqual({
      hooks: { PreToolUse: [{ hooks: [{ command: 'b' }] }] },
    });
  });

  it.each([
    ['{ "hooks": [] }', /"hooks" is no object/u],
    ['{ "hooks": { "PreToolUse": {} } }', /"hooks\.PreToolUse" is no list/u],
    ['[]', /the file is no object/u],
    ['{\n  "a": }', /settings\.json:2:8: this is not JSON/u],
  ])('that are of another shape are refused: %s', (text, message) => {
    expect(() => addToJson('settings.json', text, 'claude', ENTRIES)).toThrow(message);
  });

  it('of Cursor get the version that it wants, and never // in a text', () => {
    const { text } = addToJson('hooks.json', '{ "hooks": {} }', 'cursor', hookEntries('cursor', LINE));
    expect(JSON.parse(text)).toMatchObject({ version: 1 });
    for (const agent of AGENTS) expect(JSON.stringify(hookEntries(agent, LINE))).not.toContain('//');
  });
});

describe('settings in TOML', () => {
  const codex = hookEntries('codex', 'k=1; node "$k" hook agent-codex # keyguard');

  it.each([
    ['a last line that ends', 'model = "x" # mine\n\n[[hooks.Stop]]\n[[hooks.Stop.hooks]]\ncommand = "a"\n'],
    ['a last line that does not', '[features]\r\nhooks = true'],
    ['nothing', ''],
  ])('%s: every byte stays, and everything goes again', (_, before) => {
    const { text, insertions } = addToToml('config.toml', before, codex);
    expect(text.startsWith(before)).toBe(true);
    expect(undo(text, insertions)).toBe(before);
    expect(takeFromToml(text).trimEnd()).toBe(before.trimEnd());
    expect(text.match(/^\[\[hooks\.\w+\]\]/gmu)?.slice(-3)).toEqual(codex.map(({ event }) => `[[hooks.${event}]]`));
  });

  it('that were changed since lose the block only', () => {
    const { text } = addToToml('config.toml', 'a = 1\n', codex);
    expect(takeFromToml(`${text}\n[x]\nb = 2\n`)).toBe('a = 1\n\n[x]\nb = 2\n');
  });

  it('that write hooks as values are refused', () => {
    expect(() => addToToml('config.toml', 'hooks = { PreToolUse = [] }\n', codex)).toThrow(
      /writes its hooks as values/u,
    );
    expect(() => addToToml('config.toml', '[hooks]\nPreToolUse = []\n', codex)).toThrow(/writes its hooks as values/u);
    expect(() => addToToml('config.toml', 'hookshot = 1\n', codex)).not.toThrow();
  });

  it('tell whether hooks stand in them, and whether they are off', () => {
    expect(['[[hooks.Stop]]', '[hooks]', '[features]', '# [hooks]'].map(holdsHooks)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(
      [
        '[features]\nhooks = false',
        '[features]\na = 1\ncodex_hooks = false\n',
        '[x]\nhooks = false',
        '[features]\nhooks = true',
      ].map(switchesHooksOff),
    ).toEqual([true, true, false, false]);
  });
});

/** Whether `text` is `before` with something put in. */
function isWithin(before: string, text: string): boolean {
  let at = 0;
  for (const character of text) if (character === before[at]) at++;
  return at === before.length;
}

interface Parsed {
  readonly hooks: Record<string, unknown[]>;
}

/** JSON with comments, as far as these examples go. */
function parsed(text: string): Parsed {
  const plain = text.replaceAll(/(?<text>"(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[^]*?\*\//gu, '$<text>');
  const value: Parsed = JSON.parse(plain.replaceAll(/,(?=\s*[\]}])/gu, ''));
  return value;
}
