import type { AdvisedFinding, Location, Occurrence, Suppressed } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { Evidence } from '../model/verdict.ts';
import { replaceUnsafe } from './display.ts';

/**
 * The report for programs, `report.schema.json` in words: keys always in the same order, a newline at the end. It
 * holds no line of the files: an artefact of a build travels further than a terminal's output.
 */
export function jsonReport(report: Report): string {
  const { tool, complete, scope, coverage, notices } = report;
  const document = {
    schemaVersion: 1,
    tool: { name: tool.name, version: tool.version, ruleset: tool.ruleset },
    complete,
    scope: jsonScope(scope),
    coverage: {
      expected: coverage.expected,
      scanned: coverage.scanned,
      bytes: coverage.bytes,
      skipped: coverage.skipped.map(({ reason, count }) => ({ reason, count })),
      errors: coverage.errors.map(({ message }) => ({ message })),
    },
    findings: report.findings.map(jsonFinding),
    advisories: report.advisories.map(jsonFinding),
    suppressed: report.suppressed.map(jsonSuppressed),
    notices: notices.map(({ code, message }) => ({ code, message })),
  };
  return `${escapeUnprintable(JSON.stringify(document, null, 2))}\n`;
}

export function jsonScope({ kind, detail, commits, files }: Report['scope']): object {
  return { kind, detail, ...(commits !== undefined && { commits }), ...(files !== undefined && { files }) };
}

export function jsonFinding(finding: AdvisedFinding): object {
  return {
    fingerprint: finding.fingerprint,
    ruleId: finding.ruleId,
    provider: finding.provider,
    keyType: finding.keyType,
    title: finding.title,
    severity: finding.severity,
    risk: finding.risk,
    confidence: finding.confidence,
    redacted: finding.redacted,
    location: jsonLocation(finding.location),
    occurrences: (finding.occurrences ?? []).map(jsonOccurrence),
    decoded: finding.decoded,
    evidence: finding.evidence.map(jsonEvidence),
    candidates: finding.candidates.map(({ ruleId, provider, keyType }) => ({ ruleId, provider, keyType })),
    damage: finding.damage,
    exposure: { state: finding.exposure.state, detail: finding.exposure.detail },
    guidance: {
      summary: finding.guidance.summary,
      steps: finding.guidance.steps.map(({ text, url, command }) => ({ text, url, command })),
    },
  };
}

/** `commit`, `author` and `date` are where a history holds the key; a scan of files knows none. */
function jsonLocation({ kind, path, member, line, column, endLine, endColumn, commit }: Location): object {
  const place = { kind, path, member: member ?? null, line, column, endLine, endColumn };
  if (commit === undefined) return { ...place, commit: null, author: null, date: null };
  return { ...place, commit: commit.id, author: commit.author, date: commit.date, atHead: commit.atHead };
}

function jsonOccurrence({ kind, path, firstCommit, lastCommit, atHead }: Occurrence): object {
  return { kind, path, firstCommit, lastCommit, atHead };
}

export function jsonSuppressed({ finding, by, reason }: Suppressed): object {
  return {
    fingerprint: finding.fingerprint,
    by,
    reason,
    ruleId: finding.ruleId,
    risk: finding.risk,
    location: jsonLocation(finding.location),
  };
}

/** The text of a marker is part of the key, and longer than what a redacted key shows. */
function jsonEvidence(evidence: Evidence): object {
  if (evidence.kind === 'marker') return { kind: evidence.kind };
  if (evidence.kind === 'own-value') return { kind: evidence.kind, text: evidence.text, file: evidence.file };
  if ('text' in evidence) return { kind: evidence.kind, text: evidence.text };
  if (evidence.kind === 'halves') return { kind: evidence.kind, length: evidence.length, seen: evidence.seen };
  return { kind: evidence.kind, length: evidence.length };
}

/** JSON.stringify leaves DEL, C1 and bidi controls as they are; a JSON report is looked at in terminals too. */
export function escapeUnprintable(json: string): string {
  return replaceUnsafe(json, 'newlines', (character) => character.split('').map(escapedUnit).join(''));
}

function escapedUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
