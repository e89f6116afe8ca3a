import { describe, expect, it } from 'vitest';
import { rawPathFromText } from '../../src/model/fragment.ts';
import { fillTemplate } from '../../src/ruleset/fill-template.ts';
import { fakeKey } from '../helpers/keys.ts';
import { detectIn, dropsIn, scanner } from './detect.ts';
import { FORMS } from './forms.ts';
import { SURROUNDINGS } from './surroundings.ts';

const MARKER = fillTemplate('T3{{}}BlbkFJ', 1);

/** The length of the longest piece of a key that stands in a text; its fixed marker is no secret. */
function leakOf(key: string, text: string): number {
  let longest = 0;
  for (const part of key.split(MARKER)) {
    for (let from = 0; from + longest < part.length; from += 1) {
      while (from + longest < part.length && text.includes(part.slice(from, from + longest + 1))) longest += 1;
    }
  }
  return longest;
}

/** Its fixed beginning and an embedded name are no secret; of the rest at most four characters are shown. */
function hiddenPartOf(ruleId: string, key: string): string {
  if (ruleId === 'openai-named-legacy-key') return key.slice(key.lastIndexOf('-') + 1);
  const rule = scanner.rules.get(ruleId);
  const structure = rule?.structure ?? null;
  const own = structure !== null && 'prefix' in structure ? structure.prefix : '';
  const prefixes = [...(rule?.anchors ?? []), own].filter((one) => key.startsWith(one));
  return key.slice(Math.max(...prefixes.map((one) => one.length)));
}

const SHORT_SURROUNDINGS = SURROUNDINGS.filter(([, before]) => before.length < 1000);

describe.each(FORMS)('%s', (_form, ruleId, make) => {
  const key = make(21);
  const secret = hiddenPartOf(ruleId, key);

  it.each(SHORT_SURROUNDINGS)('shows four characters at most of it in %s', async (_name, before, after) => {
    const [detection] = await detectIn(before + key + after);
    expect(detection).toBeDefined();
    expect(leakOf(secret, JSON.stringify(detection?.finding))).toBeLessThanOrEqual(4);
    expect(JSON.stringify(detection)).not.toContain(secret);
  });

  it.each(SHORT_SURROUNDINGS)('is hidden in a message: %s', (_name, before, after) => {
    expect(leakOf(secret, scanner.sink.text(before + key + after))).toBeLessThanOrEqual(4);
  });

  it.each(['', 'keys/', 'a b/', 'ü密/', 'src\\', 'old_', 'x-'])('is hidden in a path behind %j', (before) => {
    const shown = scanner.sink.path(rawPathFromText(`${before}${key}.txt`));
    expect(leakOf(secret, shown)).toBeLessThanOrEqual(4);
    expect(shown.endsWith('.txt')).toBe(true);
  });
});

describe('a line that holds several', () => {
  it('hides all of them in the snippet of each', async () => {
    const keys = FORMS.slice(0, 6).map(([, , make]) => make(22));
    const detections = await detectIn(`a = [${keys.map((key) => `"${key}"`).join(', ')}]\n`);
    expect(detections).toHaveLength(keys.length);
    for (const { finding } of detections) {
      for (const key of keys) expect(leakOf(key.slice(12), finding.snippet?.text ?? '')).toBeLessThanOrEqual(4);
    }
  });

  it('hides a match that was dropped, too', async () => {
    const test = fillTemplate('sk_test_{{alnum:24}}', 23);
    const short = fillTemplate('sk-proj-{{alnum:22}}', 24);
    const text = `a = "${test}", "${short}", "${fakeKey('openaiProject', 25)}"\n`;
    expect(dropsIn(text)).toContain('test-mode');
    const [detection] = await detectIn(text);
    for (const hidden of [test.slice(8), short.slice(8)]) {
      expect(leakOf(hidden, detection?.finding.snippet?.text ?? '')).toBeLessThanOrEqual(4);
    }
  });

  it('marks where the key stands', async () => {
    const [, second] = await detectIn(`x("${fakeKey('openaiProject', 1)}", "${fakeKey('openaiAdmin', 2)}")\n`);
    const snippet = second?.finding.snippet;
    expect(snippet?.text.slice(snippet.start, snippet.end)).toBe(second?.finding.redacted);
    expect(second?.finding.redacted).toMatch(/^sk-admin-…[A-Za-z0-9_-]{4}$/u);
  });
});

describe('what stands beside a key', () => {
  it.each([
    ['the rest of a key that runs on', '{{base64url:300}}'],
    ['another key without a gap', 'sk-proj-{{base64url:74}}T3{{}}BlbkFJ{{base64url:74}}'],
    ['another key behind a hyphen', '-sk-ant-api03-{{base64url:93}}AA'],
  ])('%s is hidden', async (_name, template) => {
    const [key, beside] = [fakeKey('openaiProject', 31), fillTemplate(template, 32)];
    const detections = await detectIn(`key = "${key}${beside}"\n`);
    expect(detections.length).toBeGreaterThan(0);
    for (const { finding } of detections) {
      expect(leakOf(key.slice(8), JSON.stringify(finding))).toBeLessThanOrEqual(4);
      expect(leakOf(beside.slice(14), JSON.stringify(finding))).toBeLessThanOrEqual(4);
    }
    expect(leakOf(beside.slice(14), scanner.sink.text(`bad key ${key}${beside}`))).toBeLessThanOrEqual(4);
  });

  it('a name that another key is glued to is no evidence', async () => {
    const glued = `${fakeKey('openaiLegacy', 33)}_deepseek`;
    const [, second] = await detectIn(`${glued} = "${fakeKey('hex32', 34)}"\n`);
    expect(second?.finding.ruleId).toBe('deepseek-api-key');
    expect(leakOf(glued.slice(3, -9), JSON.stringify(second?.finding))).toBeLessThanOrEqual(4);
  });
});

it('leaves ordinary words alone', () => {
  for (const text of [
    'docs/risk-assessment-and-mitigation.md',
    'src/sk-circle-fade/index.css',
    'task-list.ts',
    'fatal: bad object refs/heads/task-runner-improvements',
    'a message about sk-... and sk-xxxx',
  ]) {
    expect(scanner.sink.text(text)).toBe(text);
    expect(scanner.sink.path(rawPathFromText(text))).toBe(text);
  }
});

it('shows no line for a key that is not written as the file shows it', async () => {
  const [detection] = await detectIn(Buffer.from(`key = ${fakeKey('openaiProject')}\n`, 'utf16le'));
  expect(detection?.finding.decoded).toEqual(['utf-16']);
  expect(detection?.finding.snippet).toBeNull();
});
