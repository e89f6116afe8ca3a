import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { array, assert, asyncProperty, constantFrom, object, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadPolicy } from '../../../src/config/load-policy.ts';
import type { Policy } from '../../../src/config/policy.ts';
import { KeyguardError } from '../../../src/errors.ts';
import { rawPathFromText } from '../../../src/model/fragment.ts';

const RULES = [
  { id: 'openai-project-key', risk: 'medium' },
  { id: 'openai-admin-key', risk: 'high' },
  { id: 'anthropic-api-key', risk: 'medium' },
] as const;

function load(config: string | null, ignore: string | null = null, baseline: string | null = null): Promise<Policy> {
  const bytes = (text: string | null): Uint8Array | null => (text === null ? null : Buffer.from(text));
  const files = { config: bytes(config), ignore: bytes(ignore), baseline: bytes(baseline) };
  return loadPolicy(files, 'the index', RULES, '2026-11-20');
}

async function faultOf(config: string): Promise<string> {
  const fault: unknown = await load(config).catch((error: unknown) => error);
  if (!(fault instanceof KeyguardError)) throw new Error('expected a KeyguardError', { cause: fault });
  expect(fault.code).toBe('config');
  return fault.message;
}

const APP = rawPathFromText('src/app.ts');
const FIXTURE = rawPathFromText('test/fixtures/a.ts');

