import type { KeyType } from './key-types.ts';

/** What a place tells of whose key stands there. */
export type Tells = 'name' | 'host' | 'nothing';

export interface Context {
  readonly name: string;
  readonly tells: Tells;
  /** The file, and where in it the key stands. */
  readonly place: (type: KeyType, key: string) => string;
}

export const CONTEXTS: readonly Context[] = [
  ...table('name', {
    dotenv: ({ name }, key) => `# settings\n${name}=${key}\nDEBUG=1\n`,
    'dotenv, quoted': ({ name }, key) => `${name}="${key}"\n`,
    'shell export': ({ name }, key) => `#!/bin/sh\nexport ${name}='${key}'\n`,
    'shell default': ({ name }, key) => `: "\${${name}:=${key}}"\n`,
    PowerShell: ({ name }, key) => `$env:${name} = "${key}"\r\n`,
    cmd: ({ name }, key) => `set ${name}=${key}\r\n`,
    JSON: ({ name }, key) => `{\n  "${name}": "${key}",\n  "debug": true\n}\n`,
    'JSON in one line': ({ name }, key) => `{"a":1,"${name}":"${key}","b":[2,3]}`,
    YAML: ({ name }, key) => `env:\n  ${name}: ${key}\n  DEBUG: "1"\n`,
    'YAML, quoted': ({ name }, key) => `env:\n  ${name}: '${key}'\n`,
    'compose list': ({ name }, key) => `services:\n  app:\n    environment:\n      - ${name}=${key}\n`,
    'Kubernetes pair': ({ name }, key) => `env:\n  - name: ${name}\n    value: "${key}"\n`,
    'GitHub workflow': ({ name }, key) => `jobs:\n  test:\n    env:\n      ${name}: ${key}\n    steps: []\n`,
    TOML: ({ name }, key) => `[env]\n${name} = "${key}"\n`,
    INI: ({ name }, key) => `[env]\n${name}=${key}\n`,
    'Java properties': ({ name }, key) => `${dotted(name)}=${key}\n`,
    'XML element': ({ name }, key) => `<config><${name}>${key}</${name}></config>\n`,
    'XML attribute': ({ name }, key) => `<add key="${name}" value="${key}" />\n`,
    Dockerfile: ({ name }, key) => `FROM node:22\nENV ${name}=${key}\n`,
    'Dockerfile, old form': ({ name }, key) => `FROM node:22\nENV ${name} ${key}\n`,
    Terraform: ({ name }, key) => `${name.toLowerCase()} = "${key}"\n`,
    Makefile: ({ name }, key) => `${name} := ${key}\nall:\n\tnode app.js\n`,
    Python: ({ name }, key) => `import os\nos.environ["${name}"] = "${key}"\n`,
    'Python default': ({ name }, key) => `key = os.getenv("${name}", "${key}")\n`,
    'Python constant': ({ name }, key) => `${name}: str = '${key}'\n`,
    JavaScript: ({ name }, key) => `process.env.${name} = '${key}';\n`,
    'JavaScript default': ({ name }, key) => `const key = process.env.${name} ?? "${key}";\n`,
    'JavaScript camelCase': ({ name }, key) => `const ${camel(name)} = \`${key}\`;\n`,
    'TypeScript object': ({ name }, key) => `export const config = { ${camel(name)}: '${key}' } as const;\n`,
    Go: ({ name }, key) => `os.Setenv("${name}", "${key}")\n`,
    'Go constant': ({ name }, key) => `const ${camel(name)} = "${key}"\n`,
    Java: ({ name }, key) => `private static final String ${name} = "${key}";\n`,
    'C#': ({ name }, key) => `Environment.SetEnvironmentVariable("${name}", "${key}");\n`,
    Rust: ({ name }, key) => `const ${name}: &str = "${key}";\n`,
    Ruby: ({ name }, key) => `ENV['${name}'] ||= '${key}'\n`,
    PHP: ({ name }, key) => `putenv('${name}=${key}');\n`,
    Swift: ({ name }, key) => `let ${camel(name)}: String = "${key}"\n`,
    'command line': ({ name }, key) => `$ ${name}=${key} npm start\n`,
    comment: ({ name }, key) => `// TODO remove ${name}=${key}\n`,
    Markdown: ({ name }, key) => `Set \`${name}=${key}\` and restart.\n`,
    'log line': ({ name }, key) => `2026-11-20T10:00:00Z DEBUG env ${name}=${key} pid=7\n`,
    CSV: ({ name }, key) => `name,value\n${name},${key}\n`,
    diff: ({ name }, key) => `--- a/.env\n+++ b/.env\n@@ -1 +1 @@\n-${name}=\n+${name}=${key}\n`,
  }),
  ...table('host', {
    curl: ({ host }, key) => `curl https://${host ?? ''}/v1/models -H "Authorization: Bearer ${key}"\n`,
    'curl, key first': ({ host }, key) => `curl -H 'x-api-key: ${key}' https://${host ?? ''}/v1/chat\n`,
    'URL query': ({ host }, key) => `GET https://${host ?? ''}/v1/models?limit=1&key=${key}&alt=json\n`,
    fetch: ({ host }, key) =>
      `await fetch("https://${host ?? ''}/v1/chat", {\n  headers: { Authorization: "Bearer ${key}" },\n});\n`,
    'HTTP request': ({ host }, key) =>
      `POST /v1/chat HTTP/1.1\nHost: ${host ?? ''}\nAuthorization: Bearer ${key}\n\n{}\n`,
    'base URL beside it': ({ host }, key) => `base_url = "https://${host ?? ''}/v1"\napi_key = "${key}"\n`,
  }),
  ...table('nothing', {
    alone: (_type, key) => key,
    'a line of its own': (_type, key) => `first\n${key}\nlast\n`,
    CRLF: (_type, key) => `first\r\n${key}\r\nlast\r\n`,
    'a name that says nothing': (_type, key) => `const apiKey = "${key}";\n`,
    'a sentence': (_type, key) => `The new key is ${key}. Please do not share it.\n`,
    'a Markdown table': (_type, key) => `| prod | ${key} | 2026 |\n`,
    'a log line without a name': (_type, key) => `2026-11-20T10:00:00Z INFO using ${key} for project 7\n`,
    'a CSV cell': (_type, key) => `7,${key},2026-11-20\n`,
    'an XML text': (_type, key) => `<token>${key}</token>`,
    'URL userinfo': (_type, key) => `https://user:${key}@host.example/path\n`,
    'glued behind _': (_type, key) => `key_${key}\n`,
    'behind a colour': (_type, key) => `token \u001b[31m${key}\u001b[0m\n`,
    'behind \\n': (_type, key) => `"line one\\n${key}\\nline three"\n`,
    'behind %3D': (_type, key) => `next=%2Fv1%3Fkey%3D${key}%26limit%3D1\n`,
    'behind \\u003d': (_type, key) => `"key\\u003d${key}\\u000a"\n`,
    'in typographic quotes': (_type, key) => `the key “${key}” here\n`,
    'in Chinese text': (_type, key) => `密钥是${key}。\n`,
    'in emoji': (_type, key) => `🔑${key}🔑\n`,
    'in a minified line': (_type, key) => `${MINIFIED}var k="${key}";${MINIFIED}`,
  }),
];

const MINIFIED = 'function a(b){return b&&b.c?b.c("x-y",[1,2,3]):void 0};'.repeat(40);

function table(tells: Tells, places: Readonly<Record<string, Context['place']>>): readonly Context[] {
  return Object.entries(places).map(([name, place]) => ({ name, tells, place }));
}

/** `OPENAI_API_KEY` as `openai.api.key`. */
function dotted(name: string): string {
  return name.toLowerCase().replaceAll('_', '.');
}

/** `OPENAI_API_KEY` as `openaiApiKey`. */
function camel(name: string): string {
  return name.toLowerCase().replaceAll(/[_-](?<letter>[a-z])/gu, (_all, letter: string) => letter.toUpperCase());
}
