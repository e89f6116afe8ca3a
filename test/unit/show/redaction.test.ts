import { inspect } from 'node:util';
import { assert, constantFrom, nat, property, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { prefixOf } from '../../../src/judge/body.ts';
import { judge } from '../../../src/judge/judge.ts';
import { keysAmong, nameOfMatch } from '../../../src/show/redact.ts';
import { rawPathFromText } from '../../../src/model/fragment.ts';
import type { Rule } from '../../../src/model/rule.ts';
import { Secret } from '../../../src/model/secret.ts';
import type { View } from '../../../src/model/view.ts';
import { fillTemplate } from '../../../src/ruleset/fill-template.ts';
import { scanner } from '../../detection/detect.ts';
import { leaksIn, type Planted } from '../../helpers/leaks.ts';
import { fakeKey } from '../../helpers/keys.ts';
import { RULES } from '../../rules/all-rule-files.ts';

// Keys of providers whose form says that they are keys. What nothing but a name or what else stands beside it tells (a
// password, a StepFun key) cannot be known in a path or an argument; nobody promises to hide it there.
const TEMPLATES = RULES.filter(({ rule }) => rule.isSecret && rule.anchorAt !== 'name' && rule.anchorAt !== 'near')
  .filter(({ rule }) => rule.pattern.startsWith('(?<secret>') && !hasNeighbour(rule))
  .flatMap(({ rule, entry }) =>
    entry.examples.map((example) => ({ rule, template: /<<(?<key>.+?)>>/su.exec(example)?.groups?.['key'] ?? '' })),
  );

function hasNeighbour({ structure }: Rule): boolean {
  return structure?.check === 'pem' && structure.beside !== '';
}

const keys = tuple(constantFrom(...TEMPLATES), nat()).map(([{ rule, template }, seed]): Planted => {
  const key = fillTemplate(template, seed);
  return { key, prefix: prefixOf(rule, key) };
});

function shownAsText(text: string): string {
  return scanner.sink.text(text);
}

function shownAsPath(text: string): string {
  return scanner.sink.path(rawPathFromText(text));
}

const WAYS = { text: shownAsText, path: shownAsPath };

/** What may happen to a key on its way into a name or a message. */
const MISHAPS: Readonly<Record<string, (key: string) => string>> = {
  'stands alone': (key) => key,
  'stands in a sentence': (key) => `fatal: cannot open 'src/${key}/a.ts': no such file`,
  'is glued to a word on the left': (key) => `backup${key}`,
  'is glued to words on both sides': (key) => `my-${key}-backup.txt`,
  'stands in a URL': (key) => `https://user:${key}@example.com/repo.git`,
  'stands twice, glued together': (key) => key + key,
  'goes on longer than any rule': (key) => key + fillTemplate('{{alnum:1500}}', 7),
  'is broken by a colour': (key) => brokenBy('\u001b[31m', key),
  'is broken by a colour that is written out': (key) => brokenBy('\\u001b[31m', key),
  'is broken by a character without width': (key) => brokenBy('\u200b', key),
  'is broken by a backspace': (key) => brokenBy('\b', key),
  'has its signs percent-encoded': (key) => encoded(key, /[^A-Za-z0-9]/gu),
  'has every third character percent-encoded': (key) => encoded(key, /(?<=^(?:.{3})*)./gu),
  'is percent-encoded twice': (key) => encoded(encoded(key, /[^A-Za-z0-9]/gu), /%/gu),
};

function brokenBy(what: string, key: string): string {
  return key.slice(0, 31) + what + key.slice(31);
}

function encoded(text: string, what: RegExp): string {
  return text.replaceAll(what, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** Percent-encoding shows nothing as it was; decoded again it must show nothing either. */
function decoded(text: string): string {
  let before = text;
  for (;;) {
    const after = before.replaceAll(/%(?<code>[0-9a-f]{2})/gu, (_whole, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
    if (after === before) return after;
    before = after;
  }
}

describe.each(Object.entries(WAYS))('a key of any provider in a %s is hidden', (_way, show) => {
  test.each(Object.entries(MISHAPS))('when it %s', (_name, spoil) => {
    assert(
      property(keys, (planted) => {
        const shown = show(spoil(planted.key));
        expect(shown).toMatch(/…|\[[^\]]+\]/u);
        expect(leaksIn(shown, [planted])).toEqual([]);
        expect(leaksIn(decoded(shown), [planted])).toEqual([]);
      }),
      { seed: 20_261_126, numRuns: 200 },
    );
  });
});

describe('an explanation of a key that is not reported', () => {
  test.each(['is glued to a word on the left', 'is glued to words on both sides', 'goes on longer than any rule'])(
    'names no reading of it by what stands in its middle, when it %s',
    (name) => {
      assert(
        property(keys, (planted) => {
          const content = MISHAPS[name]?.(planted.key) ?? '';
          const judged = judge(scanner.matcher.findMatches(viewOf(content)));
          const names = judged.map((one) => nameOfMatch(one, keysAmong(judged)));
          expect(judged).not.toEqual([]);
          expect(leaksIn(names.join('\n'), [planted])).toEqual([]);
        }),
        { seed: 20_261_126, numRuns: 300 },
      );
    },
  );
});

function viewOf(text: string): View {
  return { text, decoded: [], ownStart: 0, ownEnd: text.length, toSource: (span) => span };
}

describe('what is no key', () => {
  test.each([
    'src/risk-assessment-for-new-projects.md',
    'docs/sk-circle-bounce-animation.css',
    'C:\\users\\x41\\100%25 done.txt',
    'task-list-2026-11-20.json',
    'a%20name%0Awith%2Fescapes',
  ])('is shown: %s', (name) => {
    expect(shownAsText(name)).toBe(name);
  });

  test('beside a key is shown', () => {
    const key = fakeKey('openaiProject');
    expect(shownAsText(`cannot open src/${key}.ts: gone`)).toBe(`cannot open src/sk-proj-…${key.slice(-4)}.ts: gone`);
    expect(shownAsText(`${key}%20and more`)).toBe(`sk-proj-…${key.slice(-4)}%20and more`);
    expect(shownAsText(`\u001b[1m ${key}\u001b[0m is one`)).toBe(
      `\\u{1b}[1m sk-proj-…${key.slice(-4)}\\u{1b}[0m is one`,
    );
  });
});

describe('the last four characters', () => {
  test('are those of the key', () => {
    const key = fakeKey('openrouter');
    expect(shownAsText(key)).toBe(`sk-or-v1-…${key.slice(-4)}`);
  });

  test('are not shown where the key goes on behind what the rule takes', () => {
    const key = fakeKey('openrouter');
    expect(shownAsText(`${key}${key.slice(-20)}`)).toBe('sk-or-v1-…');
    expect(shownAsText(`${key}\u001b[0m${key.slice(-20)}`)).toBe('sk-or-v1-…');
  });

  test('are shown of a proven key with a name joined to it', () => {
    const key = fakeKey('openaiProject');
    expect(shownAsText(`${key}-backup`)).toBe(`sk-proj-…${key.slice(-4)}`);
  });
});

describe('the checker of these tests', () => {
  const planted = { key: fakeKey('openaiProject'), prefix: 'sk-proj-' };
  const { key } = planted;

  test.each([
    ['the whole key', key],
    ['eight characters of it', `x ${key.slice(40, 48)} y`],
    ['the prefix and three characters', key.slice(0, 11)],
    ['its last eight', `…${key.slice(-8)}`],
    ['a colour in the middle of it', `${key.slice(30, 34)}\u001b[31m${key.slice(34, 38)}`],
    ['UTF-16', Buffer.from(key, 'utf16le')],
    ['UTF-16 at an odd place', Buffer.concat([Buffer.from('x'), Buffer.from(key, 'utf16le')])],
    ['four characters from the middle', `sk-proj-…${key.slice(40, 44)}`],
  ])('sees %s', (_name, output) => {
    expect(leaksIn(output, [planted])).not.toEqual([]);
  });

  test('is content with the redacted form', () => {
    expect(leaksIn(`sk-proj-…${key.slice(-4)} and seven: ${key.slice(40, 47)}`, [planted])).toEqual([]);
  });
});

describe('a secret that is turned into text by accident', () => {
  const key = fakeKey('openaiAdmin');
  const secret = new Secret(key);

  test.each([
    ['a text', String(secret)],
    ['JSON', JSON.stringify({ secret, list: [secret] })],
    ['inspect', inspect({ secret, list: [secret] }, { depth: 9, showHidden: true })],
    ['an error', inspect(new Error('bad', { cause: secret }))],
    ['its own properties', JSON.stringify(Object.entries(secret))],
  ])('does not show in %s', (_name, text) => {
    expect(leaksIn(text, [{ key, prefix: 'sk-admin-' }])).toEqual([]);
  });

  test('shows only when it is revealed', () => {
    expect(secret.reveal()).toBe(key);
  });
});
