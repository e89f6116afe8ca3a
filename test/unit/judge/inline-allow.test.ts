import { array, assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inlineAllowNear } from '../../../src/judge/inline-allow.ts';
import type { InlineAllow } from '../../../src/model/verdict.ts';

const RULE = 'openai-project-key';
const HONOURED = { ruleId: RULE, reason: 'a test fixture' };

/** `«key»` marks the match; the quotes are no part of it. */
function near(marked: string): InlineAllow | null {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  const text = marked.replace(/[«»]/gu, '');
  expect(text.slice(start, end)).toBe('KEY');
  return inlineAllowNear(text, { start, end });
}

/** A comment in each style, `%` standing for the allow. */
const TRAILING: readonly (readonly [style: string, line: string])[] = [
  ['C++', 'x = "«KEY»"; // %'],
  ['C++ doc', 'x = "«KEY»"; /// %'],
  ['shell', 'X=«KEY» # %'],
  ['shell without spaces', 'X=«KEY» #%'],
  ['SQL', "insert into k values ('«KEY»') -- %"],
  ['SQL without spaces', "insert into k values ('«KEY»') --%"],
  ['C', 'x = "«KEY»"; /* % */'],
  ['C before code', '/* % */ x = "«KEY»";'],
  ['HTML', '<b>«KEY»</b> <!-- % -->'],
  ['JSX', '<b>«KEY»</b> {/* % */}'],
  ['ini', 'x = «KEY» ; %'],
  ['TeX', '\\key{«KEY»} % %'],
  ['batch', 'set X=«KEY» & rem %'],
  ['m4', 'define(x, «KEY») dnl %'],
  ['Lua', 'x = "«KEY»" --[[ % ]]'],
  ['Haskell', 'x = "«KEY»" {- % -}'],
  ['OCaml', 'let x = "«KEY»" (* % *)'],
  ['Jinja', '{{ "«KEY»" }} {# % #}'],
  ['Basic', 'x = "«KEY»" \' %'],
  ['Python, after other words', 'x = "«KEY»"  # noqa: S105, %'],
];

const ALONE: readonly (readonly [style: string, line: string])[] = [
  ['C++', '  // %'],
  ['shell', '# %'],
  ['SQL', '-- %'],
  ['C', '/* % */'],
  ['C doc', '/** % */'],
  ['a line of a block', ' * %'],
  ['HTML', '\t<!-- % -->'],
  ['JSX', '{/* % */}'],
  ['ini', ';; %'],
  ['TeX', '%% %'],
  ['batch', 'REM %'],
  ['batch label', ':: %'],
  ['vim', '" %'],
  ['Python text', '""" % """'],
  ['Python text over several lines', '    %'],
  ['Handlebars', '{{!-- % --}}'],
  ['reStructuredText', '.. %'],
];

const WRITTEN = [`keyguard:allow ${RULE} -- a test fixture`, `keyguard:allow ${RULE}: a test fixture`];

function fill(line: string, allow: string): string {
  const at = line.lastIndexOf('%');
  return line.slice(0, at) + allow + line.slice(at + 1);
}

