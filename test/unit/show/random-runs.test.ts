import { describe, expect, it } from 'vitest';
import { fillTemplate } from '../../../src/ruleset/fill-template.ts';
import { withoutRandomRuns } from '../../../src/show/random-runs.ts';
import { detectIn } from '../../detection/detect.ts';

const SEEDS = [1, 2, 3, 4, 5];

describe('a part of a snippet that no rule knows', () => {
  it.each(['alnum:40', 'alnum:20', 'base64url:43', 'base64:44', 'hex:32', 'hex:16', 'uuid'])(
    'is hidden where it looks random: %s',
    (kind) => {
      for (const seed of SEEDS)
        expect(withoutRandomRuns(`a=${fillTemplate(`{{${kind}}}`, seed)};`)).toMatch(/^a=….?.?;$/u);
    },
  );

  it.each([
    'export const descriptionOfEverything = await loadConfiguration(pathOfSettings);',
    'NEXT_PUBLIC_AZURE_OPENAI_API_KEY_FOR_TESTS=1 npm run build-everything',
    'https://platform.openai.com/docs/api-reference/chat/completions-and-more?lang=typescript',
    '/usr/lib/python3/dist-packages/cryptography/hazmat/primitives/ciphers',
    'claude-3-5-sonnet-20241022 gpt-4o-mini-2024-08-06 x86_64-unknown-linux-gnu',
    'XMLHttpRequestEventTarget, base64EncodedString, ISO8601DateFormatter, encodeUtf8ToBytesOrNothing',
    '----------------------------------------------- 00000000000000000000 1234567890123456789',
  ])('is shown where it is words: %s', (text) => {
    expect(withoutRandomRuns(text)).toBe(text);
  });
});

describe('the snippet of a key', () => {
  const found = fillTemplate('gh{{}}p_{{alnum:36}}', 7);

  it.each<readonly [string, string, (key: string) => string]>([
    ['a name of its own', '{{hex:32}}', (key) => `AZURE_OPENAI_API_KEY=v_${key}`],
    ['a quote in it', 'gsk{{}}_{{alnum:52}}', (key) => `GROQ_API_KEY=${key.slice(0, 20)}'${key.slice(20)}'`],
    ['tags in it', 'xai{{}}-{{alnum:80}}', (key) => `<t>${key.slice(0, 24)}</t><t>${key.slice(24)}</t>`],
    ['a pair of brackets', '{{alnum:40}}', (key) => `["COHERE_API_KEY"]["${key}"]`],
  ])('does not show another one beside it, with %s', async (_name, template, line) => {
    for (const seed of SEEDS) {
      const key = fillTemplate(template, seed);
      const detections = await detectIn(`${line(key)} GH='${found}'\n`);
      const shown = detections.map(({ finding }) => finding.snippet?.text ?? '').join('\n');
      expect(shown).toContain(`GH='`);
      for (let at = 5; at + 8 <= key.length - 4; at += 1) expect(shown).not.toContain(key.slice(at, at + 8));
    }
  });
});