describe('loadPolicy', () => {
  it('silences nothing where there are no files', async () => {
    const policy = await load(null);
    expect(policy).toMatchObject({ from: 'the index', failOn: 'error' });
    expect(policy.isIgnored(APP)).toBe(false);
    expect(policy.isSwitchedOff('openai-project-key', APP)).toBe(false);
    expect(policy.accepted.size).toBe(0);
  });

  it('reads a config with comments and trailing commas', async () => {
    const policy = await load(`\uFEFF// why
      {
        "$schema": "./node_modules/keyguard/dist/config.schema.json",
        "skipRules": ["anthropic-api-key"], /* not ours */
        "overrides": [{ "paths": ["test/fixtures/", "!keep.ts"], "skipRules": ["openai-project-key"] }],
        "failOn": "warning",
      }`);
    expect(policy.failOn).toBe('warning');
    expect(policy.isSwitchedOff('anthropic-api-key', APP)).toBe(true);
    expect(policy.isSwitchedOff('anthropic-api-key', null)).toBe(true);
    expect(policy.isSwitchedOff('openai-project-key', FIXTURE)).toBe(true);
    expect(policy.isSwitchedOff('openai-project-key', APP)).toBe(false);
    expect(policy.isSwitchedOff('openai-project-key', null)).toBe(false);
  });

  it('matches an override beyond ASCII', async () => {
    const policy = await load('{"overrides":[{"paths":["prüfung/*"],"skipRules":["openai-project-key"]}]}');
    expect(policy.isSwitchedOff('openai-project-key', rawPathFromText('prüfung/a'))).toBe(true);
    expect(policy.isSwitchedOff('openai-project-key', rawPathFromText('prufung/a'))).toBe(false);
  });

  it('reads the ignore file and the accepted findings', async () => {
    const entry = '{"fingerprint":"0123456789abcdef","rule":null,"reason":"a test"}\n';
    const policy = await load(null, '*.ts\n', entry);
    expect(policy.isIgnored(APP)).toBe(true);
    expect([...policy.accepted.keys()]).toEqual(['0123456789abcdef']);
  });

  it.each([
    ['{\n  "skiprules": []\n}', 'keyguard.config.json:2:3: unknown key "skiprules"; did you mean "skipRules"?'],
    [
      '{"checks": []}',
      'keyguard.config.json:1:2: unknown key "checks"; known are $schema, rules, skipRules, overrides, failOn.',
    ],
    ['{"__proto__": {"failOn": "warning"}}', 'unknown key "__proto__"; known are'],
    ['{"constructor": 1}', 'unknown key "constructor"; known are'],
    ['{"toString": 1}', 'unknown key "toString"; known are'],
    ['{"a\\n\\u001b[31mb": 1}', 'unknown key "a\\n\\u001b[31mb"; known are'],
    [
      '{"skipRules": ["openai-projct-key"]}',
      ':1:16: unknown rule "openai-projct-key"; did you mean "openai-project-key"?',
    ],
    ['{"skipRules": ["x"]}', ':1:16: unknown rule "x"; keyguard rules list shows all.'],
    [
      '{"skipRules": ["openai-admin-key"]}',
      ':1:16: "openai-admin-key" cannot be switched off, because its risk is high.',
    ],
    ['{"overrides":[{"paths":["a"],"skipRules":["openai-admin-key"]}]}', ':1:43: "openai-admin-key" cannot be'],
    ['{"skipRules": "openai-project-key"}', ':1:15: "skipRules" is a list: [ … ].'],
    ['{"skipRules": [1]}', ':1:16: "skipRules" is a list of texts in double quotes.'],
    ['{"overrides": [1]}', ':1:16: an override is an object: { … }.'],
    ['{"overrides": [{"path": ["a"]}]}', ':1:17: unknown key "path"; did you mean "paths"?'],
    ['{"overrides": [{"skipRules": ["openai-project-key"]}]}', ':1:16: an override needs "paths"'],
    ['{"overrides": [{"paths": ["a"]}]}', ':1:16: an override needs "skipRules"'],
    ['{"overrides": [{"paths": ["*.{a,b}"], "skipRules": ["openai-project-key"]}]}', ':1:27: patterns have no {a,b}.'],
    ['{"overrides": [{"paths": [" "], "skipRules": ["openai-project-key"]}]}', ':1:27: this pattern is empty.'],
    ['{"failOn": "errors"}', ':1:12: "failOn" is "error" or "warning".'],
    ['{"failOn": "error", "failOn": "warning"}', ':1:21: "failOn" stands here a second time.'],
    ['[]', ':1:1: the config is an object: { … }.'],
    ['', ':1:1: a value is expected here.'],
    ['{\r\n  "failOn": "error"\r\n  "skipRules": []\r\n}', ':3:3: a comma is expected here.'],
    ['{"failOn": "error"', ':1:19: a closing } is expected here.'],
    ['{} {}', ':1:4: the file should end here.'],
    ["{'failOn': 1}", ':1:2: this is not JSON.'],
    ['['.repeat(100_000), ':1:1: it is nested deeper than 100 levels.'],
  ])('refuses %s', async (config, message) => {
    const fault = await faultOf(config.slice(0, 200_000));
    expect(fault).toContain(message);
    expect(fault).toMatch(/^keyguard\.config\.json:\d+:\d+: [^\n]*$/u);
  });

  it('refuses a config that is not UTF-8', async () => {
    const files = { config: Buffer.from('\ufeff{}', 'utf16le'), ignore: null, baseline: null };
    await expect(loadPolicy(files, 'x', RULES, '2026-11-20')).rejects.toThrow('keyguard.config.json is not UTF-8');
  });

  it('names another config file by its own name', async () => {
    const files = { config: Buffer.from('{"a":1}'), ignore: null, baseline: null };
    await expect(loadPolicy(files, 'x', RULES, '2026-11-20', 'team.json')).rejects.toThrow(/^team\.json:1:2: unknown/u);
  });

  it('gives a policy or a KeyguardError for any bytes, and leaves Object.prototype alone', async () => {
    const texts = array(constantFrom('{', '}', '[', ']', '"', ':', ',', '"skipRules"', '"__proto__"', '//', 'a', '\n'));
    const check = async (text: string): Promise<void> => {
      const result: unknown = await load(text).catch((error: unknown) => error);
      expect(result instanceof Error ? result instanceof KeyguardError : true).toBe(true);
      expect(Object.keys(Object.prototype)).toEqual([]);
    };
    await assert(
      asyncProperty(texts, (parts) => check(parts.join(''))),
      { seed: 1 },
    );
    await assert(
      asyncProperty(object(), (value) => check(JSON.stringify(value))),
      { seed: 1 },
    );
    await assert(asyncProperty(string({ unit: 'binary' }), check), { seed: 1 });
  });
});

describe('config.schema.json', () => {
  const schema: unknown = JSON.parse(
    readFileSync(new URL('../../../src/config/config.schema.json', import.meta.url), 'utf8'),
  );
  const isValid = (config: unknown): boolean =>
    typeof schema === 'object' && schema !== null && new Ajv().validate(schema, config);
  const skipRules = ['openai-project-key'];

  it.each([
    {},
    { $schema: './x.json', skipRules, failOn: 'warning', overrides: [{ paths: ['a'], skipRules }] },
    { overrides: [] },
  ])('takes what the program takes: %j', async (config) => {
    expect(isValid(config)).toBe(true);
    await expect(load(JSON.stringify(config))).resolves.toMatchObject({ from: 'the index' });
  });

  it.each([
    [],
    { skiprules: [] },
    { skipRules: 'a' },
    { skipRules: [1] },
    { failOn: 'never' },
    { overrides: [{ paths: [], skipRules }] },
    { overrides: [{ paths: [' '], skipRules }] },
    { overrides: [{ paths: ['a'] }] },
    { overrides: [{ paths: ['a'], skipRules, failOn: 'error' }] },
  ])('refuses what the program refuses: %j', async (config) => {
    expect(isValid(config)).toBe(false);
    await faultOf(JSON.stringify(config));
  });
});
