import { fakeKey } from '../helpers/keys.ts';
import { fillTemplate } from '../../src/ruleset/fill-template.ts';

/** Every key that its own text identifies, whatever stands around it: a name, the rule that must find it, a template. */
export const FORMS: readonly (readonly [form: string, ruleId: string, make: (seed: number) => string])[] = [
  ['project 20', 'openai-project-key', (seed) => fakeKey('openaiProject20', seed)],
  ['project 58', 'openai-project-key', (seed) => fakeKey('openaiProject58', seed)],
  ['project 74', 'openai-project-key', (seed) => fakeKey('openaiProject', seed)],
  ['service account 46', 'openai-service-account-key', (seed) => fakeKey('openaiService46', seed)],
  ['service account 74', 'openai-service-account-key', (seed) => fakeKey('openaiService', seed)],
  ['admin 58', 'openai-admin-key', (seed) => fakeKey('openaiAdmin', seed)],
  ['admin 74', 'openai-admin-key', (seed) => fakeKey('openaiAdmin74', seed)],
  ['legacy user', 'openai-legacy-user-key', (seed) => fakeKey('openaiLegacy', seed)],
  ['None 20', 'openai-none-user-key', (seed) => fakeKey('openaiNone20', seed)],
  ['None 74', 'openai-none-user-key', (seed) => fakeKey('openaiNone74', seed)],
  ['named', 'openai-named-legacy-key', (seed) => fakeKey('openaiNamed', seed)],
  ['named service', 'openai-named-legacy-key', (seed) => fakeKey('openaiServiceNamed', seed)],
  ['anthropic api', 'anthropic-api-key', (seed) => fakeKey('anthropicApi', seed)],
  ['anthropic admin', 'anthropic-admin-key', (seed) => fakeKey('anthropicAdmin', seed)],
  ['anthropic oauth', 'anthropic-oauth-access-token', (seed) => fakeKey('anthropicOauth', seed)],
  ['anthropic refresh', 'anthropic-oauth-refresh-token', filled('sk-ant-ort01-{{base64url:95}}')],
  ['anthropic session', 'anthropic-session-key', filled('sk-ant-sid01-{{base64url:84}}AA')],
  ['openrouter', 'openrouter-api-key', (seed) => fakeKey('openrouter', seed)],
  ['langfuse secret', 'langfuse-secret-key', filled('sk-lf-{{hex:8}}-{{hex:4}}-{{hex:4}}-{{hex:4}}-{{hex:12}}')],
  [
    'helicone',
    'helicone-api-key',
    filled('sk-helicone-{{loweralnum:7}}-{{loweralnum:7}}-{{loweralnum:7}}-{{loweralnum:7}}'),
  ],
  ['kimi coding', 'kimi-coding-key', filled('sk-kimi-{{alnum:48}}')],
  ['minimax', 'minimax-api-key', filled('sk-api-{{base64url:119}}')],
  ['cerebras', 'cerebras-api-key', filled('csk-{{loweralnum:48}}')],
  ['elevenlabs', 'elevenlabs-api-key', filled('sk_{{hex:48}}')],
  ['groq', 'groq-api-key', filled('gsk_{{alnum:52}}')],
  ['google', 'google-api-key', filled('AIzaSy{{base64url:32}}w')],
  ['google auth', 'google-aq-key', filled('AQ.Ab8RN6{{base64url:43}}Q')],
  ['google oauth', 'google-oauth-access-token', filled('ya29.a0{{base64url:150}}')],
  ['bedrock', 'aws-bedrock-long-term-key', bedrock],
  ['hugging face', 'huggingface-user-token', filled('hf_{{alpha:34}}')],
  ['hugging face organization', 'huggingface-org-token', filled('api_org_{{alpha:34}}')],
  ['replicate', 'replicate-api-token', filled('r8_{{alnum:37}}')],
  ['xai', 'xai-api-key', filled('xai-{{alnum:80}}')],
  ['xai management session', 'xai-management-key', filled('xai-token-{{alnum:80}}')],
  ['perplexity', 'perplexity-api-key', filled('pplx-{{alnum:48}}')],
  ['fireworks session', 'fireworks-api-key', filled('fw_{{alnum:24}}')],
  ['nvidia session', 'nvidia-api-key', filled('nvapi-{{base64url:63}}z')],
  ['pinecone', 'pinecone-api-key', filled('pcsk_{{alnum:6}}_{{alnum:63}}')],
  ['langsmith personal', 'langsmith-personal-key', filled('lsv2_pt_{{hex:32}}_{{hex:10}}')],
  ['langsmith service', 'langsmith-service-key', filled('lsv2_sk_{{hex:32}}_{{hex:10}}')],
  ['tavily session', 'tavily-api-key', filled('tvly-dev-{{base64url:31}}z')],
  ['jina', 'jina-api-key', filled('jina_{{hex:32}}{{alnum:28}}')],
  ['runpod', 'runpod-api-key', filled('rpa_{{HEX:40}}{{alnum:6}}')],
  ['vercel gateway', 'vercel-ai-gateway-key', filled('vck_{{base64url:50}}{{alnum:6}}')],
  ['cursor', 'cursor-crsr-key', filled('crsr_{{alnum:64}}')],
  ['databricks', 'databricks-pat', filled('dapi{{hex:32}}')],
  ['e2b', 'e2b-api-key', filled('e2b_{{hex:40}}')],
  ['browserbase', 'browserbase-api-key', filled('bb_live_{{base64url:26}}z')],
  ['friendli', 'friendli-token', filled('flp_{{alnum:46}}')],
  ['devin', 'devin-api-key', filled('cog_{{lower:52}}')],
];

/** Base64 of a text that begins as all of them do. */
function bedrock(seed: number): string {
  const text = fillTemplate('Bedrock{{}}APIKey-{{loweralnum:4}}-at-{{digits:12}}:{{base64:44}}', seed);
  return `ABSK${Buffer.from(text).toString('base64')}`;
}

/** Ends in `-`, where `\b` would cut. */
export const ENDS_IN_HYPHEN: readonly (readonly [form: string, ruleId: string, make: (seed: number) => string])[] = [
  ['project 74', 'openai-project-key', filled('sk-proj-{{base64url:74}}T3{{}}BlbkFJ{{base64url:73}}-')],
  ['admin 58', 'openai-admin-key', filled('sk-admin-{{base64url:58}}T3{{}}BlbkFJ{{base64url:57}}-')],
  [
    'service account 46',
    'openai-service-account-key',
    filled('sk-svcacct-{{base64url:46}}T3{{}}BlbkFJ{{base64url:45}}-'),
  ],
  ['minimax', 'minimax-api-key', filled('sk-api-{{base64url:118}}-')],
];

function filled(template: string): (seed: number) => string {
  return (seed) => fillTemplate(template, seed);
}
