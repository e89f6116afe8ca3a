import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { codequalityReport } from '../../../../src/report/ci/codequality.ts';
import { gitlabReport } from '../../../../src/report/ci/gitlab.ts';
import { finding, location, report, style } from '../fixtures.ts';
import { HOSTILE, hostileReport, incompleteReport } from './hostile.ts';

const text = { type: 'string', minLength: 1 };
const time = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$' };
const program = object({ id: text, name: text, version: text, vendor: object({ name: text }) });

/** What version 15.0.2 of GitLab's schema demands of the fields that are written. */
const SCHEMA = object({
  version: { type: 'string', pattern: '^[0-9]+\\.[0-9]+\\.[0-9]+$' },
  scan: object({
    analyzer: program,
    scanner: program,
    type: { enum: ['secret_detection'] },
    start_time: time,
    end_time: time,
    status: { enum: ['success', 'failure'] },
    messages: list(object({ level: { enum: ['info', 'warn', 'fatal'] }, value: text })),
  }),
  vulnerabilities: list(
    object({
      id: text,
      name: { type: 'string', maxLength: 255 },
      description: { type: 'string', maxLength: 1_048_576 },
      severity: { enum: ['Info', 'Unknown', 'Low', 'Medium', 'High', 'Critical'] },
      confidence: { enum: ['Ignore', 'Unknown', 'Experimental', 'Low', 'Medium', 'High', 'Confirmed'] },
      solution: { type: 'string', maxLength: 7000 },
      location: object({
        file: text,
        commit: object({ sha: text }),
        start_line: { type: 'number' },
        end_line: { type: 'number' },
      }),
      identifiers: { ...list(object({ type: text, name: text, value: text })), minItems: 1 },
    }),
  ),
});

/** https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
const CODEQUALITY = list(
  object({
    description: text,
    check_name: text,
    fingerprint: text,
    severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
    location: {
      type: 'object',
      required: ['path', 'lines'],
      properties: { path: text, lines: { type: 'object', required: ['begin'] } },
    },
  }),
);

function object(properties: Readonly<Record<string, object>>): object {
  return { type: 'object', required: Object.keys(properties), properties };
}

function list(items: object): object {
  return { type: 'array', items };
}

function errorsOf(schema: object, json: string): unknown {
  const validate = new Ajv({ allErrors: true }).compile(schema);
  validate(JSON.parse(json));
  return validate.errors ?? [];
}

describe("GitLab's reports", () => {
  test.each(HOSTILE)('fit what GitLab reads: %s', (name) => {
    for (const made of [hostileReport(name), incompleteReport(name)]) {
      expect(errorsOf(SCHEMA, gitlabReport(made, style()))).toEqual([]);
      expect(errorsOf(CODEQUALITY, codequalityReport(made))).toEqual([]);
    }
  });

  test('every entry has a fingerprint of its own, and keeps it when lines move', () => {
    const twice = report({ findings: [finding(), finding({ location: location('src/app.ts', 40) })] });
    const prints: string[] = JSON.parse(codequalityReport(twice)).map(
      (issue: { fingerprint: string }) => issue.fingerprint,
    );
    expect(new Set(prints).size).toBe(2);
    const moved = JSON.parse(
      codequalityReport(report({ findings: [finding({ location: location('src/app.ts', 99) })] })),
    );
    expect(moved[0].fingerprint).toBe(prints[0]);
    const ids = JSON.parse(gitlabReport(twice, style())).vulnerabilities.map((one: { id: string }) => one.id);
    expect(new Set(ids).size).toBe(2);
  });

  test('an incomplete scan has failed, in each of them', () => {
    expect(JSON.parse(gitlabReport(report(), style())).scan.status).toBe('success');
    expect(JSON.parse(gitlabReport(incompleteReport('gone'), style())).scan.status).toBe('failure');
    expect(JSON.parse(codequalityReport(report()))).toEqual([]);
    expect(JSON.parse(codequalityReport(incompleteReport('gone')))[0].check_name).toBe('keyguard-incomplete');
  });

  test('the same report gives the same bytes', () => {
    expect(gitlabReport(report(), style())).toContain('"start_time": "2026-11-20T00:00:00"');
  });
});
