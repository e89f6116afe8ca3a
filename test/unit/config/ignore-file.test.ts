import { execFileSync } from 'node:child_process';
import { array, assert, constantFrom, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIgnoreFile } from '../../../src/config/ignore-file.ts';
import { type RawPath, rawPathFrom, rawPathFromText } from '../../../src/model/fragment.ts';
import { cleanEnv, type TestRepo, tempRepo } from '../../helpers/repo.ts';

/** What git itself ignores of `paths`, with the same bytes as its ignore file. */
function ignoredByGit(repo: TestRepo, ignoreFile: Uint8Array, paths: readonly RawPath[]): readonly RawPath[] {
  repo.write('.gitignore', ignoreFile);
  try {
    const out = execFileSync('git', ['check-ignore', '--no-index', '-z', '--stdin'], {
      cwd: repo.dir,
      env: cleanEnv(),
      input: Buffer.from(paths.map((path) => `${path}\0`).join(''), 'latin1'),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    return out
      .toString('latin1')
      .split('\0')
      .slice(0, -1)
      .map((path) => rawPathFrom(Buffer.from(path, 'latin1')));
  } catch (error) {
    // Exit 1 says that none is ignored.
    if (error instanceof Error && 'status' in error && error.status === 1) return [];
    throw error;
  }
}

function ignoredByUs(ignoreFile: Uint8Array, paths: readonly RawPath[]): readonly RawPath[] {
  return paths.filter(parseIgnoreFile(ignoreFile));
}

const CASES: readonly (readonly [what: string, file: string, ignored: readonly string[], kept: readonly string[]])[] = [
  ['nothing with an empty file', '', [], ['a', 'b/c']],
  ['a name at any depth', 'a.txt\n', ['a.txt', 'x/a.txt', 'x/y/a.txt', 'a.txt/z'], ['b.txt', 'xa.txt', 'a.txtx']],
  ['only at the top with a slash in front', '/a.txt\n', ['a.txt'], ['x/a.txt']],
  ['only at the top with a slash inside', 'x/a.txt\n', ['x/a.txt'], ['y/x/a.txt', 'a.txt']],
  ['folders only with a slash behind', 'build/\n', ['build/a', 'x/build/b/c'], ['build', 'x/build']],
  ['an anchored folder', '/build/\n', ['build/a'], ['x/build/a', 'build']],
  ['a star within one name', '*.log\n', ['a.log', '.log', 'x/b.log'], ['a.logs', 'log']],
  ['a star that stops at a slash', 'x/*.log\n', ['x/a.log'], ['x/y/a.log', 'a.log']],
  ['stars that all stop at a slash', '/*[ab]*c\n', ['abc', 'axc', 'xbc/d'], ['ab/c', 'a/c']],
  ['leading double stars', '**/foo/bar\n', ['foo/bar', 'a/foo/bar', 'a/b/foo/bar'], ['foo/x/bar']],
  ['trailing double stars', 'foo/**\n', ['foo/a', 'foo/a/b'], ['foo', 'x/foo/a']],
  ['double stars inside', 'a/**/b\n', ['a/b', 'a/x/b', 'a/x/y/b'], ['b', 'x/a/b', 'a/xb']],
  ['double stars that are part of a name', 'foo**bar\n', ['foobar', 'fooxbar', 'x/foo-bar'], ['foo/bar']],
  ['double stars glued to a name', 'foo**/bar\n', ['foo/bar', 'foox/bar', 'foo/x/bar', 'foobar'], ['x/foo/bar']],
  ['double stars glued behind a glob', 'f?o**/bar\n', ['foo/bar', 'foox/bar'], ['foo/x/bar', 'foobar']],
  ['a question mark as one byte', 'a?c\n', ['abc', 'x/a-c'], ['ac', 'abbc', 'a/c', 'aéc']],
  ['a range', 'a[0-3]c\n', ['a0c', 'a3c'], ['a4c', 'ac', 'a-c']],
  ['a negated range', 'a[!0-3]c\n', ['a4c', 'a-c'], ['a0c', 'ac', 'a/c']],
  ['a negated range with a caret', 'a[^0-3]c\n', ['a4c'], ['a2c']],
  ['a class', 'a[[:digit:]_]c\n', ['a5c', 'a_c'], ['axc', 'a:c']],
  ['a closing bracket in a set', '[]x]y\n', [']y', 'xy'], ['ay', '[]x]y']],
  ['a dash in a set', 'a[b-]c\n', ['abc', 'a-c'], ['axc']],
  ['nothing with an open bracket', 'a[bc\n', [], ['a[bc', 'ab']],
  ['nothing with an unknown class', 'a[[:nope:]]\n', [], ['an', 'a:', 'a[[:nope:]]']],
  ['no slash in a set', 'a[/b]c\nx\n', ['abc', 'x'], ['a/c']],
  ['a comment', '# a\nb\n', ['b'], ['a', '# a', '#']],
  ['an escaped hash', '\\#a\n', ['#a'], ['a', '\\#a']],
  ['an escaped exclamation mark', '\\!a\n', ['!a'], ['a']],
  ['an escaped star', 'a\\*\n', ['a*'], ['ab', 'a']],
  ['nothing with a backslash at the end', 'a\\\n', [], ['a', 'a\\']],
  ['what is not taken back', '*.log\n!keep.log\n', ['a.log'], ['keep.log', 'x/keep.log']],
  ['the last pattern that matches', '!a\na\n!b\nb\n!b\n', ['a'], ['b']],
  ['what is in an excluded folder, in spite of an exception', 'x/\n!x/keep\n', ['x/keep', 'x/a'], ['x']],
  ['all but what is taken back', '/*\n!/src\n', ['a', 'b/c'], ['src', 'src/a']],
  ['names without their trailing spaces', 'a  \n', ['a'], ['a  ', 'a ']],
  ['an escaped trailing space', 'a\\ \n', ['a '], ['a', 'a\\ ']],
  ['an escaped space and more behind it', 'a\\   \n', ['a '], ['a', 'a  ']],
  ['a space inside', 'a b\n', ['a b'], ['a', 'b']],
  ['a trailing tab as part of the name', 'a\t\n', ['a\t'], ['a']],
  ['files with Windows line ends', 'a\r\n/b/\r\n\r\n!c\r\n# d\r\n', ['a', 'b/x'], ['c', 'd', '\r', 'a\r']],
  ['a last line without an end', 'a\nb', ['a', 'b'], ['c']],
  ['a file with a byte order mark', '\uFEFFa\n', ['a'], ['\uFEFFa']],
  ['braces and parentheses as they stand', 'a{b,c}\n(d|e)\n+(f)\n', ['a{b,c}', '(d|e)', '+(f)'], ['ab', 'd', 'f']],
  ['a tilde, a dollar and a dot as they stand', '~a$.b\n', ['~a$.b'], ['~a$xb', 'a']],
  ['case as it is', 'Makefile\n', ['Makefile'], ['makefile', 'MAKEFILE']],
  ['names beyond ASCII', 'é*\n/日本/\n', ['é', 'éa', '日本/x'], ['e', '日', '日本']],
  ['names of dots', '.*\n', ['.a', '.git-x/y', 'x/...'], ['a.']],
  ['a lone slash as nothing', '/\n//\n', [], ['a', 'a/b']],
  ['stars only', '***\n', ['a', 'a/b'], []],
];

describe('parseIgnoreFile', () => {
  it.each(CASES)('ignores %s', (_, file, ignored, kept) => {
    const bytes = Buffer.from(file, 'utf8');
    const paths = [...ignored, ...kept].map(rawPathFromText);
    expect(ignoredByUs(bytes, paths)).toEqual(ignored.map(rawPathFromText));
    expect(ignoredByGit(tempRepo(), bytes, paths)).toEqual(ignored.map(rawPathFromText));
  });

  it('ignores a name that is not UTF-8', () => {
    const bytes = Buffer.from('bad\xff*\n', 'latin1');
    const paths = ['bad\xffname', 'bad\xfe'].map((path) => rawPathFrom(Buffer.from(path, 'latin1')));
    expect(ignoredByUs(bytes, paths)).toEqual(paths.slice(0, 1));
    expect(ignoredByGit(tempRepo(), bytes, paths)).toEqual(paths.slice(0, 1));
  });

  it('agrees with git on any pattern and path', () => {
    const repo = tempRepo();
    const pieces = ['a', 'b', '/', '*', '**', '**/', '/**', '?', '[', ']', '[ab]', '[!a]', '[a-b]', '[[:alpha:]]'];
    const rare = ['\\', '\\*', '!', '#', ' ', '\\ ', '-', '^', ':', '.', '[]-a]', '[a\\]]', '[/-b]', '\r', 'é'];
    const lines = array(constantFrom(...pieces, ...pieces, ...rare), { minLength: 1, maxLength: 7 });
    const names = constantFrom(
      'a',
      'b',
      'ab',
      'ba',
      'aab',
      '.a',
      'a b',
      'a.',
      '*',
      '[',
      ']',
      '-',
      '\\',
      '!a',
      'é',
      ' ',
    );
    const paths = array(array(names, { minLength: 1, maxLength: 4 }), { minLength: 25, maxLength: 25 });
    assert(
      property(tuple(array(lines, { minLength: 1, maxLength: 4 }), paths), ([file, tree]) => {
        const bytes = Buffer.from(file.map((line) => `${line.join('')}\n`).join(''), 'utf8');
        const asked = [...new Set(tree.map((path) => rawPathFromText(path.join('/'))))];
        expect(ignoredByUs(bytes, asked)).toEqual(ignoredByGit(repo, bytes, asked));
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  it('is quick with many stars and a long name', () => {
    const isIgnored = parseIgnoreFile(Buffer.from(`${'*a'.repeat(40)}*b\n${'**/a/'.repeat(40)}b\n`));
    expect(isIgnored(rawPathFromText('a'.repeat(4000)))).toBe(false);
    expect(isIgnored(rawPathFromText(`${'a/'.repeat(1000)}b`))).toBe(true);
  });
});
