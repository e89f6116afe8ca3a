import { setInterval } from 'node:timers';
import { expect, it } from 'vitest';
import { readFragment } from '../../src/read-fragment.ts';
import { fragmentOf, scanner } from '../detection/detect.ts';

const BEGINNINGS = 'sk-'.repeat(100_000);

it.each([
  ['beginnings of keys', BEGINNINGS],
  ['beginnings of keys in several readings', `a = "\\x73\\u0073";\n${BEGINNINGS}`],
  ['anchors that are no keys', 'sk- '.repeat(250_000)],
  ['anchors that are no keys in several readings', `a = "\\x73\\u0073";\n${'sk- '.repeat(250_000)}`],
])('signals get through while a window is judged that is full of %s', async (_name, text) => {
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 1);
  await readFragment(fragmentOf(text), scanner, Infinity);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(1);
});
