import { fillTemplate, randomFrom } from '../../src/ruleset/fill-template.ts';

/** A file that holds no key and much that looks like one. The same seed gives the same file. */
export interface CleanKind {
  readonly name: string;
  readonly make: (seed: number) => string;
}

export const CLEAN: readonly CleanKind[] = [
  lines('package-lock.json', [
    '      "resolved": "https://registry.example/{{lower:9}}/-/{{lower:9}}-1.2.3.tgz",',
    '      "integrity": "sha512-{{base64:86}}==",',
    '      "node_modules/{{lower:7}}/node_modules/@{{lower:5}}/{{lower:8}}": {',
  ]),
  lines('yarn.lock', [
    '{{lower:8}}@^1.2.3:',
    '  resolved "https://registry.example/{{lower:8}}.tgz#{{hex:40}}"',
    '  checksum: 10/{{hex:128}}',
  ]),
  lines('go.sum', [
    'github.com/{{lower:6}}/{{lower:7}} v1.2.3 h1:{{base64:43}}=',
    'github.com/{{lower:6}}/{{lower:7}} v1.2.3/go.mod h1:{{base64:43}}=',
  ]),
  lines('Cargo.lock', ['name = "{{lower:8}}"', 'checksum = "{{hex:64}}"']),
  lines('requirements with hashes', ['{{lower:7}}==1.2.3 \\', '    --hash=sha256:{{hex:64}} \\']),
  lines('poetry.lock', ['    {file = "{{lower:8}}-1.0-py3-none-any.whl", hash = "sha256:{{hex:64}}"},']),
  lines('a git log', [
    'commit {{hex:40}}',
    'index {{hex:7}}..{{hex:7}} 100644',
    'uses: actions/checkout@{{hex:40}} # v4',
  ]),
  lines('UUIDs', ['  "id": "{{uuid}}",', '  session: {{uuid}}', "INSERT INTO t VALUES ('{{uuid}}', 1);"]),
  lines('hashes by name', [
    'sha256={{hex:64}}',
    'md5: {{hex:32}}',
    'etag: "{{hex:32}}"',
    'x-amz-request-id: {{HEX:16}}',
    'digest: sha256:{{hex:64}}',
    'commit_sha = "{{hex:40}}"',
  ]),
  lines('integrity attributes', [
    '<script src="a.js" integrity="sha384-{{base64:64}}" crossorigin="anonymous"></script>',
    "style-src 'sha256-{{base64:43}}='",
  ]),
  lines('base64 images', [
    'background: url(data:image/png;base64,iVBORw0KGgo{{base64:900}}=);',
    '<img src="data:image/webp;base64,UklGR{{base64:600}}">',
  ]),
  lines('a source map', [
    '{"version":3,"sources":["src/a.ts"],"names":[],"mappings":"AAAA,SAASA,EAAE;{{base64:400}},GAAG"}',
  ]),
  lines('a minified bundle', [
    '!function(e,t){"object"==typeof exports?module.exports=t():e.{{alpha:6}}=t()}(this,function(){return e.{{alnum:3}}.{{alpha:5}}(t,"{{lower:8}}-{{lower:6}}")});',
  ]),
  lines('CSS', [
    '.sk-folding-cube .sk-cube{{digits:1}} { transform: scale(1.1) }',
    '.task-list-item-{{lower:9}}__container--is-{{lower:8}} { color: #{{hex:6}} }',
    '.mask-radial-from-transparent-to-{{lower:6}} { mask: none }',
  ]),
  lines('tailwind', [
    '<div class="sk-circle-fade-dot risk-score-{{lower:6}} data-[state=open]:animate-{{lower:5}} w-[{{digits:3}}px]">',
  ]),
  lines('slugs and hosts', [
    'https://blog.example/{{lower:6}}/task-management-for-remote-{{lower:8}}-teams-2026',
    'app-{{lower:6}}-{{lower:7}}.eu-west-1.example.com',
    'ak-{{lower:8}}.cluster.local',
  ]),
  lines('models', [
    'model: "gpt-5.4-{{lower:4}}-2026-11-01"',
    'deepseek-ai/DeepSeek-R1-Distill-{{alpha:5}}-32B',
    'mistral-large-2411',
    'claude-opus-4-5-20251101',
    'command-r-plus-08-2024',
  ]),
  lines('masked keys', [
    'key sk-proj-********************************{{alnum:4}}',
    'OPENAI_API_KEY=sk-...{{alnum:4}}',
    '"redacted_value": "sk-abc...xyz"',
    'sk-ant-api03-••••••••{{alnum:4}}',
    'ghp_****************************{{alnum:4}}',
  ]),
  lines('placeholders', [
    'OPENAI_API_KEY=sk-your-key-here',
    'ANTHROPIC_API_KEY=<your-anthropic-key>',
    'MISTRAL_API_KEY=${MISTRAL_API_KEY}',
    'COHERE_API_KEY=your_cohere_api_key_goes_here_please',
    'HF_TOKEN=hf_{{}}xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    'GROQ_API_KEY={{{}}{ secrets.GROQ }{{}}}',
    'GOOGLE_API_KEY=AIza...',
    'AWS_SECRET_ACCESS_KEY=changeme',
    'DATABASE_URL=postgres://user:password@localhost:5432/app',
  ]),
  lines('reading the environment', [
    'const key = process.env.OPENAI_API_KEY;',
    'api_key=os.environ["MISTRAL_API_KEY"]',
    'key := os.Getenv("COHERE_API_KEY")',
    'env: { TOGETHER_API_KEY: ${{{}}{ secrets.TOGETHER_API_KEY }{{}}} }',
    'apiKey: System.getenv("DEEPGRAM_API_KEY")',
  ]),
  lines('identifiers', [
    'org-{{alnum:24}}',
    'proj_{{alnum:24}}',
    'request id req_{{hex:32}}',
    'x-request-id: {{uuid}}',
    'assistant_id="asst_{{alnum:24}}"',
    'chatcmpl-{{alnum:29}}',
    'call_{{alnum:24}}',
    'toolu_{{alnum:24}}',
    'msg_{{alnum:24}}',
    'file-{{alnum:22}}',
    'AKIA is how access key ids begin',
  ]),
  lines('public keys', [
    'NEXT_PUBLIC_STRIPE_KEY=pk_{{}}test_{{alnum:24}}',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5{{base64:48}} me@example',
    '-----BEGIN PUBLIC KEY-----\nMIIB{{base64:60}}\n{{base64:64}}\n-----END PUBLIC KEY-----',
    '-----BEGIN CERTIFICATE-----\nMIID{{base64:60}}\n{{base64:64}}\n{{base64:64}}\n-----END CERTIFICATE-----',
  ]),
  lines('concatenated words', [
    'const text = "Please make sure that your " + "settings are " + "right: " + name;',
    "const url = 'https://host.example/' + 'v1/' + 'models';",
    'x = ("first part of a sentence "\n     "second part of it")',
    "<div className={'sk-cube ' + 'sk-cube-grid'}>",
  ]),
  lines('escapes', [
    '"\\u0048\\u0065\\u006c\\u006c\\u006f, w\\u00f6rld"',
    'b"\\x89PNG\\r\\n\\x1a\\n\\x{{hex:2}}\\x{{hex:2}}\\x{{hex:2}}"',
    '&#72;&#101;&#108;&#108;&#111; &amp;#45; &nbsp;',
    '%48%65%6C%6C%6F%20%77%6F%72%6C%64',
    'caf=C3=A9 au lait, soft=\nbreak',
  ]),
  lines('hex dumps', [
    '00000010  {{hex:2}} {{hex:2}} {{hex:2}} {{hex:2}} {{hex:2}} {{hex:2}} {{hex:2}} {{hex:2}}  |........|',
    'static const u8 k[] = { 0x{{hex:2}}, 0x{{hex:2}}, 0x{{hex:2}}, 0x{{hex:2}} };',
    'color: #{{hex:6}}; fill: #{{hex:8}}',
    '0x{{hex:40}}',
    '0x{{hex:64}}',
  ]),
  lines('prose about providers', [
    'Mistral released Codestral {{hex:32}} as build id of the week.',
    'Cohere commit {{hex:40}} fixes the tokenizer.',
    'See the Deepgram changelog, revision {{hex:40}}.',
    'Together with {{lower:40}} it works.',
    'Azure OpenAI deployment {{uuid}} was moved.',
  ]),
  lines('camelCase identifiers', [
    'mistralConversationCompletionStreamHandler',
    'class MistralAIEmbeddingsIntegrationTests',
    'cohereRerankEndpointRequestValidator: createCohereRerankEndpoint',
    'export const togetherAiChatLanguageModelOptions = {};',
  ]),
  lines('pnpm-lock.yaml', [
    "  '@{{lower:6}}/{{lower:8}}@1.2.3':",
    '    resolution: {integrity: sha512-{{base64:86}}==}',
    "    engines: {node: '>=18'}",
  ]),
  lines('composer.lock', [
    '            "reference": "{{hex:40}}",',
    '            "url": "https://api.example/repos/{{lower:8}}/zipball/{{hex:40}}",',
    '            "shasum": "{{hex:40}}"',
    '    "content-hash": "{{hex:32}}",',
  ]),
  lines('Gemfile.lock', [
    '    {{lower:8}} (1.2.3)',
    '  revision: {{hex:40}}',
    '  {{lower:8}} (1.2.3) sha256={{hex:64}}',
  ]),
  lines('packages.lock.json', ['        "contentHash": "{{base64:86}}==",', '        "resolved": "1.2.3",']),
  lines('.terraform.lock.hcl', ['    "h1:{{base64:43}}=",', '    "zh:{{hex:64}}",']),
  lines('container digests', [
    'FROM registry.example/{{lower:6}}:1.2@sha256:{{hex:64}}',
    'image: registry.example/{{lower:6}}@sha256:{{hex:64}}',
    '{"digest":"sha256:{{hex:64}}","size":{{digits:7}}}',
  ]),
  lines('public PGP keys', [
    '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQINB{{base64:59}}\n{{base64:64}}\n{{base64:64}}\n={{base64:4}}\n-----END PGP PUBLIC KEY BLOCK-----',
    '-----BEGIN PGP SIGNATURE-----\n\niQIz{{base64:60}}\n{{base64:64}}\n={{base64:4}}\n-----END PGP SIGNATURE-----',
  ]),
  lines('node ids', [
    '{"id":"MDQ6VXNlcj{{alnum:10}}=","node_id":"R_kgDO{{base64url:8}}"}',
    'after: "Y3Vyc29yOnYyOp{{base64:30}}=="',
  ]),
  lines('classes of styles', [
    '.css-{{lower:6}}-{{alnum:8}} { }',
    'className="sc-{{alnum:6}} {{alpha:6}}"',
    '._{{alnum:7}}_{{digits:2}} { }',
  ]),
  lines('a tokenizer', [
    '      "{{lower:5}}": {{digits:5}},',
    '      "\u0120{{alpha:7}}": {{digits:5}},',
    '      "{{lower:3}} {{lower:2}}",',
    '["{{lower:4}}", "{{lower:3}}"],',
  ]),
  lines('embeddings', ['[-0.{{digits:8}}, 0.{{digits:8}}, -0.{{digits:9}}, 0.0{{digits:8}}],']),
  lines('a changelog', [
    '* fix the {{lower:8}} ([{{hex:7}}](https://git.example/a/b/commit/{{hex:40}}))',
    '- Updated dependencies [{{hex:7}}]:',
    '- {{hex:8}}: Thanks! The OpenAI and Mistral keys are read from the environment.',
  ]),
  lines('test vectors', [
    '  { in: "{{hex:64}}", out: "{{hex:64}}" },',
    'const WANT = "{{base64:88}}";',
    'assert_eq!(hash(b"abc"), "{{hex:40}}");',
  ]),
  lines('translations', [
    '  "api_key_label": "Your OpenAI API key",',
    '  "secret_hint": "Der Schlüssel beginnt mit sk- und hat {{digits:2}} Zeichen",',
  ]),
  lines('a notebook with pictures', [
    '      "image/png": "iVBORw0KGgo{{base64:800}}\\n",',
    '      "text/plain": ["<Figure size 640x480 with 1 Axes>"]',
  ]),
  lines('lists of names', [
    'const EVENTS = ["mouseDown", "mouseUp{{digits:1}}", "{{lower:8}}{{digits:2}}", "onChange"].join("");',
    "x = ''.join(['{{lower:6}}', '_{{lower:5}}', '{{digits:4}}', '-v2'])",
    'path.join("src", "{{lower:6}}{{digits:2}}", "index.ts")',
  ]),
  lines('calls beside names', [
    'JWT_SECRET = load("projects/{{digits:12}}/secrets/jwt-{{lower:6}}")',
    'PORTKEY_API_KEY: z.string().min(1).describe("key of the gateway"),',
    'the JWT_SECRET is required-and-must-not-be-shorter-than-32-characters',
    'WEAVIATE_API_KEY = config("WEAVIATE_API_KEY", default="")',
  ]),
  lines('SVG paths', [
    '<path d="M{{digits:2}}.{{digits:3}},{{digits:2}}c-{{digits:1}}.{{digits:2}}-{{digits:2}},{{digits:3}}l{{digits:2}}z"/>',
  ]),
];

/** Forty lines of these kinds, in a random order. */
function lines(name: string, templates: readonly string[]): CleanKind {
  return {
    name,
    make: (seed) => {
      const random = randomFrom(seed);
      const pick = (): string => templates[Math.floor(random() * templates.length)] ?? '';
      return Array.from({ length: 40 }, (_, i) => `${fillTemplate(pick(), seed * 100 + i)}\n`).join('');
    },
  };
}
