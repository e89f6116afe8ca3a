import { describe, expect, it } from 'vitest';
import { assignedValue } from '../../../src/match/assignment.ts';

const NAME = 'STEPFUN_API_KEY';
const VALUE = 'a1-B2_c3';

/** `NAME` and `VALUE` stand for the name and the value. */
const FORMS = [
  'NAME=VALUE',
  'NAME = VALUE',
  'NAME: VALUE',
  'NAME="VALUE"',
  "NAME = 'VALUE'",
  'NAME=`VALUE`',
  '"NAME": "VALUE"',
  "'NAME' => 'VALUE'",
  '\\"NAME\\": \\"VALUE\\"',
  "NAME: 'VALUE',",
  'NAME := "VALUE"',
  'NAME ?= VALUE',
  'NAME="${NAME:-VALUE}"',
  'env["NAME"] = "VALUE"',
  "ENV['NAME'] ||= 'VALUE'",
  "process.env['NAME'] ??= 'VALUE'",
  "process.env.NAME || 'VALUE'",
  "process.env.NAME ?? 'VALUE'",
  'os.getenv("NAME", "VALUE")',
  "define('NAME', 'VALUE');",
  'setenv NAME VALUE',
  'ENV NAME VALUE',
  'NAME: str = "VALUE"',
  'const NAME: string = "VALUE";',
  'const NAME string = "VALUE"',
  'const NAME: &str = "VALUE";',
  'const NAME: &\'static str = "VALUE";',
  'NAME: String = "VALUE"',
  '$env:NAME = "VALUE"',
  'set NAME=VALUE\r\n',
  '- name: NAME\n  value: VALUE\n',
  '- name: NAME\n  value: "VALUE"\n',
  '{ "name": "NAME", "value": "VALUE" }',
  '<add key="NAME" value="VALUE" />',
  '<NAME>VALUE</NAME>',
  'if NAME == "VALUE":',
  'NAME=VALUE.\n',
  'NAME_2=VALUE',
  '#define NAME "VALUE"',
];

describe.each(FORMS)('%j', (form) => {
  it('gives the value, without quotes', () => {
    const text = form.replaceAll('NAME', NAME).replaceAll('VALUE', VALUE);
    const nameAt = text.indexOf(VALUE) < 0 ? 0 : text.lastIndexOf(NAME, text.indexOf(VALUE));
    const value = assignedValue(text, nameAt + NAME.length);
    expect(value === null ? null : text.slice(value.start, value.end)).toBe(VALUE);
  });
});

it.each([
  'NAME',
  'NAME=',
  'NAME=""',
  'NAME=$OTHER',
  'NAME=\n+VALUE',
  'NAME={}',
  'NAME;VALUE',
  'NAME(VALUE',
  'if (NAME) { VALUE }',
  'NAME=\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nVALUE',
])('%j gives nothing', (form) => {
  const text = form.replaceAll('NAME', NAME).replaceAll('VALUE', VALUE);
  expect(assignedValue(text, text.indexOf(NAME) + NAME.length)).toBeNull();
});
