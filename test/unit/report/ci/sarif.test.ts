import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { sarifReport } from '../../../../src/report/ci/sarif.ts';
import { adminFinding, finding, location, report, shown, style, suppressed } from '../fixtures.ts';
import { HOSTILE, hostileReport, incompleteReport } from './hostile.ts';

const published: Record<string, unknown> = JSON.parse(
  readFileSync(new URL('../../../schemas/sarif-2.1.0.json', import.meta.url), 'utf8'),
);
// Written for draft 4; nothing in it means anything else in draft 7.
const { $schema: _draft, id: _id, ...schema } = published;
const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);

function errorsOf(text: string): unknown {
  validate(JSON.parse(text));
  return validate.errors ?? [];
}

describe('SARIF', () => {
  test.each(HOSTILE)('fits the published schema, whatever stands in a name: %s', (text) => {
    expect(errorsOf(sarifReport(hostileReport(text), style()))).toEqual([]);
    expect(errorsOf(sarifReport(incompleteReport(text), style()))).toEqual([]);
  });

  test('gives a member of a container no lines of the file, and tells it in words', () => {
    const inside = finding({ location: { ...location('a.zip', 3, 5), member: shown('config/.env') } });
    const text = sarifReport(report({ findings: [inside] }), style());
    expect(errorsOf(text)).toEqual([]);
    const [result] = JSON.parse(text).runs[0].results;
    expect(result.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'a.zip', uriBaseId: 'SRCROOT' },
    });
    expect(result.message.text).toContain('in a.zip › config/.env:3. ');
  });

  test('the schema refuses what is wrong', () => {
    expect(errorsOf('{"version":"2.1.0","runs":[{"results":[{}]}]}')).not.toEqual([]);
  });

  test('tells the place, the rule, and a fingerprint that no line changes', () => {
    const moved = finding({ location: location('src/app.ts', 99) });
    const [first, second] = [finding(), moved].map((one) =>
      JSON.parse(sarifReport(report({ findings: [one] }), style())),
    );
    const [result] = first.runs[0].results;
    expect(result.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'src/app.ts', uriBaseId: 'SRCROOT' },
      region: { startLine: 12, startColumn: 17, endLine: 12, endColumn: 197 },
    });
    expect(result.partialFingerprints).toEqual(second.runs[0].results[0].partialFingerprints);
    expect(first.runs[0].tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
  });

  test('tells two places of one key in a file apart', () => {
    const { runs } = JSON.parse(
      sarifReport(report({ findings: [finding(), finding({ location: location('src/app.ts', 20) })] }), style()),
    );
    const hashes = runs[0].results.map(
      (result: { partialFingerprints: { primaryLocationLineHash: string } }) =>
        result.partialFingerprints.primaryLocationLineHash,
    );
    expect(new Set(hashes).size).toBe(2);
  });

  test('writes a path as a URI that leads back to it', () => {
    for (const text of HOSTILE) {
      const { runs } = JSON.parse(sarifReport(hostileReport(text), style()));
      const { uri } = runs[0].results[0].locations[0].physicalLocation.artifactLocation;
      expect(uri).toMatch(/^[A-Za-z0-9/%._~!*'()-]+$/u);
      expect(decodeURIComponent(uri)).toBe(`src/${text}/app.ts`);
    }
  });

  test('says whether the scan was complete', () => {
    expect(JSON.parse(sarifReport(report(), style())).runs[0].invocations[0].executionSuccessful).toBe(true);
    const [invocation] = JSON.parse(sarifReport(incompleteReport('gone'), style())).runs[0].invocations;
    expect(invocation.executionSuccessful).toBe(false);
    expect(JSON.stringify(invocation.toolExecutionNotifications)).toContain('gone');
  });

  test('an organization-wide key is critical, an advisory is low', () => {
    const { runs } = JSON.parse(
      sarifReport(
        report({ findings: [adminFinding()], advisories: [finding({ ruleId: 'x-sink', severity: 'warning' })] }),
        style(),
      ),
    );
    const scores = runs[0].tool.driver.rules.map(
      (rule: { properties: Record<string, string> }) => rule.properties['security-severity'],
    );
    expect(scores).toEqual(['9.5', '3.0']);
  });

  test('the help of a rule tells how to revoke, in Markdown too', () => {
    const helpOf = () => ({
      url: 'https://console.example/keys',
      revoke: ['Delete the key.'],
      replace: ['Make one.'],
      afterLeak: [],
    });
    const { runs } = JSON.parse(sarifReport(report({ findings: [finding()] }), style({ helpOf })));
    const [{ help }] = runs[0].tool.driver.rules;
    expect(help.markdown).toContain('1. Delete the key.');
    expect(help.text).toContain('https://console.example/keys');
  });

  test('what was accepted is there, and suppressed', () => {
    const { runs } = JSON.parse(
      sarifReport(report({ suppressed: [suppressed({ by: 'inline-allow', reason: 'a test' })] }), style()),
    );
    expect(runs[0].results[0].suppressions).toEqual([
      { kind: 'inSource', status: 'accepted', justification: 'a test' },
    ]);
  });
});
