import { describe, expect, test } from 'vitest';
import { junitReport } from '../../../../src/report/ci/junit.ts';
import { markdownReport } from '../../../../src/report/ci/markdown.ts';
import { finding, report, shown, style } from '../fixtures.ts';
import { HOSTILE, hostileReport, incompleteReport } from './hostile.ts';

/** Every tag in the order of the text; throws where one is not closed. Attributes hold no sign that ends them. */
function tagsOf(xml: string): readonly string[] {
  const open: string[] = [];
  const seen: string[] = [];
  for (const { groups = {} } of xml.matchAll(
    /<(?<close>\/?)(?<name>[a-z-]+)(?:\s+[a-z]+="[^"<]*")*\s*(?<self>\/?)>/gu,
  )) {
    const { close, name = '', self } = groups;
    if (close === '/') {
      if (open.pop() !== name) throw new SyntaxError(`</${name}> closes nothing`);
    } else {
      seen.push(name);
      if (self !== '/') open.push(name);
    }
  }
  if (open.length > 0) throw new SyntaxError(`<${open.join('> <')}> stays open`);
  return seen;
}

describe('JUnit', () => {
  test.each(HOSTILE)('has the elements that it should have and no other: %s', (text) => {
    const xml = junitReport(hostileReport(text));
    const count = (name: string): number => tagsOf(xml).filter((one) => one === name).length;
    expect([count('testcase'), count('failure'), count('error'), count('script'), count('img')]).toEqual([
      4, 3, 0, 0, 0,
    ]);
    const left = xml.slice(xml.indexOf('?>') + 2).replaceAll(/<\/?[a-z-]+(?:\s+[a-z]+="[^"<]*")*\s*\/?>/gu, '');
    expect(left).not.toMatch(/[<>]|&(?!(?:amp|lt|gt|quot|apos);)/u);
  });

  test('counts what it holds', () => {
    expect(junitReport(hostileReport('x'))).toContain('tests="4" failures="3" errors="0"');
    expect(junitReport(incompleteReport('gone'))).toContain('tests="5" failures="3" errors="1"');
  });

  test('a clean scan is a test that passed, not an empty file', () => {
    expect(junitReport(report())).toContain(
      '<testcase classname="keyguard.keyguard" name="no key was found"></testcase>',
    );
    expect(junitReport(report({ complete: false }))).toContain('<error type="incomplete"');
  });
});

describe('Markdown', () => {
  test.each(HOSTILE)('holds no markup from outside: %s', (text) => {
    const markdown = markdownReport(hostileReport(text), style());
    const tags = [...markdown.matchAll(/<(?<name>\/?[a-z]+|!--)/gu)].map(({ groups }) => groups?.['name'] ?? '');
    expect(new Set(tags)).toEqual(
      new Set(['!--', 'details', 'summary', '/summary', '/details', 'code', '/code', 'https']),
    );
    expect(markdown).not.toMatch(/@somebody|\[link\]|!\[x\]|\*\*bold|~~x/u);
    const rows = markdown.split('\n').filter((line) => line.startsWith('|'));
    expect(rows.map((row) => row.split('|').length)).toEqual(rows.map(() => 7));
  });

  test('begins with the mark by which a bot finds its comment, and the outcome', () => {
    expect(markdownReport(report({ findings: [finding()] }), style())).toMatch(
      /^<!-- keyguard -->\n\n## keyguard: 1 finding\n/u,
    );
    expect(markdownReport(incompleteReport('x'), style())).toContain('## keyguard: scan NOT complete, 3 findings');
  });

  test('a command stands in a fence and cannot end it', () => {
    const guidance = { summary: 'x', caveats: [], steps: [{ text: 'Do:', command: 'git rm -- a\ngit commit' }] };
    const markdown = markdownReport(
      report({ findings: [finding({ guidance, redacted: shown('[secret]') })] }),
      style(),
    );
    expect(markdown).toContain('   ```sh\n   git rm -- a\n   git commit\n   ```');
  });
});
