import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { DropReason } from '../../src/model/verdict.ts';
import { DROP_REASONS } from '../../src/report/wording/drop-reasons.ts';
import { fillTemplate } from '../../src/ruleset/fill-template.ts';
import { fakeKey } from '../helpers/keys.ts';
import { dropsIn, foundIn } from './detect.ts';

/** What is silent, why (`none`: no pattern fits), and beside it the same place with a key. `{{…}}` is filled. */
type Case = readonly [name: string, silent: string, why: DropReason | 'none', speaks: string];

const PROJECT = 'sk-proj-{{base64url:74}}T3{{}}BlbkFJ{{base64url:74}}';
const LEGACY = 'sk-{{alnum:20}}T3{{}}BlbkFJ{{alnum:20}}';
const UNKNOWN = 'sk-{{alnum:40}}';

const CASES: readonly Case[] = [
  ['dots', 'API_KEY=sk-...', 'documentation', `API_KEY=${UNKNOWN}`],
  ['an ellipsis', 'API_KEY=sk-proj-abcd…', 'documentation', `API_KEY=${PROJECT}…`],
  ['a beginning with dots', 'API_KEY=sk-proj-{{alnum:16}}...', 'documentation', `API_KEY=${PROJECT}...`],
  ['a beginning, dots and an end', 'API_KEY=sk-abc...{{alnum:4}}', 'documentation', `API_KEY=${UNKNOWN}`],
  ['a short x row', 'API_KEY=sk-xxxx', 'repeated', `API_KEY=${UNKNOWN}`],
  ['a long X row', `API_KEY=sk-${'X'.repeat(48)}`, 'repeated', `API_KEY=${UNKNOWN}`],
  ['a project key of x', `API_KEY=sk-proj-${'x'.repeat(48)}`, 'repeated', `API_KEY=${PROJECT}`],
  ['the marker between x rows', `K=sk-${'x'.repeat(20)}T3{{}}BlbkFJ${'x'.repeat(20)}`, 'repeated', `K=${LEGACY}`],
  ['your key here', 'API_KEY=sk-your-key-here-please', 'placeholder', `API_KEY=${UNKNOWN}`],
  ['your api key', 'API_KEY=sk-your-api-key', 'placeholder', `API_KEY=${UNKNOWN}`],
  ['YOUR_API_KEY_HERE', 'API_KEY=sk-proj-YOUR_API_KEY_HERE', 'published-example', `API_KEY=${PROJECT}`],
  ['REPLACE_WITH', 'API_KEY=sk-proj-REPLACE_WITH_YOUR_KEY', 'published-example', `API_KEY=${PROJECT}`],
  [
    'an anthropic placeholder',
    'KEY=sk-ant-api03-{{}}your-key-goes-in-here',
    'published-example',
    'KEY=sk-ant-api03-{{base64url:93}}AA',
  ],
  [
    'an anthropic example',
    'KEY=sk-ant-api03-R2D2{{}}BEEP_BOOP_BUZZ_WHIRR',
    'placeholder',
    'KEY=sk-ant-api03-{{base64url:93}}AA',
  ],
  ['a short digit row', 'MASTER_KEY=sk-1234', 'sequence', 'LITELLM_MASTER_KEY=sk-{{alnum:22}}'],
  [
    'digits and letters in order',
    'MASTER_KEY=sk-12345678{{}}90abcdef',
    'sequence',
    'LITELLM_MASTER_KEY=sk-{{alnum:22}}',
  ],
  ['an alphabet', 'KEY=sk-abcdefghijklmnopqrst{{}}uvwxyz1234567890', 'sequence', `KEY=${UNKNOWN}`],
  ['an alphabet behind proj', 'KEY=sk-proj-abcdefghijkl{{}}mnopqrstuvwxyz1234567890', 'sequence', `KEY=${PROJECT}`],
  ['letters and digits in turn', 'KEY=sk-a1b2c3d4e5f6g7h8{{}}i9j0k1l2m3n4o5p6', 'sequence', `KEY=${UNKNOWN}`],
  ['a piece again and again', 'KEY=sk-abcd1234abcd1234{{}}abcd1234abcd1234', 'repeated', `KEY=${UNKNOWN}`],
  ['a test value', 'KEY=sk-test-{{alnum:24}}', 'placeholder', `KEY=${UNKNOWN}`],
  ['a synthetic value', 'KEY=sk-synthetic-{{alnum:24}}', 'placeholder', `KEY=${UNKNOWN}`],
  ['a template value', 'KEY=sk-TEMPLATE-{{digits:6}}-{{alnum:9}}', 'placeholder', `KEY=${UNKNOWN}`],
  ['a fake value', 'KEY=sk-fake-{{alnum:24}}', 'placeholder', `KEY=${UNKNOWN}`],
  ['angle brackets', 'KEY="sk-<your-key>"', 'template', `KEY="${UNKNOWN}"`],
  ['a template literal', 'KEY=`sk-${part}`', 'template', `KEY=\`${UNKNOWN}\``],
  ['braces', 'KEY="sk-{{}}{your_key}"', 'template', `KEY="${UNKNOWN}"`],
  ['stars', 'KEY=sk-********', 'masked', `KEY=${UNKNOWN}`],
  [
    'the mask of the console',
    `"redacted_value": "sk-proj-${'*'.repeat(48)}{{alnum:4}}"`,
    'masked',
    `"value": "${PROJECT}"`,
  ],
  [
    'first eight, stars, last four',
    `key sk-svcac${'*'.repeat(155)}{{alnum:4}} is wrong`,
    'masked',
    `key ${PROJECT} is wrong`,
  ],
  ['a beginning before stars', 'key sk-proj-{{alnum:16}}***** is wrong', 'masked', `key ${PROJECT} is wrong`],
  ['bullets', 'KEY=sk-proj-{{alnum:17}}••••', 'masked', `KEY=${PROJECT}••••`],
  ['x for stars', `KEY=sk-proj-${'x'.repeat(40)}{{alnum:4}}`, 'repeated', `KEY=${PROJECT}`],
  [
    'an admin example',
    'KEY=sk-admin-1234abcd',
    'too-short',
    'KEY=sk-admin-{{base64url:58}}T3{{}}BlbkFJ{{base64url:58}}',
  ],
  ['an admin example with dots', '"redacted_value": "sk-admin...xyz"', 'documentation', `"value": "${PROJECT}"`],
  ['an anthropic beginning', 'KEY=sk-ant-api03-...', 'documentation', 'KEY=sk-ant-api03-{{base64url:93}}AA'],
  ['an openrouter beginning', 'KEY=sk-or-v1-...', 'documentation', 'KEY=sk-or-v1-{{hex:64}}'],
  ['a groq beginning', 'KEY=gsk_...', 'none', 'KEY=gsk_{{alnum:52}}'],
  ['a short client secret', 'value: ek_1234', 'none', 'value: ek_{{hex:32}}'],
  ['another client secret', 'value: ek_abc123', 'none', 'value: ek_{{hex:32}}'],
  ['few characters again and again', 'KEY=sk-ab-ba-abcab-cabac-bacba-cbab', 'repeated', `KEY=${UNKNOWN}`],
  ['too little in it', 'KEY=sk-{{}}x7x7q7x7x7w7x7xqx7x7k7x7zx7x7v7xx7p', 'low-entropy', `KEY=${UNKNOWN}`],
  ['a short value', 'KEY=sk-7Zr2kPw9Xn4Tb', 'too-short', 'KEY=sk-7Zr2kPw9Xn4Tb{{alnum:8}}'],
  [
    'a CSS class',
    '<div class="sk-circle-fade-dot sk-folding-cube-animation">',
    'css-class',
    `<div class="${UNKNOWN}">`,
  ],
  [
    'a CSS rule',
    '.sk-cube-grid-{{}}container-large .sk-cube1 { color: red }',
    'css-class',
    `.${UNKNOWN} { color: red }`,
  ],
  ['words in camel case', 'class="sk-LoadingSpinner{{}}ContainerElement"', 'words', `class="${UNKNOWN}"`],
  ['words in capitals', 'id=sk-LOADING-SPINNER-{{}}CONTAINER-ELEMENT', 'words', `id=${UNKNOWN}`],
  ['a slug: task', 'href="/blog/task-management-for-remote-teams-2024"', 'inside-word', `href="/blog/${UNKNOWN}"`],
  ['a slug: risk', 'href="/risk-assessment-and-mitigation-handbook"', 'inside-word', `href="/${UNKNOWN}"`],
  ['a slug: disk', 'disk-usage-analyzer-for-linux-servers', 'inside-word', ` ${UNKNOWN}`],
  ['a slug: mask', 'mask-image-linear-gradient-to-right-end', 'inside-word', ` ${UNKNOWN}`],
  ['a slug behind =', 'utm=desk-lamp-with-wireless-charger', 'inside-word', `utm=${UNKNOWN}`],
  ['a slug with random text', 'task-{{alnum:40}}', 'inside-word', `task ${UNKNOWN}`],
  [
    'a tailwind list',
    'class="mask-linear-from-50% mask-radial-at-center-top-left"',
    'inside-word',
    `class="${UNKNOWN}"`,
  ],
  [
    'a UUID',
    'KEY=sk-{{hex:8}}-{{hex:4}}-{{hex:4}}-{{hex:4}}-{{hex:12}}',
    'uuid',
    'KEY=sk-lf-{{hex:8}}-{{hex:4}}-{{hex:4}}-{{hex:4}}-{{hex:12}}',
  ],
  [
    'a bare UUID',
    'id={{hex:8}}-{{hex:4}}-{{hex:4}}-{{hex:4}}-{{hex:12}}',
    'none',
    'id=sk-lf-{{hex:8}}-{{hex:4}}-{{hex:4}}-{{hex:4}}-{{hex:12}}',
  ],
  ['an organization id', 'OPENAI_ORG_ID=org-{{alnum:24}}', 'identifier', `OPENAI_ORG_ID=${LEGACY}`],
  ['a Stripe test key', 'STRIPE_KEY=sk_test_{{alnum:24}}', 'test-mode', 'STRIPE_KEY=sk_live_{{alnum:24}}'],
  [
    'a Clerk test key',
    'CLERK_SECRET_KEY=sk_test_{{alnum:40}}',
    'test-mode',
    'BROWSERBASE_API_KEY=bb_test_{{alnum:27}}',
  ],
  [
    'an integrity hash',
    '"integrity": "sha512-{{alnum:40}}sk-{{alnum:40}}=="',
    'integrity-hash',
    `"integrity": "${UNKNOWN}"`,
  ],
  [
    'an integrity hash with the marker',
    'sha512-{{alnum:39}}T3{{}}BlbkFJ{{alnum:39}}==',
    'integrity-hash',
    'key-{{alnum:39}}T3{{}}BlbkFJ{{alnum:39}}',
  ],
  [
    'a hash with / and the marker',
    'data:{{alnum:30}}/{{alnum:20}}T3{{}}BlbkFJ{{alnum:20}}+{{alnum:9}}',
    'encoded-data',
    'data:{{alnum:20}}T3{{}}BlbkFJ{{alnum:20}}',
  ],
  ['a marker alone', "const MARKER = 'T3{{}}BlbkFJ';", 'wrong-structure', `const KEY = '${LEGACY}';`],
  ['a git hash', 'commit {{hex:40}}', 'none', `commit ${UNKNOWN}`],
  ['a SHA-256', 'sha256:{{hex:64}}', 'none', `sha256:${UNKNOWN}`],
  ['a JWT', 'Bearer eyJhbGciOiJIUzI1NiJ9.{{base64url:80}}.{{base64url:43}}', 'none', `Bearer ${UNKNOWN}`],
  [
    'a short project key',
    'KEY=sk-proj-{{alnum:20}}',
    'wrong-structure',
    'KEY=sk-proj-{{alnum:20}}T3{{}}BlbkFJ{{alnum:20}}',
  ],
  ['a part of a longer prefix', 'KEY=acme_sk_{{hex:32}}_{{hex:10}}', 'inside-word', 'KEY=sk_{{hex:32}}_{{hex:10}}'],
  [
    'a short value in a sentence',
    'the file sk-{{alnum:22}} there',
    'no-context',
    'the key is (e.g. `sk-{{alnum:22}}`)',
  ],
  [
    'the beginning of a key above another text',
    'key\nsk-proj-{{alnum:20}}\n{{alnum:24}}',
    'guessed',
    'key\nsk-proj-{{alnum:20}}T3{{}}BlbkFJ{{alnum:2}}\n{{alnum:18}}',
  ],
  ['a short value without a name', 'see sk-{{alnum:22}} there', 'no-context', 'token sk-{{alnum:22}} there'],
];

