import { describe, expect, test } from 'vitest';
import { KeyguardError } from '../../../src/errors.ts';
import { parseRuleFile } from '../../../src/ruleset/parse.ts';

const KEY_TYPE = {
  id: 'acme-api-key',
  title: 'Acme API key',
  keyType: 'API key',
  opens: 'uses the anvils',
  risk: 'medium',
  confidence: 'high',
  anchors: ['acme_'],
  pattern: '(?<secret>acme_[a-z0-9]{32})',
  examples: ['ACME_KEY=<<acme_{{loweralnum:32}}>>', 'key: "<<acme_{{loweralnum:32}}>>"'],
  negativeExamples: ['ACME_KEY=acme_{{loweralnum:31}}', 'ACME_KEY=acme_...'],
  revoke: {
    url: 'https://acme.example/keys',
    evidence: 'sourced',
    who: 'member',
    always: false,
    steps: ['Delete it.'],
    replace: ['Make a new one.'],
    usageUrl: null,
    afterLeak: [],
  },
  references: ['https://acme.example/docs'],
};

const FILE = { provider: 'Acme', consoleUrl: 'https://acme.example/keys', docsUrl: null, keyTypes: [KEY_TYPE] };

/** What `parseRuleFile` says of the file with these fields changed in its only key type; null if it takes it. */
function problemWith(change: Readonly<Record<string, unknown>>): string | null {
  return problemIn(JSON.stringify({ ...FILE, keyTypes: [{ ...KEY_TYPE, ...change }] }));
}

function problemIn(text: string): string | null {
  try {
    parseRuleFile(text, 'rules/acme.json');
    return null;
  } catch (error) {
    if (!(error instanceof KeyguardError) || error.code !== 'rules') throw error;
    return error.message;
  }
}

test.each([
  ['[', '1:101'],
  ['{"a":', '1:501'],
])('a file that is nested too deeply names its place: %s', (level, place) => {
  const problem = problemIn(level.repeat(100_000)) ?? '';

  expect(problem).toBe(
    `rules/acme.json:${place}: nested deeper than 100 levels; no field of a rule needs that, take it out.`,
  );
});

test('brackets in texts nest nothing', () => {
  expect(problemWith({ opens: '[{'.repeat(1000) })).toBeNull();
});

test('a pattern that is nested too deeply is refused', () => {
  const deep = `${'(?:'.repeat(20_000)}a${')'.repeat(20_000)}`;
  expect(problemWith({ pattern: `(?<secret>acme_${deep})` })).toMatch(/^rules\/acme\.json: keyTypes\[0\]\.pattern/u);
});

test('a file without faults is taken as it is', () => {
  expect(parseRuleFile(JSON.stringify(FILE), 'rules/acme.json')).toEqual(FILE);
});

test('a key type may have every optional field', () => {
  const all = {
    severity: 'warning',
    anchorAt: 'start',
    left: '',
    right: 'A-Za-z0-9',
    pattern: ['(?<secret>', 'acme_[a-z0-9]{32})'],
    context: { names: ['acme'], hosts: ['acme.example'], words: ['anvil'], required: true },
    structure: { check: 'fixed-length', prefix: 'acme_', lengths: [37], tail: '' },
    placeholders: ['acme_x{32}'],
    envVars: ['ACME_KEY'],
    collidesWith: ['other-key'],
    catchAll: false,
    guessable: false,
    isSecret: true,
    verify: { method: 'GET' },
    notes: ['Made of iron.'],
  };
  expect(problemWith(all)).toBeNull();
});

const CHECKS =
  '"marker-halves", "fixed-length", "base64-text", "crc32-base62", "pem", "jwt-claims", "snowflake", "random-value", "url-password"';

