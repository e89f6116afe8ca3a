import { expect, test } from 'vitest';
import { jsonReport } from '../../../src/report/json.ts';
import { jsonlReport } from '../../../src/report/jsonl.ts';
import { finding, report, suppressed } from './fixtures.ts';

test('an object a line, the same fields as in JSON, and the coverage at the end', () => {
  const made = report({
    findings: [finding(), finding()],
    suppressed: [suppressed()],
    notices: [{ code: 'x', message: 'y' }],
  });
  const lines = jsonlReport(made)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const whole = JSON.parse(jsonReport(made));
  expect(lines.map(({ type }) => type)).toEqual(['scan', 'finding', 'finding', 'suppressed', 'notice', 'end']);
  expect(lines[1]).toEqual({ type: 'finding', ...whole.findings[0] });
  expect(lines[3]).toEqual({ type: 'suppressed', ...whole.suppressed[0] });
  expect(lines.at(-1)).toEqual({ type: 'end', complete: true, coverage: whole.coverage });
});
