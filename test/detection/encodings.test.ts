import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DECODERS } from '../../src/decode/decoders.ts';
import { readFragment } from '../../src/read-fragment.ts';
import { fillTemplate } from '../../src/ruleset/fill-template.ts';
import { fakeKey } from '../helpers/keys.ts';
import { bytesOf, detectIn, fragmentOf, scanner } from './detect.ts';
import { base64, inLines, PARTLY, WRITINGS } from './encodings.ts';
import { FORMS } from './forms.ts';

interface Reported {
  readonly ruleId: string;
  readonly decoded: readonly string[];
  readonly cut: string;
}

/** What is reported, and the bytes between its places in the file. */
async function reportedIn(content: string): Promise<readonly Reported[]> {
  const lines = content.split(/(?<=\r\n|\n|\r(?!\n))/u);
  const offsetOf = (line: number, column: number): number => lines.slice(0, line - 1).join('').length + column - 1;
  return (await detectIn(content)).map(({ finding: { ruleId, decoded, location } }) => {
    const { line, column, endLine, endColumn } = location;
    return { ruleId, decoded, cut: content.slice(offsetOf(line, column), offsetOf(endLine, endColumn)) };
  });
}

describe.each(WRITINGS)('%s', (_name, decoded, encode) => {
  it.each(FORMS)('%s is found, and its span is what is written', async (_form, ruleId, make) => {
    const written = encode(make(1));
    const found = await reportedIn(`first\nvalue: "${written}" # end\nlast\n`);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ ruleId, decoded });
    // Padding that was wrapped to a line of its own holds nothing of the key.
    expect(found[0]?.cut).toBe(written.endsWith(found[0]?.cut ?? '') ? written : written.replace(/\s+=+$/u, ''));
  });

  it('is found wherever the key stands in the text', async () => {
    const key = fakeKey('openaiProject', 2);
    for (const before of ['', 'a', 'ab', 'abc', 'A=1\nKEY=', 'first: value\nsecond: "']) {
      for (const after of ['', '\n', '"\n', '\nB=2\n', ' # comment']) {
        const found = await reportedIn(`value: ${encode(before + key + after)}\n`);
        expect(found.map(({ ruleId }) => ruleId)).toEqual(['openai-project-key']);
      }
    }
  });
});

describe.each(PARTLY)('%s', (_name, decoded, encode) => {
  it.each(FORMS.filter(([, , make]) => encode(make(1)) !== make(1)))('%s is found', async (_form, ruleId, make) => {
    const written = encode(make(1));
    expect(await reportedIn(`first\nvalue: "${written}" # end\nlast\n`)).toEqual([{ ruleId, decoded, cut: written }]);
  });
});

