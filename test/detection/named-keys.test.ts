import { describe, expect, it } from 'vitest';
import { fillTemplate } from '../../src/ruleset/fill-template.ts';
import { dropsIn, foundIn } from './detect.ts';

/** Keys whose beginning is short or shared: what stands around them tells whose they are. */
const KEYS: readonly (readonly [ruleId: string, template: string, variable: string, host: string])[] = [
  ['voyage-api-key', 'pa-{{base64url:42}}x', 'VOYAGE_API_KEY', 'api.voyageai.com'],
  ['voyage-api-key', 'al-{{base64url:42}}x', 'VOYAGE_API_KEY', 'api.voyageai.com'],
  ['modal-token', 'as-{{alnum:22}}', 'MODAL_TOKEN_SECRET', 'api.modal.com'],
  ['cursor-api-key', 'key_{{hex:64}}', 'CURSOR_API_KEY', 'api.cursor.com'],
  ['retell-api-key', 'key_{{hex:28}}', 'RETELL_API_KEY', 'api.retellai.com'],
  ['databricks-oauth-secret', 'dose{{hex:32}}', 'DATABRICKS_CLIENT_SECRET', 'x.cloud.databricks.com'],
  ['promptlayer-api-key', 'pl_{{hex:32}}', 'PROMPTLAYER_API_KEY', 'api.promptlayer.com'],
  ['composio-ak-key', 'ak_{{base64url:19}}z', 'COMPOSIO_API_KEY', 'backend.composio.dev'],
  ['composio-oak-key', 'oak_{{base64url:19}}z', 'COMPOSIO_API_KEY', 'backend.composio.dev'],
  ['composio-uak-key', 'uak_{{base64url:42}}z', 'COMPOSIO_API_KEY', 'backend.composio.dev'],
  ['composio-ck-key', 'ck_{{base64url:19}}z', 'COMPOSIO_API_KEY', 'backend.composio.dev'],
  ['dify-api-key', 'app-{{alnum:24}}', 'DIFY_API_KEY', 'api.dify.ai'],
  ['dify-api-key', 'dataset-{{alnum:24}}', 'DIFY_DATASET_KEY', 'api.dify.ai'],
  ['coze-pat', 'pat_{{alnum:64}}', 'COZE_API_TOKEN', 'api.coze.com'],
  ['scale-api-key', 'live_{{hex:32}}', 'SCALE_API_KEY', 'api.scale.com'],
  ['brave-search-api-key', 'BSA{{base64url:27}}z', 'BRAVE_API_KEY', 'api.search.brave.com'],
  ['openai-codex-oauth', 'rt_{{base64url:89}}z', 'CODEX_REFRESH_TOKEN', 'auth.openai.com'],
  ['openai-codex-oauth', 'rt.{{base64url:59}}z', 'CODEX_REFRESH_TOKEN', 'auth.openai.com'],
];

const PLACES: readonly (readonly [name: string, before: string, after: string])[] = [
  ['a variable', 'NAME=', '\n'],
  ['JSON', '{"NAME": "', '"}'],
  ['YAML', 'env:\n  NAME: ', '\n'],
  ['an XML attribute', '<add key="NAME" value="', '"/>'],
  ['a call', 'os.environ.setdefault("NAME", "', '")\n'],
  ['a Dockerfile', 'ENV NAME ', '\n'],
  ['a request', 'curl https://HOST/v1 -H "Authorization: Bearer ', '"\n'],
  ['a URL', 'GET https://HOST/v1?key=', '&x=1 HTTP/1.1\n'],
  ['a comment above it', '# for HOST\nk = "', '"\n'],
  ['an underscore on a line that names the host', 'https://HOST/?q=key_', ' '],
];

describe.each(KEYS)('%s %s', (ruleId, template, variable, host) => {
  it.each(PLACES)('is known by %s', async (_name, before, after) => {
    const named = before.replace('NAME', variable).replace('HOST', host);
    for (const seed of [11, 12, 13]) {
      const key = fillTemplate(template, seed);
      expect(await foundIn(named + key + after)).toEqual([[ruleId, key]]);
    }
  });
});

