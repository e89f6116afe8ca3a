import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AdvisedFinding, Location, Suppressed } from '../../../src/model/finding.ts';
import type { Report } from '../../../src/model/report.ts';
import type { Evidence } from '../../../src/model/verdict.ts';
import { escapeForDisplay } from '../../../src/report/display.ts';
import { jsonReport } from '../../../src/report/json.ts';
import { adminFinding, finding, fingerprint, location, report, shown, suppressed } from './fixtures.ts';

const schema: unknown = JSON.parse(
  readFileSync(new URL('../../../src/report/report.schema.json', import.meta.url), 'utf8'),
);
if (typeof schema !== 'object' || schema === null) throw new TypeError('the schema is no object');
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
const validate = ajv.compile(schema);

function errorsOf(json: string): unknown {
  validate(JSON.parse(json));
  return validate.errors ?? [];
}

describe('the JSON report', () => {
  test('has the fields of schema version 1, in this order', () => {
    const json = jsonReport(report({ findings: [finding()], suppressed: [suppressed({ reason: 'old' })] }));
    expect(json).toMatchInlineSnapshot(`
      "{
        "schemaVersion": 1,
        "tool": {
          "name": "keyguard",
          "version": "0.1.0",
          "ruleset": "0123456789abcdef"
        },
        "complete": true,
        "scope": {
          "kind": "staged",
          "detail": "index against HEAD 1a2b3c4"
        },
        "coverage": {
          "expected": 3,
          "scanned": 3,
          "bytes": 41022,
          "skipped": [],
          "errors": []
        },
        "findings": [
          {
            "fingerprint": "9f2c4e0a1b2c3d4e",
            "ruleId": "openai-project-key",
            "provider": "OpenAI",
            "keyType": "Project API key",
            "title": "OpenAI project API key",
            "severity": "error",
            "risk": "medium",
            "confidence": "high",
            "redacted": "sk-proj-…wxyz",
            "location": {
              "kind": "blob",
              "path": "src/app.ts",
              "member": null,
              "line": 12,
              "column": 17,
              "endLine": 12,
              "endColumn": 197,
              "commit": null,
              "author": null,
              "date": null
            },
            "occurrences": [],
            "decoded": [],
            "evidence": [
              {
                "kind": "prefix",
                "text": "sk-proj-"
              },
              {
                "kind": "marker"
              },
              {
                "kind": "halves",
                "length": 74,
                "seen": true
              }
            ],
            "candidates": [],
            "damage": null,
            "exposure": {
              "state": "staged",
              "detail": "not in HEAD; older commits were not searched"
            },
            "guidance": {
              "summary": "OpenAI project API key: take it out of the commit (permission unknown, assume All).",
              "steps": [
                {
                  "text": "Take the file out of the commit:",
                  "command": "git restore --staged -- src/app.ts"
                },
                {
                  "text": "Put the key into .env, which git ignores, and read it from the environment."
                },
                {
                  "text": "If it ever left this machine (a chat, an agent, a log, a synced folder), revoke it. If unsure, revoke it:",
                  "url": "https://platform.openai.com/api-keys"
                }
              ]
            }
          }
        ],
        "advisories": [],
        "suppressed": [
          {
            "fingerprint": "9f2c4e0a1b2c3d4e",
            "by": "already-committed",
            "reason": "old",
            "ruleId": "openai-project-key",
            "risk": "medium",
            "location": {
              "kind": "blob",
              "path": "src/app.ts",
              "member": null,
              "line": 12,
              "column": 17,
              "endLine": 12,
              "endColumn": 197,
              "commit": null,
              "author": null,
              "date": null
            }
          }
        ],
        "notices": []
      }
      "
    `);
  });

  test('is valid against the schema that ships, whatever was found', () => {
    fc.assert(
      fc.property(anyReport, (each) => {
        expect(errorsOf(jsonReport(each))).toEqual([]);
      }),
    );
  });

  test.each([
    ['a further field', (text: string) => text.replace('"ruleId"', '"secret": "x", "ruleId"')],
    ['another version', (text: string) => text.replace('"schemaVersion": 1', '"schemaVersion": 2')],
    ['an unknown exposure', (text: string) => text.replace('"state": "staged"', '"state": "lost"')],
    ['a line 0', (text: string) => text.replace('"line": 12', '"line": 0')],
    ['no fingerprint', (text: string) => text.replace('"fingerprint": "9f2c4e0a1b2c3d4e",', '')],
  ])('the schema refuses %s', (_name, change) => {
    const json = jsonReport(report({ findings: [finding()] }));
    expect(errorsOf(json)).toEqual([]);
    expect(errorsOf(change(json))).not.toEqual([]);
  });

  test('is the same for the same report, whatever order its objects were built in', () => {
    const one = report({ findings: [finding(), adminFinding()] });
    const other: Report = {
      notices: one.notices,
      suppressed: one.suppressed,
      findings: one.findings.map(({ guidance, location, ...others }) => ({ guidance, location, ...others })),
      advisories: one.advisories,
      rules: one.rules,
      coverage: one.coverage,
      scope: { detail: one.scope.detail, kind: one.scope.kind },
      complete: one.complete,
      tool: one.tool,
    };
    expect(jsonReport(other)).toBe(jsonReport(one));
  });

  test('ends with a newline and prints nothing that a terminal would obey', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = jsonReport(report({ notices: [{ code: 'x', message: `${text}\u009b\u202e\u007f` }] }));
        expect(json.endsWith('}\n')).toBe(true);
        expect(escapeForDisplay(json, 'newlines')).toBe(json);
        expect(JSON.parse(json)).toHaveProperty(['notices', 0, 'message'], `${text}\u009b\u202e\u007f`);
      }),
    );
  });

  test('holds neither the line around a key nor the marker inside it', () => {
    const json = jsonReport(report({ findings: [finding({ evidence: [{ kind: 'marker', text: 'MARKER' }] })] }));
    expect(json).toContain('"kind": "marker"');
    expect(json).not.toContain('MARKER');
    expect(json).not.toContain('new OpenAI');
  });
});

