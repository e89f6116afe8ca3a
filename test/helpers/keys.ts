import { fillTemplate } from '../../src/ruleset/fill-template.ts';

const MARKER = 'T3{{}}BlbkFJ';

/** Key shapes as templates. No key stands in this repository: each is built at run time from a seed. */
export const SHAPES = {
  openaiProject20: `sk-proj-{{alnum:20}}${MARKER}{{alnum:20}}`,
  openaiProject58: `sk-proj-{{base64url:58}}${MARKER}{{base64url:58}}`,
  openaiProject: `sk-proj-{{base64url:74}}${MARKER}{{base64url:74}}`,
  openaiService46: `sk-svcacct-{{base64url:46}}${MARKER}{{base64url:46}}`,
  openaiService: `sk-svcacct-{{base64url:74}}${MARKER}{{base64url:74}}`,
  openaiAdmin: `sk-admin-{{base64url:58}}${MARKER}{{base64url:58}}`,
  openaiAdmin74: `sk-admin-{{base64url:74}}${MARKER}{{base64url:74}}`,
  openaiLegacy: `sk-{{alnum:20}}${MARKER}{{alnum:20}}`,
  openaiNone20: `sk-None-{{alnum:20}}${MARKER}{{alnum:20}}`,
  openaiNone74: `sk-None-{{base64url:74}}${MARKER}{{base64url:74}}`,
  openaiNamed: `sk-my-chatbot-{{alnum:20}}${MARKER}{{alnum:20}}`,
  openaiServiceNamed: `sk-service-my-bot-{{alnum:20}}${MARKER}{{alnum:20}}`,
  anthropicApi: 'sk-ant-api03-{{base64url:93}}AA',
  anthropicAdmin: 'sk-ant-admin01-{{base64url:93}}AA',
  anthropicOauth: 'sk-ant-oat01-{{base64url:95}}',
  openrouter: 'sk-or-v1-{{hex:64}}',
  alnum48: 'sk-{{alnum:48}}',
  hex32: 'sk-{{hex:32}}',
} as const;

/** A fake key of a shape. The same seed gives the same key. */
export function fakeKey(shape: keyof typeof SHAPES, seed = 1): string {
  return fillTemplate(SHAPES[shape], seed);
}
