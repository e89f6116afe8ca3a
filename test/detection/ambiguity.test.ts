import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import { fillTemplate } from '../../src/ruleset/fill-template.ts';
import { detectIn } from './detect.ts';

const ALNUM_48 = 'sk-{{alnum:48}}';
const HEX_32 = 'sk-{{hex:32}}';
const SHORT = 'sk-{{base64url:22}}';
const HEX_48 = 'sk_{{hex:48}}';
const NOVITA = 'sk_{{base64url:43}}';
const STRIPE = 'sk_live_{{alnum:24}}';

/** The only finding in the text; `KEY` stands for the key. */
async function findingIn(text: string, template: string): Promise<Finding> {
  const key = fillTemplate(template, 11);
  const [first, ...others] = await detectIn(text.replaceAll('KEY!', key));
  expect(others).toEqual([]);
  expect(first).toBeDefined();
  if (first === undefined) throw new Error('nothing was found');
  return first.finding;
}

function decidedBy({ evidence }: Finding): readonly string[] {
  return evidence.flatMap((one) =>
    one.kind === 'name' || one.kind === 'host' || one.kind === 'word' ? [one.kind] : [],
  );
}

const LINES = '\n'.repeat(20);

/** A shape that several providers share, what stands around it, whose it is, and what decided. */
const DECIDED: readonly (readonly [shape: string, around: string, ruleId: string, by: 'name' | 'host' | 'word'])[] = [
  [ALNUM_48, 'MOONSHOT_API_KEY=KEY!', 'moonshot-api-key', 'name'],
  [ALNUM_48, 'STABILITY_API_KEY: "KEY!"', 'stability-api-key', 'name'],
  [ALNUM_48, "siliconflowKey = 'KEY!'", 'siliconflow-api-key', 'name'],
  [ALNUM_48, 'export BRAINTRUST_API_KEY=KEY!', 'braintrust-api-key', 'name'],
  [ALNUM_48, 'curl https://api.moonshot.ai/v1/models -H "Authorization: Bearer KEY!"', 'moonshot-api-key', 'host'],
  [ALNUM_48, 'fetch("https://api.siliconflow.cn/v1", { token: "KEY!" })', 'siliconflow-api-key', 'host'],
  [ALNUM_48, '# for braintrust\ntoken = "KEY!"', 'braintrust-api-key', 'word'],
  [ALNUM_48, 'host: https://api.stability.ai\nauth:\n  token: KEY!', 'stability-api-key', 'host'],
  [ALNUM_48, 'MOONSHOT_API_KEY=KEY! # not for api.stability.ai', 'moonshot-api-key', 'name'],
  [ALNUM_48, '# braintrust\n\n\ncall("https://api.moonshot.cn", "KEY!")', 'moonshot-api-key', 'host'],
  [HEX_32, 'DEEPSEEK_API_KEY=KEY!', 'deepseek-api-key', 'name'],
  [HEX_32, 'DASHSCOPE_API_KEY=KEY!', 'dashscope-api-key', 'name'],
  [HEX_32, 'base_url="https://api.deepseek.com", api_key="KEY!"', 'deepseek-api-key', 'host'],
  [HEX_32, '{ "qwen": { "apiKey": "KEY!" } }', 'dashscope-api-key', 'word'],
  [HEX_32, 'model: deepseek-chat\nkey: KEY!', 'deepseek-api-key', 'word'],
  [SHORT, 'LITELLM_MASTER_KEY=KEY!', 'litellm-key', 'name'],
  [SHORT, 'general_settings:\n  master_key: KEY!', 'litellm-key', 'name'],
  [SHORT, '# litellm\nvalue: KEY!', 'litellm-key', 'word'],
  [HEX_48, 'ELEVENLABS_API_KEY=KEY!', 'elevenlabs-api-key', 'name'],
  [HEX_48, 'xi-api-key: KEY!', 'elevenlabs-api-key', 'name'],
  [NOVITA, 'NOVITA_API_KEY=KEY!', 'novita-api-key', 'name'],
  [STRIPE, 'STRIPE_SECRET_KEY=KEY!', 'stripe-secret-key', 'name'],
  [STRIPE, 'CLERK_SECRET_KEY=KEY!', 'clerk-secret-key', 'name'],
];

describe.each(DECIDED)('%s in %j', (shape, around, ruleId, by) => {
  it(`is ${ruleId}: its ${by} says so`, async () => {
    const finding = await findingIn(`${LINES}${around}\n${LINES}`, shape);
    expect(finding.ruleId).toBe(ruleId);
    expect(decidedBy(finding)).toEqual([by]);
    expect(finding.candidates).toEqual([]);
  });
});

const OF_48 = ['braintrust-api-key', 'moonshot-api-key', 'siliconflow-api-key', 'stability-api-key'];
const OF_HEX = ['dashscope-api-key', 'deepseek-api-key'];

