import { describe, expect, it } from 'vitest';
import { fillTemplate } from '../../src/ruleset/fill-template.ts';
import { foundIn } from './detect.ts';
import { FORMS } from './forms.ts';

/** Keys of a shape that nothing but chance makes, each on its line. */
const SHARED: readonly (readonly [shape: string, name: string])[] = [
  ['sk-{{alnum:48}}', 'STABILITY_API_KEY'],
  ['sk-{{alnum:48}}', 'x'],
  ['sk-{{hex:32}}', 'DEEPSEEK_API_KEY'],
  ['sk-{{hex:32}}', 'x'],
  ['sk-{{base64url:64}}', 'x'],
  ['sk-{{base64url:40}}', 'x'],
  ['sk-{{base64url:22}}', 'LITELLM_API_KEY'],
  ['sk-{{alnum:22}}', 'LITELLM_API_KEY'],
  ['sk_{{base64url:43}}', 'NOVITA_API_KEY'],
  ['sk_live_{{alnum:24}}', 'STRIPE_SECRET_KEY'],
  ['sk-proj-{{base64url:60}}', 'x'],
];

/** Random text now and then looks like a word, a row or a mask: no key may be silent for it. */
describe('five hundred keys', () => {
  it.each(FORMS)('%s: each is found whole', async (_form, ruleId, make) => {
    const keys = Array.from({ length: 500 }, (_, seed) => make(seed));
    expect(await foundIn(keys.map((key) => `KEY="${key}"\n`).join(''))).toEqual(keys.map((key) => [ruleId, key]));
  });

  it.each(SHARED)('%s under the name %s: each is found whole', async (shape, name) => {
    const keys = Array.from({ length: 500 }, (_, seed) => fillTemplate(shape, seed));
    const found = await foundIn(keys.map((key) => `${'\n'.repeat(9)}${name}="${key}"\n`).join(''));
    expect(found.map(([, key]) => key)).toEqual(keys);
  });
});
