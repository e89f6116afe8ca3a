import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { AdvisedFinding, Occurrence } from '../../../src/model/finding.ts';
import { jsonReport } from '../../../src/report/json.ts';
import { reporters } from '../../../src/report/reporter.ts';
import { occurrencesInWords } from '../../../src/report/wording/occurrences.ts';
import { commitInWords } from '../../../src/report/wording/place.ts';
import { finding, location, report, shown, style } from './fixtures.ts';

const schema: unknown = JSON.parse(
  readFileSync(new URL('../../../src/report/report.schema.json', import.meta.url), 'utf8'),
);
if (typeof schema !== 'object' || schema === null) throw new TypeError('the schema is no object');
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

const [FIRST, LATER] = ['1a2b3c4d5e'.repeat(4), '9f8e7d6c5b'.repeat(4)];

const ELSEWHERE: Occurrence = {
  kind: 'blob',
  path: shown('old.ts'),
  firstCommit: FIRST,
  lastCommit: LATER,
  atHead: false,
};

function found(atHead: boolean | null, occurrences: readonly Occurrence[] = []): AdvisedFinding {
  const commit = { id: FIRST, author: shown('Ada <ada@example.com>'), date: '2026-11-19T08:30:00Z', atHead };
  return finding({ location: { ...location('src/app.ts'), commit }, occurrences });
}

describe('a finding of a history', () => {
  test('in JSON names commit, author, date and the other places, as the schema has them', () => {
    const json = jsonReport(
      report({ findings: [found(true, [ELSEWHERE])], scope: { kind: 'range', detail: 'a..b', commits: 2 } }),
    );
    expect(JSON.parse(json)).toMatchObject({
      scope: { kind: 'range', detail: 'a..b', commits: 2 },
      findings: [
        {
          location: {
            path: 'src/app.ts',
            commit: FIRST,
            author: 'Ada <ada@example.com>',
            date: '2026-11-19T08:30:00Z',
            atHead: true,
          },
          occurrences: [{ kind: 'blob', path: 'old.ts', firstCommit: FIRST, lastCommit: LATER, atHead: false }],
        },
      ],
    });
    expect([validate(JSON.parse(json)), validate.errors]).toEqual([true, null]);
    expect(validate(JSON.parse(json.replace('"firstCommit"', '"first"')))).toBe(false);
  });

  test('names its commit behind the place; without a date, too', () => {
    const { location: place } = found(true);
    expect(commitInWords(place)).toBe(' in commit 1a2b3c4d5e, 2026-11-19');
    expect(commitInWords(location('src/app.ts'))).toBe('');
    const undated = { ...location('a'), commit: { id: FIRST, author: shown(''), date: null, atHead: null } };
    expect(commitInWords(undated)).toBe(' in commit 1a2b3c4d5e');
  });

  test.each(['pretty', 'jsonl', 'sarif', 'github', 'gitlab', 'junit', 'markdown'] as const)(
    'as %s names its commit, and one of files names none',
    (format) => {
      const text = (one: AdvisedFinding): string => reporters[format](report({ findings: [one] }), style());
      expect(text(found(true))).toContain('1a2b3c4d5e');
      expect(text(finding())).not.toContain('1a2b3c4d5e');
    },
  );

  test.each<[string, AdvisedFinding, readonly string[]]>([
    ['nothing more of what is where it came in', found(true), []],
    ['that it is gone', found(false), ['A later commit took it out there; the history keeps it.']],
    [
      'that it was recorded there again',
      found(true, [{ ...ELSEWHERE, path: shown('src/app.ts') }]),
      ['Recorded there again, up to commit 9f8e7d6c5b.'],
    ],
    [
      'other files',
      found(true, [ELSEWHERE, { ...ELSEWHERE, lastCommit: FIRST, atHead: true }]),
      ['Also in old.ts in commits 1a2b3c4d5e to 9f8e7d6c5b, taken out again.', 'Also in old.ts in commit 1a2b3c4d5e.'],
    ],
    [
      'what is no file',
      found(true, [
        { ...ELSEWHERE, kind: 'message', path: null, lastCommit: FIRST, atHead: null },
        { kind: 'ref', path: null, firstCommit: null, lastCommit: null, atHead: null },
        { ...ELSEWHERE, kind: 'path', lastCommit: FIRST, atHead: null },
      ]),
      [
        'Also in a commit message in commit 1a2b3c4d5e.',
        'Also in the name of a branch or tag.',
        'Also in the file name old.ts in commit 1a2b3c4d5e.',
      ],
    ],
    [
      'how many more there are',
      found(
        true,
        Array.from({ length: 5 }, () => ({ ...ELSEWHERE, lastCommit: FIRST, atHead: true })),
      ),
      [...Array.from({ length: 3 }, () => 'Also in old.ts in commit 1a2b3c4d5e.'), 'And at 2 more places.'],
    ],
  ])('says %s', (_what, one, sentences) => {
    expect(occurrencesInWords(one)).toEqual(sentences);
  });
});