describe('fields', () => {
  test.each([
    [{ risk: 'higt' }, 'keyTypes[0].risk: "higt" is not a risk; did you mean "high"?'],
    [{ risk: 'enormous' }, 'keyTypes[0].risk: "enormous" is not a risk; it is one of "high", "medium", "low".'],
    [{ risk: 3 }, 'keyTypes[0].risk: must be one of "high", "medium", "low", not a number.'],
    [{ anchros: [] }, 'keyTypes[0].anchros: unknown field; did you mean "anchors"?'],
    [{ banana: 1 }, 'keyTypes[0].banana: unknown field.'],
    [{ title: undefined }, 'keyTypes[0]: the field "title" is missing.'],
    [{ title: ' ' }, 'keyTypes[0].title: must be a text, not " ".'],
    [{ title: null }, 'keyTypes[0].title: must be a text, not null.'],
    [{ anchors: 'acme_' }, 'keyTypes[0].anchors: must be a list, not a text.'],
    [{ anchors: [] }, 'keyTypes[0].anchors: needs at least 1, has 0.'],
    [{ pattern: 7 }, 'keyTypes[0].pattern: must be a text or a list, not a number.'],
    [{ examples: ['<<a>>'] }, 'keyTypes[0].examples: needs at least 2, has 1.'],
    [
      { references: ['ftp://acme.example'] },
      'keyTypes[0].references[0]: must be an https:// address, not "ftp://acme.example".',
    ],
    [{ guessable: 'no' }, 'keyTypes[0].guessable: must be true or false, not "no".'],
    [{ context: { name: [] } }, 'keyTypes[0].context.name: unknown field; did you mean "names"?'],
    [{ context: [] }, 'keyTypes[0].context: must be an object, not a list.'],
    [
      { structure: { check: 'fixed-lenght' } },
      'keyTypes[0].structure.check: "fixed-lenght" is not a check; did you mean "fixed-length"?',
    ],
    [
      { structure: { check: 'constructor' } },
      `keyTypes[0].structure.check: "constructor" is not a check; it is one of ${CHECKS}.`,
    ],
    [{ structure: {} }, `keyTypes[0].structure.check: must be one of ${CHECKS}, not missing.`],
    [
      { structure: { check: 'fixed-length', prefix: 'a', lengths: [1.5], tail: '' } },
      'keyTypes[0].structure.lengths[0]: must be a whole number, not a number.',
    ],
    [
      { revoke: { ...KEY_TYPE.revoke, who: 'boss' } },
      'keyTypes[0].revoke.who: "boss" is not a revoker; it is one of "holder", "member", "owner".',
    ],
    [
      { revoke: { ...KEY_TYPE.revoke, url: 'acme.example' } },
      'keyTypes[0].revoke.url: must be an https:// address or null, not "acme.example".',
    ],
  ])('%j', (change, message) => {
    expect(problemWith(change)).toBe(`rules/acme.json: ${message}`);
  });

  test('a long wrong value is cut', () => {
    expect(problemWith({ risk: 'x'.repeat(1000) })?.length).toBeLessThan(200);
  });

  test('a field that every object has is unknown all the same', () => {
    expect(problemIn(JSON.stringify({ ...FILE, constructor: 1 }))).toBe('rules/acme.json: constructor: unknown field.');
  });
});

