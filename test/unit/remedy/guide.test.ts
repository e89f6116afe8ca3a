import { describe, expect, test } from 'vitest';
import { guideText } from '../../../src/cli/commands/guide.ts';
import { KeyguardError } from '../../../src/errors.ts';
import type { GuidanceData } from '../../../src/remedy/guidance-data.ts';
import { topicsOf } from '../../../src/remedy/topics.ts';
import { fakeKey } from '../../helpers/keys.ts';
import { guidance, providerOf, providers, recordOf, unwrapped } from './guidance.ts';

function errorOf(...args: string[]): string {
  try {
    guideText(args, guidance, 80);
  } catch (error) {
    if (error instanceof KeyguardError && error.code === 'usage') return error.message;
    throw error;
  }
  throw new Error('no error');
}

/** Lines that are too wide, but for those which hold a URL or a command, which nobody may break. */
function tooWide(text: string, width: number): string[] {
  return text
    .split('\n')
    .filter(
      (line) => line.length > width && !/https:\/\/\S+$/u.test(line) && !/^ {2}(?:git|node|keyguard) /u.test(line),
    );
}

const everyPage = providers.flatMap((provider) =>
  topicsOf(provider, guidance).map(({ name }) => [provider.slug, name] as const),
);

describe('the overview', () => {
  test('fits on one screen and names every topic and provider', () => {
    const text = guideText([], guidance, 80);
    expect(text.split('\n').length - 1).toBeLessThanOrEqual(24);
    expect(tooWide(text, 80)).toEqual([]);
    const words = text.split(/\s+/u);
    for (const [slug, topic] of everyPage) expect(words).toEqual(expect.arrayContaining([slug, topic]));
  });

  test('still fits with seventy-two providers', () => {
    const more = Array.from({ length: 72 - providers.length }, (_, i) => `provider${i}`);
    const others = more.map((slug) => ({ ...providerOf('anthropic'), slug }));
    const many: GuidanceData = { ...guidance, providers: [...guidance.providers, ...others] };
    const text = guideText([], many, 80);
    expect(text.split('\n').length - 1).toBeLessThanOrEqual(24);
    expect(text.split(/\s+/u)).toEqual(expect.arrayContaining(more));
  });

  test('leaves out what takes the keys that nobody claims', () => {
    expect(guideText([], guidance, 80)).not.toContain('unknown');
    expect(errorOf('unknown-sk')).toContain('The guide knows no provider or topic "unknown-sk"');
  });

  test('every command it shows works', () => {
    const calls = [...guideText([], guidance, 80).matchAll(/keyguard guide (?<words>.+?) {2,}/gu)];
    expect(calls.length).toBeGreaterThan(2);
    for (const call of calls) expect(guideText((call.groups?.['words'] ?? '').split(' '), guidance, 80)).not.toBe('');
  });
});