describe('what stands around an encoded key', () => {
  const HEX = fillTemplate('sk-{{hex:32}}', 7);

  it.each([
    ['in front of base64', `DEEPSEEK_API_KEY: ${base64(HEX)}\n`],
    ['in the same base64', `data: ${base64(`DEBUG=1\nDEEPSEEK_API_KEY=${HEX}\n`)}\n`],
    ['in percent signs', `?x=%22DEEPSEEK_API_KEY%22%3A%22${HEX}%22\n`],
    ['in a form', `x=DEEPSEEK_API_KEY+%3D+${HEX.replaceAll('-', '%2D')}\n`],
    ['in JSON in JSON in JSON', JSON.stringify(JSON.stringify(JSON.stringify({ DEEPSEEK_API_KEY: HEX })))],
    ['in entities', `&quot;DEEPSEEK_API_KEY&quot;: &quot;${HEX}&quot;\n`],
  ])('says whose it is: %s', async (_name, text) => {
    expect((await detectIn(text)).map(({ finding }) => finding.ruleId)).toEqual(['deepseek-api-key']);
  });

  it('allows it with a comment on its line', async () => {
    const [found] = await detectIn(
      `a: ${base64(fakeKey('openaiProject'))} # keyguard:allow openai-project-key -- old\n`,
    );
    expect(found?.allow).toEqual({ ruleId: 'openai-project-key', reason: 'old' });
  });

  it('is found in a dotenv file in a Kubernetes secret, encoded there once more', async () => {
    const [key, other] = [fakeKey('openaiProject', 3), fakeKey('anthropicApi', 4)];
    const dotenv = `# settings\nOPENAI_B64=${base64(key)}\nANTHROPIC_API_KEY=${other}\n`;
    const found = await reportedIn(`kind: Secret\ndata:\n  .env: |\n    ${inLines(base64(dotenv), 76, '\n    ')}\n`);
    expect(found.map(({ ruleId, decoded }) => [ruleId, decoded])).toEqual([
      ['openai-project-key', ['base64', 'base64']],
      ['anthropic-api-key', ['base64']],
    ]);
  });

  it('is two keys where two stand side by side', async () => {
    const keys = [fakeKey('openaiProject', 5), fakeKey('openaiProject', 6)];
    expect(await reportedIn(base64(keys.join('\n')))).toHaveLength(2);
    const list = keys.map((key) => `- ${base64(key)}\n`).join('');
    expect((await reportedIn(list)).map(({ cut }) => cut)).toEqual(keys.map(base64));
    expect((await reportedIn(keys.map((key) => `${base64(key)}\n`).join(''))).map(({ cut }) => cut)).toEqual(
      keys.map(base64),
    );
  });

  it('is not joined with the next line behind the padding of a key', async () => {
    const key = fillTemplate('whsec_{{alnum:43}}=', 9);
    expect((await reportedIn(`STRIPE_WEBHOOK_SECRET := ${key}\nrun_it:\n`)).map(({ cut }) => cut)).toEqual([key]);
  });

  it('is more than one encoding in one key', async () => {
    const key = fakeKey('openaiProject', 8);
    const mixed = key.replace('-', '%2D').replace('proj', '&#112;roj').replace('-', '\\x2d');
    expect((await reportedIn(`"${mixed}"`)).map(({ ruleId, cut }) => [ruleId, cut])).toEqual([
      ['openai-project-key', mixed],
    ]);
  });
});

describe('the size of the windows changes nothing', () => {
  const SMALLEST = 3 * scanner.overlap;
  const KEYS = [fakeKey('openaiProject', 11), fakeKey('anthropicApi', 12), fillTemplate('sk-{{hex:32}}', 13)];
  const texts = fc
    .array(
      fc.oneof(
        fc
          .tuple(fc.constantFrom(...KEYS), fc.constantFrom(...WRITINGS, ...PARTLY))
          .map(([key, [, , encode]]) => `\nDEEPSEEK: "${encode(`a=1\nkey = "${key}"\n`)}" # `),
        fc
          .tuple(
            fc.constantFrom('x = 1\n', 'a%2Db a plain word ', '&amp;', 'a "quoted" word ', '密', 'c2st', '=\n'),
            fc.nat(300),
          )
          .map(([text, times]) => text.repeat(times)),
      ),
      { minLength: 6, maxLength: 24 },
    )
    .map((all) => all.join(''));

  async function everythingIn(bytes: Buffer, windowSize?: number): Promise<unknown> {
    const { detections } = await readFragment(fragmentOf(bytes, windowSize), scanner);
    return detections.map(({ finding, offset }) => ({ finding: { ...finding, snippet: null }, offset }));
  }

  it('in any encoding', async () => {
    await fc.assert(
      fc.asyncProperty(texts, fc.nat(6000), async (text, more) => {
        const bytes = bytesOf(text.repeat(1 + Math.ceil((2 * SMALLEST) / (text.length + 1))));
        expect(await everythingIn(bytes, SMALLEST + more)).toEqual(await everythingIn(bytes));
      }),
      { seed: 21, numRuns: 2 },
    );
  }, 240_000);
});

it('reads garbage without an error, and finds nothing in it', async () => {
  const pieces = fc.oneof(
    fc.constantFrom(
      '%',
      '%2',
      '\\u',
      '\\x',
      '\\',
      '&#',
      '&#x',
      '&',
      ';',
      '=',
      '=\r',
      '=\n',
      '"',
      '\\"',
      '0x',
      ':',
      '+',
    ),
    fc.base64String({ maxLength: 200 }),
    fc.string({ maxLength: 20, unit: 'binary' }),
    fc.nat(0xffff_ffff).map((one) => one.toString(16)),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(pieces, { maxLength: 60 }), async (all) => {
      expect(await detectIn(all.join(''))).toEqual([]);
    }),
    { seed: 22, numRuns: 300 },
  );
});

it('names every decoder once', () => {
  const names = DECODERS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