describe.each([
  [ALNUM_48, 'KEY!', OF_48],
  [ALNUM_48, 'API_KEY=KEY!', OF_48],
  [HEX_32, 'KEY!', OF_HEX],
  [HEX_32, 'token: KEY!', OF_HEX],
  [SHORT, 'API_KEY=KEY!', ['litellm-key']],
  ['sk-{{alnum:40}}', 'KEY!', []],
  ['sk-{{base64url:64}}', 'token = "KEY!"', []],
])('%s in %j, where nothing decides', (shape, around, candidates) => {
  it('is reported once, with all that it may be', async () => {
    const finding = await findingIn(`${around}\n`, shape);
    expect(finding.ruleId).toBe('unknown-sk-key');
    expect(finding.confidence).toBe('low');
    expect(finding.candidates.map((candidate) => candidate.ruleId)).toEqual(candidates);
    expect(decidedBy(finding)).toEqual([]);
  });
});

it('names the two that are mentioned equally, and no other', async () => {
  const finding = await findingIn('deepseek KEY! dashscope', HEX_32);
  expect(finding.candidates.map(({ ruleId }) => ruleId)).toEqual(OF_HEX);
  const three = await findingIn('moonshot KEY! kimi', ALNUM_48);
  expect(three.ruleId).toBe('moonshot-api-key');
});

it('prefers what is nearer of two on the line', async () => {
  const finding = await findingIn('use deepseek, not that old one of dashscope: KEY!', HEX_32);
  expect(finding.ruleId).toBe('dashscope-api-key');
});

describe('the key itself decides before anything around it', () => {
  it.each([
    ['sk-{{alnum:20}}T3{{}}BlbkFJ{{alnum:20}}', 'openai-legacy-user-key'],
    ['sk-proj-{{base64url:74}}T3{{}}BlbkFJ{{base64url:74}}', 'openai-project-key'],
    ['sk-ant-api03-{{base64url:93}}AA', 'anthropic-api-key'],
    ['sk-or-v1-{{hex:64}}', 'openrouter-api-key'],
    ['sk-kimi-{{alnum:48}}', 'kimi-coding-key'],
  ])('%s is %s under a foreign name', async (shape, ruleId) => {
    const finding = await findingIn('STABILITY_API_KEY=KEY! # deepseek, https://api.moonshot.ai', shape);
    expect(finding.ruleId).toBe(ruleId);
    expect(finding.candidates).toEqual([]);
  });
});

describe('a damaged key', () => {
  it.each([
    ['sk-proj-{{base64url:74}}T3{{}}BlbkFJ{{base64url:60}}', 'openai-project-key', 'cut-short'],
    ['sk-proj-{{base64url:60}}', 'openai-project-key', 'cut-short'],
    ['sk-proj-{{base64url:74}}T3{{}}BlbkFJ{{base64url:74}}{{alnum:3}}', 'openai-project-key', 'over-long'],
    ['sk-proj-{{base64url:70}}T3{{}}BlbkFJ{{base64url:74}}', 'openai-project-key', 'uneven'],
    ['sk-proj-{{base64url:156}}', 'openai-project-key', 'uneven'],
    ['sk-admin-{{base64url:58}}T3{{}}BlbkFJ{{base64url:20}}', 'openai-admin-key', 'cut-short'],
    ['sk-{{alnum:20}}T3{{}}BlbkFJ{{alnum:12}}', 'openai-legacy-user-key', 'cut-short'],
    ['sk-{{alnum:20}}T3{{}}BlbkFJ{{alnum:24}}', 'openai-legacy-user-key', 'over-long'],
    ['sk-ant-api03-{{base64url:60}}', 'anthropic-api-key', 'cut-short'],
    ['sk-ant-admin01-{{base64url:130}}', 'anthropic-admin-key', 'over-long'],
  ])('%s is %s, %s, of low confidence', async (shape, ruleId, damage) => {
    const finding = await findingIn('KEY = "KEY!"\n', shape);
    expect(finding).toMatchObject({ ruleId, damage, confidence: 'low' });
  });

  it('is none when it is only of a length that nobody has seen', async () => {
    const shape = 'sk-proj-{{base64url:90}}T3{{}}BlbkFJ{{base64url:90}}';
    const finding = await findingIn('KEY = "KEY!"\n', shape);
    expect(finding).toMatchObject({ ruleId: 'openai-project-key', damage: null, confidence: 'medium' });
  });
});

describe('the name in the evidence', () => {
  it.each([
    ['DEEPSEEK_API_KEY=KEY!', 'DEEPSEEK_API_KEY'],
    ['my_deepseek_key: KEY!', 'my_deepseek_key'],
    ["deepseekApiKey = 'KEY!'", 'deepseekApiKey'],
    ['"x\\nDEEPSEEK_API_KEY=KEY!"', 'DEEPSEEK_API_KEY'],
    ['q7Zr2kPw9Xn4Tb6Vc8Yd_deepseek = KEY!', 'deepseek'],
  ])('%s: %s', async (around, name) => {
    const { evidence } = await findingIn(around, HEX_32);
    expect(evidence).toContainEqual({ kind: 'name', text: name });
  });
});
