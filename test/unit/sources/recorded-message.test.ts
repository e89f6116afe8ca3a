import { describe, expect, it } from 'vitest';
import { recordedMessage } from '../../../src/sources/git/recorded-message.ts';

const SCISSORS = ' ------------------------ >8 ------------------------\n';

describe('what git records of a message', () => {
  it.each([
    ['comments go', 'a\n# b\nc\n', 'a\nc\n'],
    ['what only holds the character stays', 'a # b\n', 'a # b\n'],
    ['the diff goes with its scissors', `a\n#${SCISSORS}diff\n`, 'a\n'],
    ['a scissors line of another character is text', `a\n;${SCISSORS}b\n`, `a\n;${SCISSORS}b\n`],
    ['scissors in the first line leave nothing', `#${SCISSORS}diff\n`, ''],
    ['empty lines before the text do not count', '\n\na\n', 'a\n'],
  ])('%s', (_what, file, recorded) => {
    expect(recordedMessage(file, { marker: '#', comments: true, diff: true })).toBe(recorded);
  });

  it.each([
    ['comments', { comments: false, diff: true }, `a\n# b\n#${SCISSORS}c\n`, 'a\n# b\n'],
    ['the diff', { comments: false, diff: false }, `a\n#${SCISSORS}c\n`, `a\n#${SCISSORS}c\n`],
  ])('keeps %s where it is told to', (_what, keeps, file, recorded) => {
    expect(recordedMessage(file, { marker: '#', ...keeps })).toBe(recorded);
  });

  it.each([
    ['the last block', '# title\n;\n; on branch main\n;\n', '# title\n'],
    ['its scissors', `# title\n;${SCISSORS}# diff\n`, '# title\n'],
    ['nothing where there is no block', '; title\n# key\n', '; title\n# key\n'],
    ['nothing where no line holds it alone', 'title\n; key\n', 'title\n; key\n'],
  ])('with a character that git has chosen goes by %s', (_what, file, recorded) => {
    expect(recordedMessage(file, { marker: 'auto', comments: true, diff: true })).toBe(recorded);
  });

  it('may be marked by more than a character', () => {
    expect(recordedMessage('a\n// b\n/ c\n', { marker: '//', comments: true, diff: true })).toBe('a\n/ c\n');
  });
});
