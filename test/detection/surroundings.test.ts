import { describe, expect, it } from 'vitest';
import { foundIn } from './detect.ts';
import { ENDS_IN_HYPHEN, FORMS } from './forms.ts';
import { SURROUNDINGS } from './surroundings.ts';

describe.each(SURROUNDINGS)('in %s', (_name, before, after) => {
  it.each(FORMS)('%s is found once, as %s, byte for byte', async (_form, ruleId, make) => {
    const key = make(1);
    expect(await foundIn(before + key + after)).toEqual([[ruleId, key]]);
  });

  it.each(ENDS_IN_HYPHEN)('%s that ends in a hyphen is found whole', async (_form, ruleId, make) => {
    const key = make(2);
    expect(await foundIn(before + key + after)).toEqual([[ruleId, key]]);
  });
});

describe.each([',', ' ', '\n', '|', ':', '/', '.', ';', '"'])('two keys with %j between them', (between) => {
  it.each(FORMS)('%s: both are found', async (_form, ruleId, make) => {
    const [first, second] = [make(3), make(4)];
    expect(await foundIn(`a=${first}${between}${second}\n`)).toEqual([
      [ruleId, first],
      [ruleId, second],
    ]);
  });
});

/** Only a known length tells where a key ends, when what follows it could be a part of it. */
const OF_KNOWN_LENGTH = FORMS.filter(([form]) => !/oauth|refresh|session|minimax|kimi|helicone/u.test(form));

describe.each(['_', '-'])('two keys with %j between them, which keys may hold themselves', (between) => {
  it.each(OF_KNOWN_LENGTH)('%s: both are found', async (_form, ruleId, make) => {
    const [first, second] = [make(3), make(4)];
    expect(await foundIn(`a=${first}${between}${second}\n`)).toEqual([
      [ruleId, first],
      [ruleId, second],
    ]);
  });
});

it('finds keys of different types beside each other', async () => {
  const keys = FORMS.map(([, ruleId, make]) => [ruleId, make(5)]);
  expect(await foundIn(keys.map(([, key]) => key).join(' '))).toEqual(keys);
});
