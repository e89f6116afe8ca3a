import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { policies, ruleset } from '#compiled/ruleset';
import { mayHoldHazards } from '../../../src/hazards/first-look.ts';
import { hazardSearch } from '../../../src/hazards/hazards.ts';
import type { Rule } from '../../../src/model/rule.ts';
import { parsePolicyFile } from '../../../src/ruleset/policy-file.ts';
import { fillTemplate } from '../../../src/ruleset/fill-template.ts';

const [first] = ruleset.rules;
if (first === undefined) throw new Error('no rules');

/** Names that rules of their own bring; what counts is that they come from rules. */
const MADE: readonly Rule[] = [
  { ...first, id: 'made-gemini', provider: 'Google', isSecret: true, risk: 'medium', severity: 'error', envVars: ['GEMINI_API_KEY', 'GOOGLE_API_KEY', 'API_KEY'] }, // prettier-ignore
  { ...first, id: 'made-public', isSecret: true, risk: 'low', severity: 'warning', envVars: ['MADE_PUBLISHABLE_KEY'] },
];
const search = hazardSearch(policies, [...ruleset.rules, ...MADE]);

/** What is found, as the rule (without what all have) and the text that is cut out. */
function found(text: string, path: string): readonly (readonly [string, string])[] {
  const hazards = search(text, path);
  expect(hazards.length === 0 || mayHoldHazards(text, path)).toBe(true);
  return hazards.map(({ rule, at }) => [rule.id.replace('exposure-', ''), text.slice(at.start, at.end)]);
}

describe('a variable that a bundler publishes', () => {
  it.each([
    ['src/a.ts', 'const k = process.env.NEXT_PUBLIC_OPENAI_API_KEY;', 'NEXT_PUBLIC_OPENAI_API_KEY'],
    ['src/a.ts', 'import.meta.env.VITE_ANTHROPIC_API_KEY', 'VITE_ANTHROPIC_API_KEY'],
    ['src/a.js', "process.env['REACT_APP_OPENAI_API_KEY']", 'REACT_APP_OPENAI_API_KEY'],
    ['src/a.ts', 'const { EXPO_PUBLIC_OPENAI_API_KEY: key } = process.env', 'EXPO_PUBLIC_OPENAI_API_KEY'],
    ['src/a.ts', 'env.PUBLIC_OPENAI_API_KEY', 'PUBLIC_OPENAI_API_KEY'],
    ['src/a.ts', 'process.env.GATSBY_GROQ_API_KEY ?? ""', 'GATSBY_GROQ_API_KEY'],
    ['vite-env.d.ts', 'interface Env {\n  readonly VITE_OPENAI_API_KEY: string\n}', 'VITE_OPENAI_API_KEY'],
    ['.env.example', 'PORT=1\nNEXT_PUBLIC_OPENAI_API_KEY=\n', 'NEXT_PUBLIC_OPENAI_API_KEY'],
    ['.env.production', 'VITE_MY_OPENAI_API_KEY=x', 'VITE_MY_OPENAI_API_KEY'],
    ['deploy.sh', 'export VITE_OPENAI_API_KEY_PROD=$X', 'VITE_OPENAI_API_KEY_PROD'],
    ['compose.yml', 'environment:\n  - VITE_OPENAI_API_KEY=${X}', 'VITE_OPENAI_API_KEY'],
    ['compose.yml', 'environment:\n  VITE_OPENAI_API_KEY: ${X}', 'VITE_OPENAI_API_KEY'],
    ['app.json', '{ "NEXT_PUBLIC_OPENAI_API_KEY": "x" }', 'NEXT_PUBLIC_OPENAI_API_KEY'],
    ['build.sh', 'echo "key: ${VITE_OPENAI_API_KEY}" > x', 'VITE_OPENAI_API_KEY'],
    [
      'src/a.ts',
      'if (!process.env.NEXT_PUBLIC_OPENAI_API_KEY) throw new Error("missing");',
      'NEXT_PUBLIC_OPENAI_API_KEY',
    ],
    [
      'src/a.ts',
      'if (process.env.NEXT_PUBLIC_OPENAI_API_KEY) {\n  run();\n  throw x;\n}',
      'NEXT_PUBLIC_OPENAI_API_KEY',
    ],
  ])('%s: %s', (path, text, name) => {
    expect(found(text, path)).toEqual([['public-variable', name]]);
  });

  it.each([
    ['src/a.ts', 'process.env.OPENAI_API_KEY'],
    ['src/a.ts', 'process.env.NEXT_PUBLIC_OPENAI_MODEL'],
    ['src/a.ts', 'process.env.NEXT_PUBLIC_SUPABASE_ANON_KEY + process.env.NEXT_PUBLIC_FIREBASE_API_KEY'],
    ['src/a.ts', 'process.env.NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY'],
    ['src/a.ts', 'process.env.NEXT_PUBLIC_LANGFUSE_PUBLIC_KEY'],
    ['src/a.ts', 'process.env.NEXT_PUBLIC_MADE_PUBLISHABLE_KEY'],
    ['src/a.ts', 'process.env.NEXT_PUBLIC_GOOGLE_API_KEY'],
    ['src/a.ts', 'process.env.NEXT_PUBLIC_API_KEY'],
    ['src/a.ts', '// never use process.env.NEXT_PUBLIC_OPENAI_API_KEY'],
    ['src/a.ts', 'throw new Error("Do not set NEXT_PUBLIC_OPENAI_API_KEY: it is published");'],
    ['src/a.ts', "log('NEXT_PUBLIC_OPENAI_API_KEY is missing')"],
    ['.env', '# VITE_OPENAI_API_KEY=x'],
    ['docs/setup.md', 'VITE_OPENAI_API_KEY=x'],
    ['README.rst', 'VITE_OPENAI_API_KEY=x'],
    ['src/a.test.ts', 'process.env.NEXT_PUBLIC_OPENAI_API_KEY'],
    ['test/a.ts', 'process.env.NEXT_PUBLIC_OPENAI_API_KEY'],
    ['src/__tests__/a.ts', 'process.env.NEXT_PUBLIC_OPENAI_API_KEY'],
    ['src/a.ts', 'if (process.env.NEXT_PUBLIC_OPENAI_API_KEY) throw new Error("It would be published");'],
    ['src/a.ts', 'if (process.env.NEXT_PUBLIC_OPENAI_API_KEY !== undefined) {\n  throw new Error("no");\n}'],
    ['src/a.js', "if (process.env['VITE_OPENAI_API_KEY'])\n  process.exit(1)"],
    ['a.py', 'if os.environ.get("VITE_OPENAI_API_KEY"):\n    raise SystemExit("no")'],
    ['src/a.ts', 'process.env.UNVITE_OPENAI_API_KEY'],
    ['src/a.ts', 'process.env.VITE_OPENAI_API_KEY_NAME'],
  ])('is none in %s: %s', (path, text) => {
    expect(found(text, path)).toEqual([]);
  });
});

