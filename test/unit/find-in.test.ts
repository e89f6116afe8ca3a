import { expect, it } from 'vitest';
import { findIn } from '../../src/find-in.ts';
import { fakeKey } from '../helpers/keys.ts';
import { scanner } from '../detection/detect.ts';

const KEY = fakeKey('openaiProject', 3);

it.each([
  ['plain', KEY],
  ['in base64', Buffer.from(`KEY=${KEY}\n`).toString('base64')],
  ['in hex', Buffer.from(`KEY=${KEY}\n`).toString('hex')],
  ['in two pieces', `"${KEY.slice(0, 60)}" + "${KEY.slice(60)}"`],
])('an example that is written %s is found, once', (_how, written) => {
  expect(findIn(`x = ${written};\n`, scanner.matcher).map(({ ruleId }) => ruleId)).toEqual(['openai-project-key']);
  expect(findIn(`x = ${written.slice(0, 12)};\n`, scanner.matcher)).toEqual([]);
});

it('an argument that stands beside a key is none of it', () => {
  const key = `BSA${fakeKey('alnum48', 2).slice(0, 28)}`;
  const [found, ...others] = findIn(`curl -H 'X-Token: ${key}' 'https://api.search.brave.com/res'\n`, scanner.matcher);
  expect([found?.ruleId, (found?.end ?? 0) - (found?.start ?? 0), others]).toEqual(['brave-search-api-key', 31, []]);
});
