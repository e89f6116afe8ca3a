import { describe, expect, it } from 'vitest';
import { fakeKey } from '../helpers/keys.ts';
import { detectIn } from './detect.ts';

const KEY = fakeKey('openaiProject', 5);
const [FIRST, LAST] = [KEY.slice(0, 70), KEY.slice(70)];

function notebook(source: readonly string[], text: readonly string[] = []): string {
  const outputs = text.length === 0 ? [] : [{ name: 'stdout', output_type: 'stream', text }];
  const code = { cell_type: 'code', execution_count: 1, metadata: {}, outputs, source };
  const words = { cell_type: 'markdown', metadata: {}, source: ['# Title\n', 'words'] };
  return `${JSON.stringify({ cells: [words, code], metadata: {}, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}

describe('a key in pieces in a notebook', () => {
  it.each([
    ['a concatenation', notebook(['import x\n', `k = "${FIRST}" + "${LAST}"\n`, 'print(k)'])],
    ['a concatenation in single quotes', notebook([`k = '${FIRST}' + '${LAST}'`])],
    ['texts side by side on lines of their own', notebook(['k = (\n', `    "${FIRST}"\n`, `    "${LAST}"\n`, ')'])],
    ['an operator at the end of a line', notebook([`k = "${FIRST}" + \\\n`, `  "${LAST}"\n`])],
    ['a list that is joined', notebook([`k = "".join(["${FIRST}", "${LAST}"])`])],
    ['a line that goes on', notebook([`export KEY=${FIRST}\\\n`, `${LAST}\n`])],
    ['an output that is broken', notebook(['print(k)'], [`${FIRST}\n`, `${LAST}\n`])],
  ])('%s', async (_name, text) => {
    const found = await detectIn(text);
    expect(found.map(({ finding }) => finding.ruleId)).toEqual(['openai-project-key']);
    const [{ finding } = { finding: null }] = found;
    const line = text.split('\n').findIndex((one) => one.includes(FIRST)) + 1;
    expect(finding?.location.line).toBe(line);
  });
});