describe('a client in a browser', () => {
  it.each([
    ['new OpenAI({ apiKey, dangerouslyAllowBrowser: true })', 'dangerouslyAllowBrowser: true'],
    ['{\n  "dangerouslyAllowBrowser": true\n}', 'dangerouslyAllowBrowser": true'],
    ['options.x = 1, dangerouslyAllowBrowser = true', 'dangerouslyAllowBrowser = true'],
    ['<Chat dangerouslyAllowBrowser={true} />', 'dangerouslyAllowBrowser={true'],
  ])('%j', (text, cut) => {
    expect(found(text, 'src/a.tsx')).toEqual([['browser-client', cut]]);
  });

  it.each([
    ['src/a.ts', 'new OpenAI({ dangerouslyAllowBrowser: false })'],
    ['src/a.ts', 'new OpenAI({ dangerouslyAllowBrowser: isBrowser })'],
    ['src/a.ts', '// new OpenAI({ dangerouslyAllowBrowser: true })'],
    ['src/a.ts', ' * new OpenAI({ dangerouslyAllowBrowser: true })'],
    ['src/a.ts', '"you can write\\n\\nnew OpenAI({ apiKey, dangerouslyAllowBrowser: true });\\n"'],
    ['src/client.ts', 'dangerouslyAllowBrowser = false,'],
    ['docs/a.md', 'new OpenAI({ dangerouslyAllowBrowser: true })'],
    ['src/a.spec.ts', 'new OpenAI({ dangerouslyAllowBrowser: true })'],
  ])('is none in %s: %j', (path, text) => {
    expect(found(text, path)).toEqual([]);
  });
});

