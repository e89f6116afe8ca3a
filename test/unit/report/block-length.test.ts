import { describe, expect, test } from 'vitest';
import type { ExposureState } from '../../../src/model/finding.ts';
import { prettyReport } from '../../../src/report/pretty.ts';
import { adviceFor, findingOf } from '../remedy/findings.ts';
import { adminFinding, finding, report, style } from './fixtures.ts';

/** The detail of a clone with remotes: the longest that is said of what is only staged. */
const DETAIL =
  'not in the files of HEAD or a remote-tracking branch (fetched 2026-11-19); older commits were not searched';

/** The block of one finding with the steps of this repository's guidance, a line each. */
function blockOf(ruleId: string, state: ExposureState): string[] {
  const made = ruleId === 'openai-admin-key' ? adminFinding() : finding();
  const { title, opens } = findingOf(ruleId);
  const guidance = adviceFor(findingOf(ruleId, { redacted: made.redacted, location: made.location }), state);
  const text = prettyReport(
    report({ findings: [{ ...made, title, opens, ruleId, guidance, exposure: { state, detail: DETAIL } }] }),
    style(),
  );
  const [, block = ''] = text.split('\n\n');
  return block.split('\n');
}

describe('a block is read in one minute', () => {
  test.each<[string, ExposureState, number]>([
    ['openai-project-key', 'staged', 15],
    ['anthropic-api-key', 'staged', 16],
    ['openai-project-key', 'local', 20],
    ['openai-project-key', 'pushed', 20],
    ['openai-admin-key', 'staged', 21],
    ['openai-admin-key', 'pushed', 24],
  ])('%s, %s: at most %i lines', (ruleId, state, most) => {
    const lines = blockOf(ruleId, state);
    expect(lines.length).toBeLessThanOrEqual(most);
    expect(lines.at(-1)).toContain('Not a secret? keyguard allow ');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  test('the state is named first, then what it rests on, then what is not known', () => {
    const block = blockOf('openai-project-key', 'staged').join(' ').replaceAll(/ +/gu, ' ');
    expect(block).toContain(`Exposure: staged only: ${DETAIL}. What to do now (risk medium;`);
  });
});