describe.each(CASES)('%s', (_name, silent, why, speaks) => {
  it(`is silent: ${why}`, async () => {
    const text = fillTemplate(`first line\n${silent}\n`, 7);
    expect(await foundIn(text)).toEqual([]);
    const reasons = dropsIn(text);
    expect(reasons.size === 0 ? ['none'] : [...reasons]).toContain(why);
  });

  it('speaks of a key in its place', async () => {
    expect(await foundIn(fillTemplate(`first line\n${speaks}\n`, 7))).toHaveLength(1);
  });
});

describe('base64 of prose that mentions the provider', () => {
  const prose =
    'We moved the assistant from one provider to OpenAI last spring, and our users noticed the change at once. ';

  it.each([0, 1, 2])('is silent with %i characters before the name', async (shift) => {
    const encoded = Buffer.from('abc'.slice(0, shift) + prose.repeat(2)).toString('base64');
    expect(encoded.includes(fillTemplate('T3{{}}BlbkFJ', 1)) || shift !== 1).toBe(true);
    expect(await foundIn(`data = "${encoded}"\n`)).toEqual([]);
  });

  it('is silent in base64url, behind an equals sign, and short', async () => {
    const encoded = Buffer.from('xyzxyzabcdef OpenAI models are used in this app'.padStart(51)).toString('base64url');
    expect(await foundIn(`data=${encoded}\n`)).toEqual([]);
  });

  it('is silent in a long line of an image', async () => {
    const noise = createHash('shake256', { outputLength: 6000 }).update('seed').digest();
    const image = Buffer.concat([noise.subarray(0, 3000), Buffer.from('OpenAI'), noise.subarray(3000)]);
    const text = `src="data:image/png;base64,${image.toString('base64')}"`;
    expect(dropsIn(text)).toContain('encoded-data');
    expect(await foundIn(text)).toEqual([]);
  });

  it('speaks of a key in the same place', async () => {
    const key = fakeKey('openaiLegacy');
    expect(await foundIn(`data = "${key}"\n`)).toEqual([['openai-legacy-user-key', key]]);
  });
});

it('is silent in minified code and lists of utility classes', async () => {
  const code = '!function(e,t){for(var n=e.task-t.disk-1,r=0;r<n;r++)e.mask-=t.risk-r}(window,{});'.repeat(500);
  const classes = 'flex mask-b-from-20% mask-b-to-80% task-list-item sk-chase sk-chase-dot risk-low disk-io '.repeat(
    500,
  );
  expect(await foundIn(`${code}\n<p class="${classes}">`)).toEqual([]);
  const key = fakeKey('openaiLegacy');
  expect(await foundIn(`${code}k="${key}"\n<p class="${classes}">`)).toEqual([['openai-legacy-user-key', key]]);
});

it('does not take a key that runs on for that key, but says that there is one', async () => {
  const text = fillTemplate('KEY=sk-or-v1-{{hex:72}}\n', 8);
  expect(dropsIn(text)).toContain('runs-on');
  expect(await foundIn(text)).toEqual([['unknown-sk-key', text.slice(4, -1)]]);
});

it('has a case for every reason to be silent', () => {
  const shown = new Set<string>([...CASES.map(([, , why]) => why), 'runs-on', 'overlap']);
  expect(Object.keys(DROP_REASONS).filter((reason) => !shown.has(reason))).toEqual([]);
});
