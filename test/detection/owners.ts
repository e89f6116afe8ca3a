import { fillTemplate } from '../../src/ruleset/fill-template.ts';

/** A key that only its surroundings tell, and how its provider is named in them. */
export interface Owner {
  readonly ruleId: string;
  readonly key: (seed: number) => string;
  readonly variable: string;
  readonly camel: string;
  /** In a name that only holds the provider's. */
  readonly word: string;
  readonly host: string;
  /** The client of its SDK. */
  readonly client: string;
}

function owner(
  ruleId: string,
  template: string,
  names: readonly [variable: string, camel: string, word: string, host: string, client: string],
): Owner {
  const [variable, camel, word, host, client] = names;
  return { ruleId, key: (seed) => fillTemplate(template, seed), variable, camel, word, host, client };
}

const HEX_32 = '{{hex:32}}';
const HEX_40 = '{{hex:40}}';
const HEX_64 = '{{hex:64}}';

/** Every type whose shape is that of a hash, a UUID or any letters and digits. */
export const OWNERS: readonly Owner[] = [
  owner('azure-openai-key-32', HEX_32, [
    'AZURE_OPENAI_API_KEY',
    'azureOpenaiApiKey',
    'azure_openai',
    'example.openai.azure.com',
    'AzureOpenAI',
  ]),
  owner('mistral-api-key', '{{alnum:32}}', [
    'MISTRAL_API_KEY',
    'mistralApiKey',
    'mistral',
    'api.mistral.ai',
    'Mistral',
  ]),
  owner('cohere-api-key', '{{alnum:40}}', [
    'COHERE_API_KEY',
    'cohereApiKey',
    'cohere',
    'api.cohere.com',
    'CohereClient',
  ]),
  owner('together-legacy-key', HEX_64, [
    'TOGETHER_API_KEY',
    'togetherApiKey',
    'together',
    'api.together.xyz',
    'Together',
  ]),
  owner('wandb-api-key-legacy', HEX_40, ['WANDB_API_KEY', 'wandbApiKey', 'wandb', 'api.wandb.ai', 'wandb.Api']),
  owner('sambanova-api-key', '{{uuid}}', [
    'SAMBANOVA_API_KEY',
    'sambanovaApiKey',
    'sambanova',
    'api.sambanova.ai',
    'SambaNova',
  ]),
  owner('assemblyai-api-key', HEX_32, [
    'ASSEMBLYAI_API_KEY',
    'assemblyaiApiKey',
    'assemblyai',
    'api.assemblyai.com',
    'AssemblyAI',
  ]),
  owner('deepgram-api-key', HEX_40, [
    'DEEPGRAM_API_KEY',
    'deepgramApiKey',
    'deepgram',
    'api.deepgram.com',
    'DeepgramClient',
  ]),
  owner('exa-api-key', '{{uuid}}', ['EXA_API_KEY', 'exaApiKey', 'exa', 'api.exa.ai', 'Exa']),
  owner('zhipu-api-key', '{{hex:32}}.{{alnum:16}}', [
    'ZHIPUAI_API_KEY',
    'zhipuaiApiKey',
    'zhipuai',
    'open.bigmodel.cn',
    'ZhipuAI',
  ]),
  owner('ollama-api-key', '{{hex:32}}.{{base64url:23}}a', [
    'OLLAMA_API_KEY',
    'ollamaApiKey',
    'ollama',
    'ollama.com',
    'ollama.Client',
  ]),
  owner('baseten-api-key', '{{alnum:8}}.{{alnum:32}}', [
    'BASETEN_API_KEY',
    'basetenApiKey',
    'baseten',
    'inference.baseten.co',
    'Baseten',
  ]),
  owner('ai21-api-key', '{{uuid}}', ['AI21_API_KEY', 'ai21ApiKey', 'ai21', 'api.ai21.com', 'AI21Client']),
  owner('clarifai-pat', HEX_32, ['CLARIFAI_PAT', 'clarifaiPat', 'clarifai', 'api.clarifai.com', 'Clarifai']),
  owner('vastai-api-key', HEX_64, ['VAST_API_KEY', 'vastApiKey', 'vastai', 'console.vast.ai', 'VastAI']),
  owner('upstage-api-key', '{{alnum:45}}', [
    'UPSTAGE_API_KEY',
    'upstageApiKey',
    'upstage',
    'api.upstage.ai',
    'ChatUpstage',
  ]),
  owner('volcengine-ark-api-key', '{{uuid}}', [
    'ARK_API_KEY',
    'arkApiKey',
    'volcengine',
    'ark.cn-beijing.volces.com',
    'Ark',
  ]),
  owner('greptile-api-key', '{{base64:48}}', [
    'GREPTILE_API_KEY',
    'greptileApiKey',
    'greptile',
    'api.greptile.com',
    'Greptile',
  ]),
  owner('weaviate-api-key', '{{alnum:40}}', [
    'WEAVIATE_API_KEY',
    'weaviateApiKey',
    'weaviate',
    'example.weaviate.cloud',
    'weaviate.Client',
  ]),
  owner('portkey-api-key', '{{alnum:28}}', [
    'PORTKEY_API_KEY',
    'portkeyApiKey',
    'portkey',
    'api.portkey.ai',
    'Portkey',
  ]),
  owner('humanloop-api-key', '{{alnum:48}}', [
    'HUMANLOOP_API_KEY',
    'humanloopApiKey',
    'humanloop',
    'api.humanloop.com',
    'Humanloop',
  ]),
  owner('stepfun-api-key', '{{alnum:64}}', [
    'STEPFUN_API_KEY',
    'stepfunApiKey',
    'stepfun',
    'api.stepfun.com',
    'StepFun',
  ]),
];

/** "exa" and "together" are words of every day: only longer forms of them hint at somebody. */
function hintOf({ word }: Pick<Owner, 'word'>): string {
  if (word === 'exa') return 'exa_py';
  return word === 'together' ? 'together_ai' : word;
}

/** The text with the names of a provider in their places. */
export function spell(text: string, one: Omit<Owner, 'ruleId' | 'key'>, key: string): string {
  const names: Readonly<Record<string, string>> = {
    VAR: one.variable,
    var: one.variable.toLowerCase(),
    camel: one.camel,
    word: one.word,
    WORD: one.word.toUpperCase(),
    host: one.host,
    Client: one.client,
  };
  return text
    .replaceAll(
      /(?:(?<![A-Za-z])|(?<=\\n))(?:VAR|var|camel|word|WORD|host|Client)(?![a-z])/gu,
      (name) => names[name] ?? name,
    )
    .replaceAll('HINT', hintOf(one))
    .replaceAll('KEY!', key);
}

/** Somebody that nobody knows, in the same places. */
export const NOBODY: Omit<Owner, 'ruleId' | 'key'> = {
  variable: 'ACME_API_KEY',
  camel: 'acmeApiKey',
  word: 'acme',
  host: 'api.acme.example',
  client: 'AcmeClient',
};
