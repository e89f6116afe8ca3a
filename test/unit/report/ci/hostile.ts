import type { Report } from '../../../../src/model/report.ts';
import { adminFinding, finding, location, report, shown, suppressed } from '../fixtures.ts';

/** What a hostile file name, author or message looks like after the sink: no control characters, everything else. */
export const HOSTILE = [
  'a::error::b',
  '::error file=x::forged',
  'a%0A::error::b',
  'x,line=1,col=2:3',
  '</failure></testcase><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>&amp;',
  '| a | b |',
  '`code` **bold** [link](https://evil.example) ![x](y) @somebody #1 ~~x~~ <!-- c -->',
  ']]> & <![CDATA[',
  'C:\\temp\\x',
  'ünïcode 日本語 🔑',
  'a\\u{a}b\\x1b',
  '{0} {{1}} %s',
  '..',
] as const;

export function hostileReport(text: string, changes: Partial<Report> = {}): Report {
  const place = location(`src/${text}/app.ts`);
  return report({
    findings: [
      finding({ location: place, exposure: { state: 'pushed', detail: text } }),
      adminFinding({ location: { ...location(null), kind: 'message' } }),
      finding({ location: { ...place, kind: 'path' }, redacted: shown('[database password]') }),
    ],
    advisories: [finding({ severity: 'warning', location: place })],
    suppressed: [suppressed({ by: 'baseline', reason: text, finding: finding({ location: place }) })],
    notices: [{ code: 'stale-allow', message: text }],
    ...changes,
  });
}

export function incompleteReport(text: string): Report {
  return hostileReport(text, {
    complete: false,
    coverage: {
      expected: 3,
      scanned: 2,
      bytes: 7,
      skipped: [{ reason: 'submodule', count: 1 }],
      errors: [{ message: text }],
    },
  });
}