describe('a key in a URL', () => {
  it.each([
    ['fetch(`https://x.example/v1?key=${GEMINI_API_KEY}`)', 'GEMINI_API_KEY'],
    ['fetch(`https://x.example/v1?a=1&api_key=${process.env.OPENAI_API_KEY}`)', 'OPENAI_API_KEY'],
    ['"https://x.example?key=" + process.env.GEMINI_API_KEY', 'GEMINI_API_KEY'],
    ['f"https://x.example?key={GEMINI_API_KEY}"', 'GEMINI_API_KEY'],
    ['f"https://x.example?key={os.environ[\'GEMINI_API_KEY\']}"', 'GEMINI_API_KEY'],
    ['f"https://x.example?key={os.getenv(\'GEMINI_API_KEY\')}"', 'GEMINI_API_KEY'],
    ['curl "https://x.example?key=$GEMINI_API_KEY"', 'GEMINI_API_KEY'],
    ['curl "https://x.example?key=${GEMINI_API_KEY}"', 'GEMINI_API_KEY'],
    ['"https://x.example?key=#{ENV[\'GEMINI_API_KEY\']}"', 'GEMINI_API_KEY'],
    ['`https://x.example?key=${this.config.geminiApiKey}`', 'geminiApiKey'],
    ['`https://x.example?key=${encodeURIComponent(process.env.GEMINI_API_KEY)}`', 'GEMINI_API_KEY'],
    ['uri: https://x.example?access_token=${{ secrets.GROQ_API_KEY }}', 'GROQ_API_KEY'],
  ])('%s', (text, name) => {
    expect(found(text, 'src/a.txt.ts')).toEqual([['key-in-url', name]]);
  });

  it.each([
    ['src/a.ts', 'fetch(`https://x.example/v1?key=${userKey}`)'],
    ['src/a.ts', 'fetch(`https://x.example/v1?page=${GEMINI_API_KEY_PAGE}`)'],
    ['src/a.ts', '`https://maps.example/api?key=${GOOGLE_API_KEY}`'],
    ['src/a.ts', '// `https://x.example/v1?key=${GEMINI_API_KEY}`'],
    ['src/a.tsx', '<Item key={GEMINI_API_KEY} />'],
    ['src/a.ts', 'headers: { "x-goog-api-key": process.env.GEMINI_API_KEY }'],
    ['docs/a.md', 'curl "https://x.example?key=$GEMINI_API_KEY"'],
    ['tests/a.ts', '`https://x.example/v1?key=${GEMINI_API_KEY}`'],
  ])('is none in %s: %s', (path, text) => {
    expect(found(text, path)).toEqual([]);
  });
});

describe('a key in an image', () => {
  it.each([
    ['Dockerfile', 'FROM node\nARG OPENAI_API_KEY\n', ['OPENAI_API_KEY']],
    ['docker/Dockerfile.prod', 'FROM node\nARG OPENAI_API_KEY=\n', ['OPENAI_API_KEY']],
    ['api.dockerfile', 'ENV OPENAI_API_KEY=$OPENAI_API_KEY', ['OPENAI_API_KEY']],
    ['Containerfile', 'env OPENAI_API_KEY ${X}', ['OPENAI_API_KEY']],
    [
      'Dockerfile',
      'ENV PORT=1 \\\n    OPENAI_API_KEY="${X}" \\\n    GROQ_API_KEY=$Y\n',
      ['OPENAI_API_KEY', 'GROQ_API_KEY'],
    ],
    ['Dockerfile', `ENV OPENAI_API_KEY={{alnum:30}}`, ['OPENAI_API_KEY']],
  ])('%s: %j', (path, template, names) => {
    const text = fillTemplate(template.replaceAll('${', '$\u0000'), 2).replaceAll('\u0000', '{');
    expect(found(text, path)).toEqual(names.map((name) => ['docker-variable', name]));
  });

  it.each([
    ['Dockerfile', 'ENV OPENAI_API_KEY='],
    ['Dockerfile', 'ENV OPENAI_API_KEY=""'],
    ['Dockerfile', 'ARG OPENAI_API_KEY=dummy'],
    ['Dockerfile', 'ENV OPENAI_API_KEY=your-openai-api-key-here'],
    ['Dockerfile', '# ARG OPENAI_API_KEY'],
    ['Dockerfile', 'ARG NODE_VERSION\nENV OPENAI_MODEL=x'],
    ['Dockerfile', 'RUN --mount=type=secret,id=OPENAI_API_KEY,env=OPENAI_API_KEY npm run build'],
    ['script.sh', 'ARG OPENAI_API_KEY'],
  ])('is none in %s: %s', (path, text) => {
    expect(found(text, path)).toEqual([]);
  });
});