describe('inlineAllowNear', () => {
  it.each(TRAILING)('finds it at the end of the line: %s', (_, line) => {
    for (const allow of WRITTEN) {
      expect(near(fill(line, allow))).toEqual(HONOURED);
      expect(near(`a\r\n${fill(line, allow)}\r\nb`)).toEqual(HONOURED);
    }
  });

  it.each(TRAILING)('does not take it for the next line: %s', (_, line) => {
    const other = fill(line, WRITTEN[0] ?? '').replace('«KEY»', 'OTHER');
    expect(near(`${other}\ny = "«KEY»"`)).toBeNull();
  });

  it.each(ALONE)('finds it alone on the line above: %s', (_, line) => {
    for (const allow of WRITTEN) {
      for (const end of ['\n', '\r\n', '\r']) {
        expect(near(`a${end}${fill(line, allow)}${end}x = "«KEY»"${end}`)).toEqual(HONOURED);
      }
    }
  });

  it.each(ALONE)('takes it for no line but the next: %s', (_, line) => {
    const comment = fill(line, WRITTEN[0] ?? '');
    expect(near(`${comment}\n\nx = "«KEY»"`)).toBeNull();
    expect(near(`${comment}\ny\nx = "«KEY»"`)).toBeNull();
    expect(near(`x = "«KEY»"\n${comment}`)).toBeNull();
  });

  it('prefers the comment on the line to the one above', () => {
    expect(near(`# keyguard:allow a -- one\nX=«KEY» # keyguard:allow b -- two`)).toEqual({
      ruleId: 'b',
      reason: 'two',
    });
  });

  it('finds it behind a key of several lines', () => {
    const text = 'x = `one\ntwo` // keyguard:allow r -- y';
    expect(inlineAllowNear(text, { start: 5, end: 12 })).toEqual({ ruleId: 'r', reason: 'y' });
  });

  it.each([
    ['no reason', `# keyguard:allow ${RULE}`, { ruleId: RULE, reason: null }],
    ['an empty reason', `# keyguard:allow ${RULE} -- `, { ruleId: RULE, reason: null }],
    ['a reason of signs', `# keyguard:allow ${RULE} -- ...`, { ruleId: RULE, reason: null }],
    ['no reason in HTML', `<!-- keyguard:allow ${RULE} -->`, { ruleId: RULE, reason: null }],
    ['no reason in C', `/* keyguard:allow ${RULE}: */`, { ruleId: RULE, reason: null }],
    ['words without a sign before them', `# keyguard:allow ${RULE} a test`, { ruleId: RULE, reason: null }],
    ['no rule', '# keyguard:allow -- a test', { ruleId: '', reason: 'a test' }],
    ['nothing at all', '# keyguard:allow', { ruleId: '', reason: null }],
    ['two dashes in the reason', `# keyguard:allow ${RULE} -- a -- b`, { ruleId: RULE, reason: 'a -- b' }],
    ['no space before the dashes', `# keyguard:allow ${RULE}: it's "fake"`, { ruleId: RULE, reason: 'it\'s "fake"' }],
  ])('tells that it has %s', (_, comment, allow) => {
    expect(near(`x = "«KEY»" ${comment}`)).toEqual(allow);
  });

  it.each([
    ['another word', 'x = "«KEY»" # keyguard:allowed r -- x'],
    ['a text in quotes', 'log("keyguard:allow r -- x", "«KEY»")'],
    ['a text in quotes behind a statement', 'a(); log("keyguard:allow r -- x", "«KEY»")'],
    ['code without a comment', 'x = "«KEY»" keyguard:allow r -- x'],
    ['another case', 'x = "«KEY»" # KEYGUARD:ALLOW r -- x'],
  ])('is not taken in by %s', (_, text) => {
    expect(near(text)).toBeNull();
  });

  it.each([
    ['double quotes', '"# %", "«KEY»"'],
    ['double quotes behind a space', '" # %", "«KEY»"'],
    ['double quotes that look like a comment of Vim', '" %", "«KEY»"'],
    ['single quotes', "['-- %', '«KEY»']"],
    ['single quotes that look like a comment of Basic', "f( ' %', '«KEY»')"],
    ['single quotes of Python', "f(r'// %', '«KEY»')"],
    ['single quotes of SQL', "values (N'-- %', N'«KEY»')"],
    ['backticks', 'f(`/* %`, `«KEY»`)'],
    ['three quotes', '"""# %""", "«KEY»"'],
    ['three quotes without a sign', '""" % """, "«KEY»"'],
    ['quotes behind the key', '["«KEY»", "// %"]'],
    ['quotes with an escaped one', String.raw`["«KEY»", "\" // %"]`],
    ['quotes behind an apostrophe', `don't("«KEY»", "# %")`],
    ['backticks that stay open', 'x("«KEY»", `# %'],
    ['quotes that stay open', 'x(`«KEY»`, "# %'],
  ])('is not taken in by a text: %s', (_, line) => {
    expect(near(fill(line, WRITTEN[0] ?? ''))).toBeNull();
  });

  it.each([
    ['quotes around the sign', 'x = "#", "«KEY»" # %'],
    ['an escaped quote', String.raw`x = "\"", "«KEY»" # %`],
    ['escapes in a shell', String.raw`echo don\'t «KEY» # %`],
    ['an apostrophe', "I don't mind: «KEY» // %"],
    ['two apostrophes', "it's what I don't mind: «KEY» // %"],
    ['an apostrophe and quotes', "don't use '«KEY»' # %"],
    ['an apostrophe behind a word', "the users' key: «KEY» // %"],
    ['an apostrophe behind the sign', "x = '«KEY»' // it's fine, %"],
    ['an open quote behind the sign', 'x = "«KEY»" // 24" wide, %'],
    ['a doubled quote', "values ('it''s', '«KEY»') -- %"],
    ['a lifetime', `fn f<'a>(x: &'a str) { k("«KEY»") } // %`],
    ['a quoted list', `(setq x '("«KEY»")) ; %`],
    ['texts of three quotes', 'x = """«KEY»""" # %'],
    ['a text of Python', "x = r'«KEY»' # %"],
    ['a template', 'x = f`${"«KEY»"}` // %'],
  ])('is seen beside %s', (_, line) => {
    expect(near(fill(line, WRITTEN[0] ?? ''))).toEqual(HONOURED);
  });

  it('takes a text alone on the line above for no comment', () => {
    expect(near(`" keyguard:allow r -- x",\n"«KEY»"`)).toBeNull();
    expect(near(`" keyguard:allow r -- the "fake" one\nx = "«KEY»"`)).toEqual({
      ruleId: 'r',
      reason: 'the "fake" one',
    });
  });

  it('takes an apostrophe in the reason for no end of a comment of Basic', () => {
    const allow = { ruleId: 'r', reason: "it isn't live" };
    expect(near(`' keyguard:allow r -- it isn't live\nx = "«KEY»"`)).toEqual(allow);
    expect(near(`x = "«KEY»" ' keyguard:allow r -- it isn't live`)).toEqual(allow);
  });

  it('does not carry a key away in the reason', () => {
    expect(near('x # keyguard:allow r -- «KEY» is fake')).toEqual({ ruleId: 'r', reason: '[secret] is fake' });
  });

  it('shows a reason in UTF-8 as it was written, from the bytes of a file or from decoded text', () => {
    const line = '"KEY" # keyguard:allow r -- für Prüfungen 日本';
    const bytes = Buffer.from(line).toString('latin1');
    const allow = { ruleId: 'r', reason: 'für Prüfungen 日本' };
    expect(inlineAllowNear(bytes, { start: 1, end: 4 })).toEqual(allow);
    expect(inlineAllowNear(line, { start: 1, end: 4 })).toEqual(allow);
    const latin1 = '"KEY" # keyguard:allow r -- für';
    expect(inlineAllowNear(latin1, { start: 1, end: 4 })).toEqual({ ruleId: 'r', reason: 'für' });
  });

  it('looks at a thousand characters to either side and no further', () => {
    const comment = '# keyguard:allow r -- x\n';
    expect(near(`${comment}${' '.repeat(1000 - comment.length)}«KEY»`)).toEqual({ ruleId: 'r', reason: 'x' });
    expect(near(`${comment}${' '.repeat(1001 - comment.length)}«KEY»`)).toBeNull();
    expect(near(`code ${comment}${' '.repeat(1000 - comment.length)}«KEY»`)).toBeNull();
    expect(near(`«KEY»${' '.repeat(900)}# keyguard:allow r -- x`)).toEqual({ ruleId: 'r', reason: 'x' });
    expect(near(`«KEY»${' '.repeat(1000)}# keyguard:allow r -- x`)).toBeNull();
  });

  it('leaves out a word that its reach would cut, which may be a key', () => {
    const words = 'so '.repeat(320);
    expect(near(`«KEY» # keyguard:allow r -- ${words}${'k'.repeat(100)}\n`)).toEqual({
      ruleId: 'r',
      reason: words.trim(),
    });
    expect(near(`«KEY» # keyguard:allow r -- so ${'k'.repeat(900)}\n`)?.reason).toBe(`so ${'k'.repeat(900)}`);
  });

  it('is quick with a megabyte of comment signs', () => {
    for (const sign of ['#', '/', '*', '-', ';', ' ', '"', '{', '# ', '/*', '--']) {
      const filler = sign.repeat(500_000);
      const text = `${filler}KEY${sign.repeat(480 / sign.length)}x(keyguard:allow r${filler}`;
      expect(inlineAllowNear(text, { start: filler.length, end: filler.length + 3 })).toBeNull();
    }
  });

  it('depends on nothing but the thousand characters around the match', () => {
    const pieces = constantFrom(
      '\n',
      '\r',
      '#',
      '// ',
      ' ',
      'x',
      'keyguard:allow r',
      ' -- why',
      ': why',
      '*/',
      '/* ',
      '"',
    );
    const around = array(pieces, { maxLength: 12 });
    assert(
      property(around, around, string({ unit: 'binary' }), (before, after, far) => {
        const [head, tail] = [before.join(''), after.join('')];
        const pad = `\n${' '.repeat(1000)}\n`;
        const at = { start: head.length, end: head.length + 3 };
        const shift = far.length + pad.length;
        const moved = { start: at.start + shift, end: at.end + shift };
        const found = inlineAllowNear(`${head}KEY${tail}\n`, at);
        expect(inlineAllowNear(`${far}${pad}${head}KEY${tail}${pad}${far}`, moved)).toEqual(found);
        expect(found?.reason ?? 'why').toContain('why');
      }),
      { seed: 1 },
    );
  });
});
