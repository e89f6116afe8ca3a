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
  'name.NAME.secret=VALUE',
  'NAME = (\n    "VALUE"\n)',
  'NAME = ["VALUE"].join("")',
  'NAME = \\\n  VALUE\n',
  'NAME: SecretStr = SecretStr("VALUE")',
  'NAME: str = Field(default="VALUE")',
  'config("NAME", default="VALUE")',
  'NAME: z.string().default("VALUE")',
  'NAME = atob("VALUE")',
  'export NAME=$(echo VALUE | base64 -d)',
  "$ENV{'NAME'} = 'VALUE';",
  'NAME <- "VALUE"',
  'Const NAME As String = "VALUE"',
  '<key>NAME</key>\n<string>VALUE</string>',
  '{"key": "NAME", "type": "secret", "value": "VALUE"}',
  'gh secret set NAME --body "VALUE"',
  'NAME: !!str VALUE',
  'NAME: &key VALUE',
  '**NAME**: `VALUE`',
  'the NAME is VALUE now',
  '\x1b[32mNAME\x1b[0m=\x1b[31mVALUE',
  '\\u001b[32mNAME\\u001b[0m=\\u001b[31mVALUE',
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
  '${NAME}: VALUE',
  '<key>NAME</key>\n<true/>VALUE',
  'if (NAME) { VALUE }',
  'NAME=\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nVALUE',
])('%j gives nothing', (form) => {
  const text = form.replaceAll('NAME', NAME).replaceAll('VALUE', VALUE);
  expect(assignedValue(text, text.indexOf(NAME) + NAME.length)).toBeNull();
});

it.each(['NAME = load("VALUE")', 'NAME = config.getSecret("VALUE")', 'NAME = require("VALUE")', 'the NAME isVALUE'])(
  '%j gives no such value',
  (form) => {
    const text = form.replaceAll('NAME', NAME).replaceAll('VALUE', VALUE);
    const value = assignedValue(text, text.indexOf(NAME) + NAME.length);
    expect(text.slice(value?.start ?? 0, value?.end ?? 0)).not.toBe(VALUE);
  },
);