describe('a key in the log of a build', () => {
  it.each([
    ['.github/workflows/ci.yml', '- run: echo $OPENAI_API_KEY', 'OPENAI_API_KEY'],
    ['.github/workflows/ci.yml', '- run: echo "key=${{ secrets.OPENAI_API_KEY }}"', 'OPENAI_API_KEY'],
    ['.github/workflows/ci.yml', "- run: echo '${{ secrets.OPENAI_API_KEY }}'", 'OPENAI_API_KEY'],
    ['.github/actions/x/action.yaml', '  run: printf "%s" "${OPENAI_API_KEY}" | base64', 'OPENAI_API_KEY'],
    ['.gitlab-ci.yml', '  - echo "${OPENAI_API_KEY:-none}"', 'OPENAI_API_KEY'],
    ['.gitlab-ci.yml', '  - printenv OPENAI_API_KEY', 'OPENAI_API_KEY'],
    ['Jenkinsfile', 'sh "echo $OPENAI_API_KEY"', 'OPENAI_API_KEY'],
    ['azure-pipelines.yml', '- script: echo $(OPENAI_API_KEY)', 'OPENAI_API_KEY'],
    ['.circleci/config.yml', 'command: echo $OPENAI_API_KEY >&2', 'OPENAI_API_KEY'],
    ['.github/workflows/a.yml', '- run: node -e "console.log(process.env.OPENAI_API_KEY)"', 'OPENAI_API_KEY'],
    ['.github/workflows/a.yml', '- run: Write-Host $env:OPENAI_API_KEY', 'OPENAI_API_KEY'],
    ['.github/workflows/a.yml', '- run: test -n "$X" && echo $OPENAI_API_KEY | tee log', 'OPENAI_API_KEY'],
  ])('%s: %s', (path, text, name) => {
    expect(found(text, path)).toEqual([['ci-log', name]]);
  });

  it.each([
    ['.github/workflows/ci.yml', '- run: echo "OPENAI_API_KEY is not set"'],
    ['.github/workflows/ci.yml', '- run: echo ${OPENAI_API_KEY:+set}'],
    ['.github/workflows/ci.yml', '- run: echo ${#OPENAI_API_KEY}'],
    ['.github/workflows/ci.yml', '- run: echo "::add-mask::$OPENAI_API_KEY"'],
    ['.github/workflows/ci.yml', '- run: echo "OPENAI_API_KEY=$OPENAI_API_KEY" >> "$GITHUB_ENV"'],
    ['.github/workflows/ci.yml', '- run: echo "OPENAI_API_KEY=${{ secrets.OPENAI_API_KEY }}" > .env'],
    ['.github/workflows/ci.yml', '- run: echo "$OPENAI_API_KEY" | gh secret set X'],
    ['.github/workflows/ci.yml', '- run: test -n "$OPENAI_API_KEY" && echo ok'],
    ['.github/workflows/ci.yml', "- run: echo 'set $OPENAI_API_KEY first'"],
    ['.github/workflows/ci.yml', '# - run: echo $OPENAI_API_KEY'],
    ['.github/workflows/ci.yml', '- run: echo $OPENAI_MODEL'],
    ['.github/workflows/ci.yml', 'env:\n  OPENAI_API_KEY: ${{ secrets.OPENAI_API_KEY }}'],
    ['scripts/show.sh', 'echo $OPENAI_API_KEY'],
    ['config/app.yml', 'cmd: echo $OPENAI_API_KEY'],
  ])('is none in %s: %s', (path, text) => {
    expect(found(text, path)).toEqual([]);
  });
});