describe('what a key type says', () => {
  test.each([
    [{ id: 'acme' }, 'id: "acme" is not of the form provider-kind.'],
    [{ id: 'Acme-Key' }, 'id: "Acme-Key" is not of the form provider-kind.'],
    [{ pattern: 'acme_[a-z]{32}' }, 'pattern: needs the group (?<secret>…) once, has it 0 times.'],
    [
      { pattern: '(?<secret>acme_)(?<secret>[a-z]{32})' },
      'pattern: needs the group (?<secret>…) once, has it 2 times.',
    ],
    [{ pattern: '(?<secret>acme_[a-z]+)' }, 'pattern: "+" at 20 is not allowed in a rule.'],
    [{ pattern: '(?<secret>acme_[z-a]{32})' }, expect.stringMatching(/^pattern: Invalid regular expression: /u)],
    [
      { pattern: `(?<secret>acme_${'[a-z]{1000}'.repeat(17)})` },
      'pattern: can match 17005 bytes, at most 16384 are allowed.',
    ],
    [{ pattern: '(?<secret>acme_[é]{32})' }, 'pattern: may hold ASCII only.'],
    [{ anchors: ['ac'] }, 'anchors[0]: "ac" is too short; an anchor has at least three bytes.'],
    [{ anchors: ['acmé_'] }, 'anchors[0]: an anchor is plain ASCII without spaces.'],
    [{ anchors: ['acne_'] }, 'anchors: the pattern can match text that holds none of them.'],
    [
      { anchors: ['cme_'], anchorAt: 'start' },
      'anchorAt: "start", but the pattern can match text that begins with none of the anchors.',
    ],
    [{ anchors: ['acme key'], anchorAt: 'name' }, 'anchors[0]: an anchor is plain ASCII without spaces.'],
    [{ anchors: ['acme_'], anchorAt: 'name' }, 'anchors[0]: "acme_" is not the name of a variable.'],
    [{ left: '^a' }, 'left: "^a" may hold letters, digits and _+/=.~%- only.'],
    [{ right: 'z-a' }, expect.stringMatching(/^right: Invalid regular expression: /u)],
    [{ placeholders: ['acme_x*'] }, 'placeholders[0]: "*" at 6 is not allowed in a rule.'],
    [{ envVars: ['acme key'] }, 'envVars[0]: "acme key" is not the name of a variable.'],
    [{ examples: ['<<a>>', 'b'] }, 'examples[1]: needs << and >> once, around the secret.'],
    [
      { examples: ['<<a>>', '<<{{letters:3}}>>'] },
      expect.stringMatching(/^examples\[1\]: unknown filler \{\{letters:3\}\}; known are /u),
    ],
    [
      { negativeExamples: ['a', '{{alnum:0}}'] },
      expect.stringMatching(/^negativeExamples\[1\]: unknown filler \{\{alnum:0\}\}/u),
    ],
  ])('%j', (change, message) => {
    expect(problemWith(change)?.replace('rules/acme.json: keyTypes[0].', '')).toEqual(message);
  });

  test('an id that stands twice', () => {
    expect(problemIn(JSON.stringify({ ...FILE, keyTypes: [KEY_TYPE, KEY_TYPE] }))).toBe(
      'rules/acme.json: keyTypes[1].id: "acme-api-key" stands here twice.',
    );
  });

  test('a row of a table that misses a cell', () => {
    const table = { kind: 'table', columns: ['a', 'b'], rows: [['1', '2'], ['3']], source: 'x', asOf: '2026-11-19' };
    const guide = [{ name: 'types', title: 'Types', blocks: [table] }];
    expect(problemIn(JSON.stringify({ ...FILE, guide }))).toBe(
      'rules/acme.json: guide[0].blocks[0].rows[1]: has 1 cells, the table has 2 columns.',
    );
  });
});

describe('what is not JSON', () => {
  test.each([
    ['{\n  "provider": "Acme",\n  "consoleUrl" null\n}', 'rules/acme.json:3:16: not JSON: colon expected.'],
    ['{"a": 1 // no comments\n}', 'rules/acme.json:1:9: not JSON: invalid comment token.'],
    ['{\r\n"a": 1,\r\n}', expect.stringMatching(/^rules\/acme\.json:3:\d+: not JSON: property name expected\.$/u)],
    ['', expect.stringMatching(/^rules\/acme\.json:1:1: not JSON: value expected\.$/u)],
    ['{"provider": "Ac', expect.stringMatching(/^rules\/acme\.json:1:\d+: not JSON: /u)],
  ])('%j', (text, message) => {
    expect(problemIn(text)).toEqual(message);
  });

  test('a field that stands twice', () => {
    expect(problemIn('{"provider": "Acme",\n "provider": "Other"}')).toBe(
      'rules/acme.json:2:2: the field "provider" stands here twice.',
    );
  });

  test('the same field in two objects is no mistake', () => {
    expect(problemIn('[{"a": 1}, {"a": {"a": 2}}]')).toBe('rules/acme.json: must be an object, not a list.');
  });

  test('a prototype is a field like another', () => {
    expect(problemIn(`{"__proto__": ${JSON.stringify(FILE)}}`)).toBe('rules/acme.json: __proto__: unknown field.');
  });

  test.each(['[]', 'null', '"text"', '3'])('JSON that is no object: %s', (text) => {
    expect(problemIn(text)).toMatch(/^rules\/acme\.json: must be an object, not /u);
  });
});