describe('a name of a provider that says session, or whose key opens nothing', () => {
  it.each([
    ['sambanova_session="{{uuid}}"'],
    ['SAMBANOVA_SESSION_ID={{uuid}}'],
    ['COHERE_PUBLIC_KEY={{alnum:40}}'],
    ['const coherePublicKey = "{{alnum:40}}"'],
    ['COHERE_CACHE_KEY={{alnum:40}}'],
    ['MISTRAL_CACHE_HASH={{alnum:32}}'],
    ['# for clarifai\nthe mistral cache key {{hex:32}}'],
    ['clarifai: token\nmistral cache key {{hex:32}}'],
  ])('%s', async (template) => {
    for (const seed of [31, 32, 33]) expect(await foundIn(fillTemplate(template, seed))).toEqual([]);
  });

  it.each([
    ['sambanova-api-key', 'sambanova_key="', '{{uuid}}'],
    ['cohere-api-key', 'NEXT_PUBLIC_COHERE_API_KEY=', '{{alnum:40}}'],
    ['cohere-api-key', 'SESSION_COHERE_KEY=', '{{alnum:40}}'],
    ['cohere-api-key', 'COHERE_CACHE_API_KEY=', '{{alnum:40}}'],
  ])('and is not meant by %s: %s', async (ruleId, before, template) => {
    const key = fillTemplate(template, 34);
    expect(await foundIn(`${before}${key}`)).toEqual([[ruleId, key]]);
  });
});

describe('a variable in a sentence', () => {
  it.each([
    ['together-legacy-key', 'TOGETHER_API_KEY is ', '{{hex:64}}'],
    ['azure-openai-key-32', '# `AZURE_OPENAI_API_KEY` is `', '{{hex:32}}'],
  ])('is the name of what it is: %s, %s', async (ruleId, before, template) => {
    const key = fillTemplate(template, 51);
    expect(await foundIn(`${before}${key}`)).toEqual([[ruleId, key]]);
    expect(await foundIn(`${before.replace(/_(?:API_)?KEY/u, '_COMMIT')}${key}`)).toEqual([]);
  });
});

describe('a provider whose name is an everyday word', () => {
  it.each([
    ['a place in a list', 'next_cursor=key_{{hex:64}}\n'],
    ['a place in a list, in JSON', '{ "cursor": "key_{{hex:64}}" }'],
    ['a place in a list, in camel case', 'const nextCursor = "key_{{hex:64}}";'],
    ['a place in a list, in a URL', 'GET /items?cursor=key_{{hex:64}}&limit=10'],
    ['a sentence', 'the cursor position is key_{{hex:64}}'],
    ['no word at all', 'const row = "key_{{hex:64}}";'],
  ])('is not meant by %s', async (_name, template) => {
    for (const seed of [21, 22, 23]) expect(await foundIn(fillTemplate(template, seed))).toEqual([]);
  });
});

describe('what only looks like one is left alone, beside the name too', () => {
  it.each([
    ['a slug', 'voyage: /al-andalus-and-the-sea-routes-of-the-old-world', 'css-class'],
    ['a word', 'databricks: doseService.getAllPatientDosesForTwo(1)', 'words'],
    ['a class', '<div class="modal as-backgroundOverlayViews">', 'words'],
    ['a method', 'fw_updateAllConnectedDevices()', 'words'],
    ['a function', 'composio ak_get_all_of_the_tools', 'css-class'],
    ['a hash in a cache', 'cache_key_{{hex:64}}', 'inside-word'],
    ['a constant', 'brave BSA_DEFAULT_SEARCH_PROVIDER_LIST', 'words'],
    ['a row of x', 'DIFY_API_KEY=app-{{}}xxxxxxxxxxxxxxxxxxxxxxxx', 'repeated'],
  ])('%s', async (_name, template, why) => {
    const text = fillTemplate(template, 5);
    expect(await foundIn(text)).toEqual([]);
    expect([...dropsIn(text)]).toContain(why);
  });

  it('and short ones without any name', async () => {
    expect(await foundIn(fillTemplate('see as-{{alnum:22}} there', 5))).toEqual([]);
    expect(await foundIn(fillTemplate('see app-{{alnum:24}} there', 5))).toEqual([]);
  });
});