const text = fc.string({ minLength: 1, unit: 'binary' });
const safe = text.map((each) => shown(escapeForDisplay(each)));

const anyEvidence: fc.Arbitrary<Evidence> = fc.oneof(
  fc.record({ kind: fc.constantFrom('prefix', 'marker', 'tail', 'alphabet', 'name', 'host', 'word'), text }),
  fc.record({ kind: fc.constant('halves'), length: fc.nat(), seen: fc.boolean() }),
  fc.record({ kind: fc.constantFrom('length', 'random'), length: fc.nat() }),
);

const anyLocation: fc.Arbitrary<Location> = fc
  .record({
    kind: fc.constantFrom('blob', 'message', 'author', 'tag', 'ref', 'path', 'config'),
    path: fc.option(safe),
    line: fc.integer({ min: 1 }),
    column: fc.integer({ min: 1 }),
  })
  .map(({ kind, path, line, column }) => location(path, line, column, kind));

const anyStep = fc.record(
  { text, url: fc.constant('https://platform.openai.com/api-keys'), command: text },
  { requiredKeys: ['text'] },
);

const anyFinding: fc.Arbitrary<AdvisedFinding> = fc
  .record({
    fingerprint: fc.stringMatching(/^[0-9a-f]{16}$/u).map(fingerprint),
    severity: fc.constantFrom('error', 'warning'),
    risk: fc.constantFrom('high', 'medium', 'low'),
    confidence: fc.constantFrom('high', 'medium', 'low'),
    redacted: safe,
    location: anyLocation,
    decoded: fc.array(text),
    evidence: fc.array(anyEvidence),
    candidates: fc.array(fc.record({ ruleId: text, provider: text, keyType: text })),
    damage: fc.constantFrom('cut-short', 'over-long', 'uneven', null),
    exposure: fc.record({
      state: fc.constantFrom('staged', 'local', 'pushed-private', 'pushed', 'published', 'unreachable', 'unknown'),
      detail: fc.string(),
    }),
    guidance: fc.record({ summary: fc.string(), caveats: fc.array(fc.string()), steps: fc.array(anyStep) }),
  })
  .map((changes) => finding(changes));

const anySuppressed: fc.Arbitrary<Suppressed> = fc.record({
  finding: anyFinding,
  by: fc.constantFrom('already-committed', 'inline-allow', 'ignore', 'config', 'baseline', 'base'),
  reason: fc.string(),
});

const anyReport: fc.Arbitrary<Report> = fc
  .record({
    complete: fc.boolean(),
    scope: fc.record({
      kind: fc.constantFrom('staged', 'tree', 'range', 'history', 'stdin', 'files', 'message', 'package'),
      detail: fc.string(),
    }),
    coverage: fc.record({
      expected: fc.nat(),
      scanned: fc.nat(),
      bytes: fc.nat(),
      skipped: fc.array(fc.record({ reason: text, count: fc.nat() })),
      errors: fc.array(fc.record({ message: text })),
    }),
    findings: fc.array(anyFinding, { maxLength: 4 }),
    advisories: fc.array(anyFinding, { maxLength: 2 }),
    suppressed: fc.array(anySuppressed, { maxLength: 2 }),
    notices: fc.array(fc.record({ code: text, message: text })),
  })
  .map((changes) => report(changes));
