import type { AdvisedFinding, Location, Shown, Snippet, Suppressed } from '../../../src/model/finding.ts';
import type { Report } from '../../../src/model/report.ts';
import { parseFingerprint } from '../../../src/model/secret.ts';
import type { Fingerprint } from '../../../src/model/secret.ts';
import { escapeForDisplay } from '../../../src/report/display.ts';
import type { ReportStyle } from '../../../src/report/reporter.ts';

/** What the sink does for a text without keys. */
export function shown(text: string): Shown {
  if (!isShown(text)) throw new TypeError('not safe to show');
  return text;
}

export function fingerprint(digits: string): Fingerprint {
  const parsed = parseFingerprint(digits.padEnd(16, '0'));
  if (parsed === undefined) throw new TypeError(`not a fingerprint: ${digits}`);
  return parsed;
}

/** A line of code with `redacted` in it, marked where that stands. */
export function snippet(line: string, redacted: string): Snippet {
  const start = line.indexOf(redacted);
  return { text: shown(line), start, end: start + redacted.length };
}

export function location(path: string | null, line = 12, column = 17, kind: Location['kind'] = 'blob'): Location {
  return {
    kind,
    path: path === null ? null : shown(path),
    line,
    column,
    endLine: line,
    endColumn: column + 180,
  };
}

export function finding(changes: Partial<AdvisedFinding> = {}): AdvisedFinding {
  return {
    fingerprint: fingerprint('9f2c4e0a1b2c3d4e'),
    ruleId: 'openai-project-key',
    provider: 'OpenAI',
    keyType: 'Project API key',
    title: 'OpenAI project API key',
    opens: 'everything that one project may use and pay for',
    severity: 'error',
    risk: 'medium',
    confidence: 'high',
    redacted: shown('sk-proj-…wxyz'),
    location: location('src/app.ts'),
    decoded: [],
    evidence: [
      { kind: 'prefix', text: 'sk-proj-' },
      { kind: 'marker', text: 'marker' },
      { kind: 'halves', length: 74, seen: true },
    ],
    candidates: [],
    damage: null,
    snippet: snippet("const client = new OpenAI({ apiKey: 'sk-proj-…wxyz' });", 'sk-proj-…wxyz'),
    exposure: { state: 'staged', detail: 'not in HEAD; older commits were not searched' },
    guidance: {
      summary: 'OpenAI project API key: take it out of the commit (permission unknown, assume All).',
      caveats: ['permission unknown, assume All'],
      steps: [
        { text: 'Take the file out of the commit:', command: 'git restore --staged -- src/app.ts' },
        { text: 'Put the key into .env, which git ignores, and read it from the environment.' },
        {
          text: 'If it ever left this machine (a chat, an agent, a log, a synced folder), revoke it. If unsure, revoke it:',
          url: 'https://platform.openai.com/api-keys',
        },
      ],
    },
    ...changes,
  };
}

/** A key of risk high, with steps of its own. */
export function adminFinding(changes: Partial<AdvisedFinding> = {}): AdvisedFinding {
  return finding({
    fingerprint: fingerprint('1d7a'),
    ruleId: 'openai-admin-key',
    keyType: 'Admin API key',
    title: 'OpenAI admin API key',
    opens: 'controls the whole organization',
    risk: 'high',
    redacted: shown('sk-admin-…wxyz'),
    evidence: [{ kind: 'prefix', text: 'sk-admin-' }],
    snippet: snippet('ADMIN_KEY=sk-admin-…wxyz', 'sk-admin-…wxyz'),
    guidance: {
      summary: 'OpenAI admin API key: revoke it, even though it was only staged.',
      caveats: [],
      steps: [
        {
          text: 'An owner of the organization revokes it:',
          url: 'https://platform.openai.com/settings/organization/admin-keys',
        },
      ],
    },
    ...changes,
  });
}

export function suppressed(changes: Partial<Suppressed> = {}): Suppressed {
  return { finding: finding(), by: 'already-committed', reason: '', ...changes };
}

export function report(changes: Partial<Report> = {}): Report {
  return {
    tool: { name: 'keyguard', version: '0.1.0', ruleset: '0123456789abcdef' },
    complete: true,
    scope: { kind: 'staged', detail: 'index against HEAD 1a2b3c4' },
    coverage: { expected: 3, scanned: 3, bytes: 41_022, skipped: [], errors: [] },
    rules: 128,
    findings: [],
    advisories: [],
    suppressed: [],
    notices: [],
    ...changes,
  };
}

export function style(changes: Partial<ReportStyle> = {}): ReportStyle {
  return {
    width: 80,
    colour: false,
    verbose: false,
    context: 'hook',
    rerun: 'keyguard scan --staged',
    program: 'keyguard',
    fold: null,
    today: '2026-11-20',
    helpOf: () => null,
    ...changes,
  };
}

function isShown(text: string): text is Shown {
  return escapeForDisplay(text, 'tabs') === text;
}
