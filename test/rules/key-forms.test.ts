import { describe, expect, test } from 'vitest';
import { viewsOf } from '../../src/decode/views.ts';
import { judge } from '../../src/judge/judge.ts';
import { createMatcher } from '../../src/match/matcher.ts';
import { fillTemplate } from '../../src/ruleset/fill-template.ts';
import { fakeKey, type SHAPES } from '../helpers/keys.ts';
import { RULES } from './all-rule-files.ts';

const MARKER = 'T3{{}}BlbkFJ';
const matcher = createMatcher(RULES.map(({ rule }) => rule));

interface Seen {
  readonly ruleId: string;
  readonly secret: string;
  readonly confidence: string;
  readonly damage: string | null;
  readonly candidates: readonly string[];
}

/** What is reported in a text, with the bytes that its span cuts out. */
function reportedIn(text: string): readonly Seen[] {
  const bytes = Buffer.from(text, 'utf8');
  // A second reading of the text sees the same key.
  const views = viewsOf({ bytes, base: 0, ownStart: 0, ownEnd: bytes.length, last: true }).slice(0, 1);
  return views.flatMap((view) =>
    judge(matcher.findMatches(view)).flatMap(({ match, verdict }) => {
      if (verdict.kind === 'drop') return [];
      const { confidence, damage, candidates } = verdict;
      const secret = bytes.toString('latin1', match.span.start, match.span.end);
      return [{ ruleId: match.rule.id, secret, confidence, damage, candidates }];
    }),
  );
}

describe('every form of a key has its own rule', () => {
  const forms: readonly (readonly [keyof typeof SHAPES, string, string])[] = [
    ['openaiProject20', 'openai-project-key', 'high'],
    ['openaiProject58', 'openai-project-key', 'high'],
    ['openaiProject', 'openai-project-key', 'high'],
    ['openaiService46', 'openai-service-account-key', 'high'],
    ['openaiService', 'openai-service-account-key', 'high'],
    ['openaiAdmin', 'openai-admin-key', 'high'],
    // Accepted, though nobody has shown an admin key of this length.
    ['openaiAdmin74', 'openai-admin-key', 'medium'],
    ['openaiLegacy', 'openai-legacy-user-key', 'high'],
    ['openaiNone20', 'openai-none-user-key', 'medium'],
    ['openaiNone74', 'openai-none-user-key', 'medium'],
    ['openaiNamed', 'openai-named-legacy-key', 'medium'],
    ['openaiServiceNamed', 'openai-named-legacy-key', 'medium'],
    ['anthropicApi', 'anthropic-api-key', 'high'],
    ['anthropicAdmin', 'anthropic-admin-key', 'high'],
    ['anthropicOauth', 'anthropic-oauth-access-token', 'medium'],
    ['openrouter', 'openrouter-api-key', 'high'],
  ];

  test.each(forms)('%s is an %s', (shape, ruleId, confidence) => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const secret = fakeKey(shape, seed);
      const expected = { ruleId, secret, confidence, damage: null, candidates: [] };
      for (const text of [secret, `KEY=${secret}\n`, `"${secret}"`, `x_${secret}`, `%3D${secret}&`, `'\\n${secret}'`]) {
        expect(reportedIn(text)).toEqual([expected]);
      }
    }
  });

  test.each(forms)('two keys one character apart are two: %s', (shape) => {
    const [first, second] = [fakeKey(shape, 1), fakeKey(shape, 2)];
    expect(reportedIn(`${first},${second}`).map(({ secret }) => secret)).toEqual([first, second]);
  });
});