describe('a provider', () => {
  test('lists its topics with what they are about', () => {
    const text = guideText(['openai'], guidance, 80);
    for (const { name, title } of topicsOf(providerOf('openai'), guidance)) {
      expect(text).toMatch(new RegExp(`^ {2}${name} +${title}$`, 'mu'));
    }
  });

  test.each(['create', 'types', 'revoke', 'store', 'test', 'limits', 'exposed'])(
    '%s is known of every one',
    (topic) => {
      for (const { slug } of providers) expect(guideText([slug, topic], guidance, 80)).toContain('From:');
    },
  );

  test('says what is not known, and where to look', () => {
    expect(unwrapped(guideText(['groq', 'limits'], guidance, 80))).toContain(
      'keyguard does not know how Groq limits what a key can spend. Look in the console: https://',
    );
    expect(guideText(['openai', 'limits'], guidance, 80)).not.toContain('does not know');
  });

  test('tells how a key is tried, what each answer means, and for which types nothing is known', () => {
    const text = guideText(['groq', 'test'], guidance, 80);
    expect(text).toContain('  200                            live\n');
    expect(text).toContain('  401 invalid_api_key            dead\n');
    expect(text).toContain('process.env.GROQ_API_KEY');
    expect(unwrapped(guideText(['minimax', 'test'], guidance, 80))).toContain(
      'keyguard knows no call that costs nothing for: MiniMax coding plan key.',
    );
    expect(unwrapped(guideText(['stripe', 'test'], guidance, 80))).toContain(
      'keyguard does not know a call that tries',
    );
  });

  test('tells for each key type what it opens, who can revoke it, and where', () => {
    const provider = providerOf('openai');
    const revoke = unwrapped(guideText(['openai', 'revoke'], guidance, 80));
    const types = unwrapped(guideText(['openai', 'types'], guidance, 80));
    const urls = provider.keyTypes.flatMap(({ revocation }) => revocation.url ?? []);
    expect(urls.length).toBeGreaterThan(4);
    for (const url of urls) expect(revoke).toContain(`where: ${url}`);
    for (const type of provider.keyTypes) {
      expect(types).toContain(`${type.title}: ${type.opens}.`);
      expect(revoke).toContain(`${type.title} who can: `);
      for (const step of type.revocation.steps) expect(revoke).toContain(step);
    }
    expect(revoke).toContain('OpenAI admin API key who can: only an owner of the organization where: ');
  });

  test('says where a link is not confirmed by the provider', () => {
    expect(unwrapped(guideText(['openai', 'revoke'], guidance, 80))).toMatch(
      /OpenAI user API key \(sk-None form\) who can: [^(]+\(no page of the provider confirms this: look before you trust it\)/u,
    );
  });

  test('says when a key is revoked even if it was only staged, and when there is nothing to revoke', () => {
    const records = guideText(['openai', 'revoke'], guidance, 80);
    expect(recordOf(records, 'OpenAI admin API key')).toContain('when: in any case, even if it was only staged how: ');
    expect(recordOf(records, 'OpenAI project API key')).not.toContain('in any case');
    expect(recordOf(records, 'OpenAI ephemeral client secret')).toContain('who can: nobody needs to');
  });

  test('tells the advice before the notes to it', () => {
    const text = guideText(['openai', 'exposed'], guidance, 80);
    expect(text.indexOf('pushed, public or unknown')).toBeLessThan(text.indexOf('Today ('));
  });

  test('may be written as it writes itself', () => {
    expect(guideText(['OpenAI', 'Weam'], guidance, 80)).toBe(guideText(['openai', 'weam'], guidance, 80));
  });
});

describe('every page', () => {
  test.each(everyPage)('%s %s keeps to 80 columns, and to 60', (slug, topic) => {
    for (const width of [80, 60]) expect(tooWide(guideText([slug, topic], guidance, width), width)).toEqual([]);
  });

  test.each(everyPage)('%s %s says where it comes from', (slug, topic) => {
    const [, sources = ''] = guideText([slug, topic], guidance, 80).split('\nFrom:\n');
    expect(sources).toMatch(/the guides of 2025|https:\/\/\S+\s+\(2026-\d\d-\d\d\)/u);
  });
});

describe('a word that names nothing', () => {
  test.each([
    [['openia'], 'The guide knows no provider or topic "openia"; did you mean "keyguard guide openai"?'],
    [['expsed'], 'The guide knows no provider or topic "expsed"; did you mean "keyguard guide exposed"?'],
    [['weam'], 'The guide knows no provider or topic "weam"; did you mean "keyguard guide openai weam"?'],
    [['scenario'], 'The guide knows no provider or topic "scenario"; did you mean "keyguard guide openai scenario"?'],
    [['zzzzzzzzzz'], 'The guide knows no provider or topic "zzzzzzzzzz"; "keyguard guide" lists them.'],
    [['openai', 'crate'], 'The guide has no topic "crate" for OpenAI; did you mean "openai create"?'],
    [
      ['anthropic', 'weam'],
      'The guide has no topic "weam" for Anthropic; "keyguard guide openai weam" tells it for OpenAI.',
    ],
    [['openai', 'create', 'now'], '"now" is one word too many: keyguard guide openai create'],
    [['store', 'now'], '"now" is one word too many: keyguard guide store'],
    [
      ['openai', 'scenario', 'chatbit'],
      'The guide has no scenario "chatbit"; did you mean "building a chatbot app"? "keyguard guide openai scenario chatbot" tells it.',
    ],
    [
      ['openai', 'scenario', 'zzzzzzzzzz'],
      'The guide has no scenario "zzzzzzzzzz"; "keyguard guide openai scenarios" lists them.',
    ],
  ])('%j', (args, message) => {
    expect(errorOf(...args)).toBe(message);
  });
});

test.each([[[]], [['openai']], [['openai', 'scenario']], [['store']]])(
  'a key among the words of %j is quoted unchanged, so that the sink can hide it',
  (before) => {
    const key = fakeKey('openaiProject');
    expect(errorOf(...before, key)).toContain(`"${key}"`);
    expect(
      errorOf(...before, key)
        .replaceAll(key, '')
        .toLowerCase(),
    ).not.toContain(key.slice(12, 20).toLowerCase());
  },
);
