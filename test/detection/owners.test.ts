import { describe, expect, it } from 'vitest';
import { detectIn, dropsIn } from './detect.ts';
import { HINTED, OTHERWISE, TOLD } from './owner-places.ts';
import { NOBODY, type Owner, OWNERS, spell } from './owners.ts';

/** The rule, the kind of verdict and the bytes of each key in a text. */
async function toldOf(text: string): Promise<readonly string[]> {
  const detections = await detectIn(text);
  return detections.map(
    ({ finding, kind, offset, secret }) =>
      `${kind} ${finding.ruleId} ${Buffer.from(text).toString('latin1', offset, offset + secret.length)}`,
  );
}

/** The format of these is known, so that a key among words is seen, too. */
const SHAPED = OWNERS.filter(({ ruleId }) => !/weaviate|portkey|humanloop|stepfun/u.test(ruleId));

/** What stands where nobody has put a key yet. */
const PLACEHOLDERS = ['your-api-key', '<api-key>', '${API_KEY}', 'x'.repeat(32), '0'.repeat(40), 'abc123...'];

describe.each(TOLD)('in %j', (place) => {
  it.each(OWNERS)('$ruleId is found, once and whole', async (owner) => {
    for (const seed of [1, 2, 3]) {
      const key = owner.key(seed);
      expect(await toldOf(spell(place, owner, key))).toEqual([`report ${owner.ruleId} ${key}`]);
    }
  });

  it('nothing is found when nobody is named', async () => {
    for (const owner of OWNERS) expect(await toldOf(spell(place, NOBODY, owner.key(1)))).toEqual([]);
  });

  it('a placeholder is none', async () => {
    for (const owner of OWNERS) {
      for (const placeholder of PLACEHOLDERS) expect(await toldOf(spell(place, owner, placeholder))).toEqual([]);
    }
  });
});

describe.each(HINTED)('in %j', (place) => {
  const owners = place.startsWith('The key for') ? SHAPED : OWNERS;

  it.each(owners)('$ruleId is an advisory', async (owner) => {
    const key = owner.key(4);
    const text = spell(place, owner, key);
    expect(await toldOf(text)).toEqual([`advise ${owner.ruleId} ${key}`]);
    const [detection] = await detectIn(text);
    expect(detection?.finding.severity).toBe('warning');
  });

  it('nothing is found when nobody is named', async () => {
    for (const owner of OWNERS) expect(await toldOf(spell(place, NOBODY, owner.key(4)))).toEqual([]);
  });
});

describe.each(OTHERWISE)('in %j', (place) => {
  it('the value is something else', async () => {
    for (const owner of OWNERS) {
      for (const seed of [5, 6]) expect(await toldOf(spell(place, owner, owner.key(seed)))).toEqual([]);
    }
  });
});

function ownerOf(ruleId: string): Owner {
  const found = OWNERS.find((owner) => owner.ruleId === ruleId);
  if (found === undefined) throw new Error(`nobody is ${ruleId}`);
  return found;
}

describe('a shape that several share', () => {
  const hex = ownerOf('azure-openai-key-32').key(7);
  const uuid = ownerOf('exa-api-key').key(7);

  it.each([
    [`CLARIFAI_PAT=${hex} # not for https://example.openai.azure.com`, 'clarifai-pat'],
    [`# assemblyai, not deepgram\nCLARIFAI_PAT=${hex}\n`, 'clarifai-pat'],
    [`clarifai:\n  pat: x\nassemblyai:\n  api_key: ${hex}\n`, 'assemblyai-api-key'],
    [`curl https://api.exa.ai -H "x-api-key: ${uuid}" # sambanova`, 'exa-api-key'],
    [`{"ai21": {"apiKey": "${uuid}"}, "exa": {"apiKey": "x"}}`, 'ai21-api-key'],
    [`{"ai21": {"apiKey": "x"}, "exa": {"apiKey": "${uuid}"}}`, 'exa-api-key'],
  ])('belongs to whom %j names', async (text, ruleId) => {
    const [finding, ...others] = await detectIn(text);
    expect([finding?.finding.ruleId, finding?.kind, others]).toEqual([ruleId, 'report', []]);
    expect(finding?.finding.candidates).toEqual([]);
  });

  it('is reported once with all whom the name names', async () => {
    const [found, ...others] = await detectIn(`exa_ai21_key: ${uuid}\n`);
    expect(others).toEqual([]);
    expect(found?.finding.candidates.map(({ ruleId }) => ruleId)).toEqual(['ai21-api-key', 'exa-api-key']);
  });
});

describe('what is no key though its provider is named', () => {
  const letters = 'getMistralChatCompletionsModelV12';
  it.each([
    ['the name of a class', `mistral_key = ${letters.slice(0, 32)}\n`, 'words'],
    ['a hash where keys have both cases', `COHERE_API_KEY=${'0123456789abcdef'.repeat(3).slice(5, 45)}\n`, 'sequence'],
    ['a commit where keys have both cases', `cohere_key: ${ownerOf('deepgram-api-key').key(3)}\n`, 'integrity-hash'],
    ['a word within a word', `cohered_key: ${ownerOf('cohere-api-key').key(3)}\n`, 'no-context'],
  ])('%s', async (_name, text, reason) => {
    expect(await detectIn(text)).toEqual([]);
    expect([...dropsIn(text)]).toContain(reason);
  });
});

it('a key is shown nowhere on its line, also where nothing tells that it is one', async () => {
  for (const { ruleId, variable, key } of OWNERS) {
    const secret = key(8);
    const [found] = await detectIn(`${variable}=${secret} # was ${secret}, see ${variable}\n`);
    expect(found?.finding.ruleId).toBe(ruleId);
    expect(found?.finding.snippet?.text).toMatch(/^[A-Z0-9_]+=\S.* # was \S.*, see/u);
    expect(found?.finding.snippet?.text).not.toContain(secret.slice(4, 20));
  }
});