describe('a damaged key is named as what it was', () => {
  test.each([
    [`sk-proj-{{base64url:74}}${MARKER}{{base64url:40}}`, 'openai-project-key', 'cut-short'],
    [`sk-proj-{{base64url:70}}${MARKER}{{base64url:74}}`, 'openai-project-key', 'uneven'],
    ['sk-proj-{{base64url:60}}', 'openai-project-key', 'cut-short'],
    [`sk-svcacct-{{base64url:74}}${MARKER}{{base64url:20}}`, 'openai-service-account-key', 'cut-short'],
    [`sk-admin-{{base64url:58}}${MARKER}{{base64url:30}}`, 'openai-admin-key', 'cut-short'],
    [`sk-{{alnum:20}}${MARKER}{{alnum:14}}`, 'openai-legacy-user-key', 'cut-short'],
    [`sk-my-bot-{{alnum:20}}${MARKER}{{alnum:14}}`, 'openai-named-legacy-key', 'cut-short'],
    ['sk-ant-api03-{{base64url:60}}', 'anthropic-api-key', 'cut-short'],
    ['sk-ant-admin01-{{base64url:70}}', 'anthropic-admin-key', 'cut-short'],
  ])('%s', (template, ruleId, damage) => {
    for (const seed of [1, 2, 3]) {
      const secret = fillTemplate(template, seed);
      const found = reportedIn(`KEY = "${secret}"`);
      expect(found).toEqual([{ ruleId, secret, confidence: 'low', damage, candidates: [] }]);
    }
  });

  test.each([
    ['openaiProject', 'openai-project-key'],
    ['openaiLegacy', 'openai-legacy-user-key'],
    ['openaiNamed', 'openai-named-legacy-key'],
    ['anthropicApi', 'anthropic-api-key'],
  ] as const)('what is glued behind a whole %s is left out of it', (shape, ruleId) => {
    for (const seed of [1, 2, 3]) {
      const secret = fakeKey(shape, seed);
      const found = reportedIn(`KEY = "${secret}${fillTemplate('{{alnum:6}}', seed)}"`);
      expect(found).toMatchObject([{ ruleId, secret, damage: 'over-long' }]);
    }
  });

  test('a key whose prefix is gone', () => {
    const secret = fillTemplate(`{{base64url:74}}${MARKER}{{base64url:74}}`, 1);
    expect(reportedIn(`KEY = "${secret}"`).map(({ ruleId, secret: found }) => [ruleId, found])).toEqual([
      ['openai-damaged-key', secret],
    ]);
  });
});

describe('a shape that several providers share', () => {
  const key48 = fakeKey('alnum48');
  const key32 = fakeKey('hex32');

  test.each([
    [`MOONSHOT_API_KEY=${key48}`, 'moonshot-api-key', key48],
    [`stabilityKey: '${key48}'`, 'stability-api-key', key48],
    [
      `fetch('https://api.siliconflow.cn/v1', { headers: { Authorization: 'Bearer ${key48}' } })`,
      'siliconflow-api-key',
      key48,
    ],
    [`BRAINTRUST_API_KEY: ${key48}`, 'braintrust-api-key', key48],
    [`DEEPSEEK_API_KEY=${key32}`, 'deepseek-api-key', key32],
    [`dashscope.api_key = "${key32}"`, 'dashscope-api-key', key32],
    [`client = OpenAI(api_key="${key32}", base_url="https://api.deepseek.com")`, 'deepseek-api-key', key32],
  ])('is told by what stands beside it: %s', (text, ruleId, secret) => {
    expect(reportedIn(text)).toMatchObject([{ ruleId, secret, candidates: [] }]);
  });

  test.each([
    [key48, ['braintrust-api-key', 'moonshot-api-key', 'siliconflow-api-key', 'stability-api-key']],
    [key32, ['dashscope-api-key', 'deepseek-api-key']],
  ])('is reported once with its candidates where nothing tells', (secret, candidates) => {
    expect(reportedIn(`key = "${secret}"`)).toEqual([
      { ruleId: 'unknown-sk-key', secret, confidence: 'low', damage: null, candidates },
    ]);
  });

  test('Stripe and Clerk', () => {
    const live = fillTemplate('sk_{{}}live_{{alnum:40}}', 1);
    expect(reportedIn(`CLERK_SECRET_KEY=${live}`)).toMatchObject([{ ruleId: 'clerk-secret-key', secret: live }]);
    expect(reportedIn(`STRIPE_SECRET_KEY=${live}`)).toMatchObject([{ ruleId: 'stripe-secret-key', secret: live }]);
    expect(reportedIn(`SECRET_KEY=${live}`)).toMatchObject([
      { secret: live, candidates: ['clerk-secret-key', 'stripe-secret-key'] },
    ]);
    expect(reportedIn(`STRIPE_SECRET_KEY=${live.replace('live', 'test')}`)).toEqual([]);
  });

  test('webhooks of OpenAI and Stripe', () => {
    const secret = fillTemplate('whsec_{{alnum:32}}', 1);
    expect(reportedIn(`OPENAI_WEBHOOK_SECRET=${secret}`)).toMatchObject([{ ruleId: 'openai-webhook-secret', secret }]);
    expect(reportedIn(`STRIPE_WEBHOOK_SECRET=${secret}`)).toMatchObject([{ ruleId: 'stripe-webhook-secret', secret }]);
  });
});