describe('a key as a default of Terraform', () => {
  const value = fillTemplate('{{alnum:32}}', 4);

  it('is told with the name of its variable', () => {
    const text = `variable "region" {\n  default = "eu"\n}\nvariable "openai_api_key" {\n  type = string\n  validation {\n    condition = true\n  }\n  default = "${value}"\n}\n`;
    expect(found(text, 'infra/main.tf')).toEqual([['terraform-default', 'openai_api_key']]);
  });

  it.each([
    ['main.tf', 'variable "openai_api_key" {\n  default = ""\n}'],
    ['main.tf', 'variable "openai_api_key" {\n  sensitive = true\n}'],
    ['main.tf', 'variable "openai_api_key" {\n  default = null\n}'],
    ['main.tf', 'variable "openai_api_key" {\n  default = "your-api-key-here"\n}'],
    ['main.tf', `variable "openai_api_key" {\n}\nvariable "name" {\n  default = "${value}"\n}`],
    ['main.hcl', `variable "openai_api_key" {\n  default = "${value}"\n}`],
  ])('is none in %s: %j', (path, text) => {
    expect(found(text, path)).toEqual([]);
  });
});

describe('secrets in a .env file', () => {
  const value = fillTemplate('{{alnum:32}}', 6);

  it.each([
    ['.env', `NODE_ENV=production\nOPENAI_API_KEY=${value}\nOTHER_TOKEN=${value}\n`, 'OPENAI_API_KEY'],
    ['apps/web/.env.production', `DB_PASSWORD="${value}"`, 'DB_PASSWORD'],
    ['.envrc', `export JWT_SECRET='${value}'`, 'JWT_SECRET'],
  ])('%s', (path, text, name) => {
    expect(found(text, path)).toEqual([['tracked-env-file', name]]);
  });

  it.each([
    ['.env.example', `OPENAI_API_KEY=${value}`],
    ['.env.sample', `OPENAI_API_KEY=${value}`],
    ['.env.template', `OPENAI_API_KEY=${value}`],
    ['.env.dist', `OPENAI_API_KEY=${value}`],
    ['.env.vault', `DOTENV_VAULT_KEY=${value}`],
    ['.env', 'OPENAI_API_KEY=\nPORT=3000\nMAX_TOKENS=2000000000'],
    ['.env', 'OPENAI_API_KEY=your-api-key-here'],
    ['.env', 'OPENAI_API_KEY=${OPENAI_API_KEY_OF_CI}'],
    ['.env', `OPENAI_API_KEY="encrypted:${value}"`],
    ['.env', `OPENAI_API_KEY=ENC[AES256_GCM,data:${value}]`],
    ['.env', `OPENAI_API_KEY=op://vault/item/${value}`],
    ['.env', `\0GITCRYPT\0OPENAI_API_KEY=${value}`],
    ['.env', `$ANSIBLE_VAULT;1.1;AES256\nOPENAI_API_KEY=${value}`],
    ['.env', `BUILD=${value}`],
    ['.environment', `OPENAI_API_KEY=${value}`],
  ])('are none in %s: %j', (path, text) => {
    expect(found(text, path)).toEqual([]);
  });
});

describe('rules/policy', () => {
  const text = readFileSync(new URL('../../../rules/policy/exposure.json', import.meta.url), 'utf8');
  const entries = parsePolicyFile(text, 'exposure.json');

  it('has a kind for each of its rules but own-key, with a safe way to write it', () => {
    const told = entries.filter(({ id }) => id !== 'own-key');
    const hazards = policies.filter(({ id }) => id.startsWith('exposure-'));
    expect(told.map(({ id }) => id)).toEqual(hazards.map(({ id }) => id));
    expect(told.filter(({ summary, steps }) => summary === '' || steps.length < 2)).toEqual([]);
    expect(told.every(({ severity }) => severity === 'warning')).toBe(true);
    expect(told.flatMap(({ summary, steps }) => [summary, ...steps.map((step) => step.text)]).join(' ')).not.toMatch(
      /\{(?!name|file|base|rule)\w+\}/u,
    );
  });

  it('is refused with the place of its first fault', () => {
    expect(() => parsePolicyFile(text.replace('"risk": "medium"', '"risk": "medum"'), 'a.json')).toThrow(
      'a.json: rules[0].risk: "medum" is not a risk; did you mean "medium"?',
    );
    expect(() => parsePolicyFile(text.replace('"title"', '"titel"'), 'a.json')).toThrow('rules[0].titel');
  });
});
