import { describe, expect, it } from 'vitest';
import { namingOf } from '../../../src/judge/naming.ts';

const VALUE = 'V4lue';

function namingIn(text: string): ReturnType<typeof namingOf> {
  const start = text.indexOf(VALUE);
  return namingOf(text, { start, end: start + VALUE.length });
}

describe('the name of a value', () => {
  it.each([
    ['NAME=V4lue', 'NAME'],
    ['the_name: V4lue', 'the_name'],
    ['{"theName":"V4lue"}', 'theName'],
    ['Authorization: Bearer V4lue', 'Authorization'],
    ['process.env.NAME ?? "V4lue"', 'process.env.NAME'],
    ['env["NAME"] = "V4lue"', 'env.NAME'],
    ['getenv("THE_NAME", "V4lue")', 'THE_NAME'],
    ['getenv("NAME") or "V4lue"', 'getenv.NAME'],
    ['const name: string = "V4lue"', 'name'],
    ['ENV THE_NAME V4lue', 'THE_NAME'],
    ['- name: NAME\n  value: V4lue', 'NAME'],
    ['{"value": "V4lue", "name": "NAME"}', 'NAME'],
    ['NAME=\n  V4lue', null],
    ['const NAME =\n  "V4lue"', 'const NAME'],
    ['const NAME =\n  other + "V4lue"', null],
    ['<key>NAME</key>\n<string>V4lue</string>', 'NAME'],
    ['<key>NAME</key>\n<true/>\n<string>V4lue</string>', null],
    ['echo "V4lue" | gh secret set THE_NAME', 'THE_NAME'],
    ['echo "V4lue" | grep THE_name', null],
    ['https://host.example/v1?limit=1&the_name=V4lue', 'the_name'],
    ['API key: V4lue', 'API key'],
    ['Client("V4lue")', null],
    ['the password is V4lue', null],
    ['git checkout V4lue', null],
    ['V4lue', null],
  ])('%j: %j', (text, own) => {
    expect(namingIn(text).own).toBe(own);
  });
});

describe('what a value stands in', () => {
  it.each([
    ['Client("V4lue")', ['Client']],
    ['client = lib.Client(x=1, key="V4lue")', ['lib.Client', 'client']],
    ['new Client({ key: "V4lue" })', ['Client']],
    ['{"outer": {"first": {"a": 1}, "key": "V4lue"}}', ['outer']],
    ['outer:\n  inner:\n    key: V4lue', ['inner', 'outer']],
    ['other:\n  a: 1\nouter:\n  b: 2\n  key: V4lue', ['outer']],
    ['[outer]\na = 1\nkey = V4lue', ['outer']],
    ['[other]\na = 1\n[outer.inner]\nkey = V4lue', ['outer.inner']],
    ['client = Client(\n    a=1,\n    key="V4lue",\n)', ['Client', 'client']],
    ['{\n  "outer": {\n    "key": "V4lue"\n  }\n}', ['outer']],
    ['variable "outer" {\n  default = "V4lue"\n}', ['variable outer']],
    ['outer: >-\n  V4lue', ['outer']],
    ['Outer.builder()\n    .size(3)\n    .key("V4lue")', ['key', 'size', 'Outer.builder']],
    ['{"other": {"key": "x"}, "key": "V4lue"}', []],
    ['def outer():\n    key = "V4lue"', []],
    ['describe("outer", () => {\n  const key = "V4lue";', []],
    ['function outer() {\n  key = "V4lue";', []],
  ])('%j', (text, outer) => {
    expect(namingIn(text).outer.map((name) => name.replaceAll(/["']/gu, ''))).toEqual(outer);
  });
});
