import { describe, expect, it } from 'vitest';
import { fillTemplate } from '../../src/ruleset/fill-template.ts';
import { detectIn, foundIn } from './detect.ts';
import { encryptedKeys, jwt, NEIGHBOURS, privateKeys, withChecksum } from './neighbours.ts';
import { SURROUNDINGS } from './surroundings.ts';

describe.each(NEIGHBOURS)('%s', (_form, ruleId, make) => {
  it('is found once and byte for byte, wherever it stands', async () => {
    const missed: unknown[] = [];
    for (const [name, before, after] of SURROUNDINGS) {
      // Base64 goes on with these: nobody can tell where it ends.
      if (ruleId === 'aws-session-token' && /^[/+=]/u.test(after)) continue;
      const secret = make(1);
      const found = await foundIn(before + secret + after);
      if (JSON.stringify(found) !== JSON.stringify([[ruleId, secret]])) missed.push([name, found.map(([id]) => id)]);
    }
    expect(missed).toEqual([]);
  });

  it('is found whatever chance makes of it', async () => {
    const secrets = Array.from({ length: 300 }, (_, seed) => make(seed));
    const found = await foundIn(secrets.map((secret) => `KEY="${secret}"\n`).join(''));
    expect(found).toEqual(secrets.map((secret) => [ruleId, secret]));
  });
});

describe('a token with a checksum', () => {
  it.each(['ghp_', 'gho_', 'ghu_', 'ghs_', 'npm_'])('%s: is believed more where it fits', async (prefix) => {
    const token = withChecksum(prefix, 7);
    const last = token.endsWith('a') ? 'b' : 'a';
    const confidences = (await detectIn(`${token}\n${token.slice(0, -1)}${last}\n`)).map(
      ({ finding }) => finding.confidence,
    );
    expect(confidences).toEqual(['high', 'medium']);
  });
});

/** What only its surroundings tell: `<<` and `>>` stand around the secret. */
const TOLD_BESIDE: readonly (readonly [name: string, ruleId: string, text: string])[] = [
  [
    'a dotenv file',
    'aws-secret-access-key',
    'AWS_ACCESS_KEY_ID=AKIA{{upper:16}}\nAWS_SECRET_ACCESS_KEY=<<{{base64:40}}>>\n',
  ],
  ['YAML', 'aws-secret-access-key', 'aws:\n  secret_access_key: "<<{{base64:40}}>>"\n'],
  ['JSON', 'aws-secret-access-key', '{"Credentials":{"SecretAccessKey":"<<{{base64:40}}>>"}}'],
  ['Terraform', 'aws-access-key-pair', 'access = "AKIA{{upper:16}}"\n  private = "<<{{base64:40}}>>"\n'],
  [
    'a CSV file of the console',
    'aws-access-key-pair',
    'Access key ID,Secret\r\nAKIA{{upper:16}},<<{{base64:40}}>>\r\n',
  ],
  ['an s3 address', 'aws-access-key-pair', 's3://AKIA{{upper:16}}:<<{{alnum:40}}>>@bucket/x'],
  [
    'a connection string',
    'azure-storage-account-key',
    'AccountName=a;AccountKey=<<{{base64:86}}==>>;EndpointSuffix=core.windows.net',
  ],
  ['XML', 'azure-storage-account-key', '<add value="AccountName=a;AccountKey=<<{{base64:86}}==>>;"/>'],
  ['a bus', 'azure-shared-access-key', 'Endpoint=sb://a/;SharedAccessKeyName=b;SharedAccessKey=<<{{base64:43}}=>>'],
  [
    'a signature',
    'azure-sas-signature',
    'https://a.blob.core.windows.net/b?sv=2022-11-02&sr=b&sig=<<{{alnum:43}}%3D>>&se=x',
  ],
  ['.npmrc', 'npm-registry-token', '//registry.npmjs.org/:_authToken=<<{{uuid}}>>\n'],
  ['Python', 'twilio-account-pair', "Client('AC{{hex:32}}', '<<{{hex:32}}>>')"],
  ['a variable', 'twilio-auth-token', 'export TWILIO_AUTH_TOKEN="<<{{hex:32}}>>"\n'],
  ['a variable', 'jwt-signing-secret', 'JWT_SECRET=<<{{base64:43}}=>>\n'],
  ['YAML', 'jwt-signing-secret', 'jwtSecret: <<{{hex:64}}>>\n'],
];

it.each(TOLD_BESIDE)('in %s: %s', async (_name, ruleId, template) => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const [before = '', secret = '', after = ''] = fillTemplate(template, seed).split(/<<|>>/u);
    expect(await foundIn(before + secret + after)).toEqual([[ruleId, secret]]);
  }
});

describe('a private key', () => {
  const keys = privateKeys();
  const ways: readonly (readonly [name: string, write: (pem: string) => string])[] = [
    ['a file of its own', (pem) => pem],
    ['Windows lines', (pem) => pem.replaceAll('\n', '\r\n')],
    ['JSON', (pem) => pem.replaceAll('\n', '\\n')],
    ['JSON in a string', (pem) => pem.replaceAll('\n', '\\\\n')],
    ['YAML, indented', (pem) => pem.replaceAll('\n', '\n      ')],
    ['pieces of code', (pem) => pem.replaceAll('\n', '\\n" +\n  "')],
    ['one line', (pem) => pem.replaceAll('\n', ' ')],
    ['a quoted mail', (pem) => pem.replaceAll('\n', '\n> ')],
  ];

  it.each(ways)('is found whole in %s', async (_name, write) => {
    for (const [kind, pem] of keys) {
      const written = write(pem);
      expect([kind, await foundIn(`first\nkey = "${written}"\nlast\n`)]).toEqual([
        kind,
        [['pem-private-key', written]],
      ]);
    }
  });

  it.each(['', '"', '\\n', '_', '\u001b[31m'])('is found behind %j', async (before) => {
    for (const [kind, pem] of keys)
      expect([kind, await foundIn(before + pem)]).toEqual([kind, [['pem-private-key', pem]]]);
  });

  it('is believed when it is whole', async () => {
    for (const [, pem] of keys) expect((await detectIn(pem))[0]?.finding.confidence).toBe('high');
  });

  it('of a service account is one', async () => {
    for (const [, pem] of keys.filter(([, text]) => text.startsWith('-----BEGIN PRIVATE'))) {
      const escaped = pem.replaceAll('\n', '\\n');
      const file = {
        type: 'service_account',
        project_id: 'demo',
        private_key: `${pem}\n`,
        client_email: 'a@b.example',
      };
      for (const text of [JSON.stringify(file), JSON.stringify(file, null, 2)]) {
        expect(await foundIn(text)).toEqual([['gcp-service-account-key', escaped]]);
      }
      expect(await foundIn(JSON.stringify(JSON.stringify(file)))).toEqual([
        ['gcp-service-account-key', pem.replaceAll('\n', '\\\\n')],
      ]);
    }
  });

  it('longer than a finding may be is found by its beginning', async () => {
    const pem = `-----BEGIN PRIVATE KEY-----\n${fillTemplate('{{base64:9000}}', 1)}\n-----END PRIVATE KEY-----`;
    const found = await foundIn(`${pem}\n`);
    expect(found.map(([ruleId]) => ruleId)).toEqual(['pem-private-key']);
    for (const [, secret] of found) expect(pem.startsWith(secret) && secret.length > 4000).toBe(true);
  });

  it.each(encryptedKeys().map((pem) => [pem.slice(0, 37), pem]))('that is locked is silent: %s', async (_mark, pem) => {
    expect(await foundIn(pem)).toEqual([]);
  });

  it('of which only some lines are there is silent', async () => {
    const [, pem = ''] = keys[0] ?? [];
    const lines = pem.split('\n');
    expect(await foundIn([...lines.slice(0, 3), ...lines.slice(-1)].join('\n'))).toEqual([]);
    expect(await foundIn([...lines.slice(0, 3), '...', ...lines.slice(-1)].join('\n'))).toEqual([]);
    expect(await foundIn(lines.slice(0, 3).join('\n'))).toEqual([]);
  });
});

describe('a password in the address of a database', () => {
  it.each([
    'postgres://app:<<{{alnum:16}}>>@db.acme.io:5432/prod',
    'postgresql+asyncpg://app:<<{{alnum:20}}>>@10.2.3.4/prod',
    'mysql://root:<<hunter{{digits:3}}Zq>>@sql.acme.io/shop?ssl=true',
    'mongodb+srv://app:<<{{alnum:18}}>>@cluster0.{{lower:6}}.mongodb.net/?retryWrites=true',
    'redis://:<<{{hex:32}}>>@cache.acme.io:6379/0',
    'rediss://default:<<{{alnum:24}}>>@[2001:db8::7]:6379',
    'amqps://worker:<<{{alnum:22}}>>@mq.acme.io/vhost',
    'mssql+pyodbc://sa:<<{{alnum:10}}%21{{alnum:6}}>>@sql.acme.io/crm',
    'postgres://app:<<{{alnum:10}}@{{alnum:9}}>>@db.acme.io/prod',
    'postgres://app:<<{{alnum:20}}>>@localhost:5432/prod',
  ])('%s', async (template) => {
    for (const [name, before, after] of SURROUNDINGS.filter(([way]) => !/megabyte|userinfo/u.test(way))) {
      const [head = '', secret = '', tail = ''] = fillTemplate(template, 3).split(/<<|>>/u);
      const found = await foundIn(`${before}${head}${secret}${tail}${after}`);
      expect([name, found]).toEqual([name, [['database-url-password', secret]]]);
    }
  });

  it.each([
    'postgres://postgres:postgres@localhost:5432/app',
    'postgres://postgres:postgres@db.acme.io/app',
    'postgres://user:password@db.acme.io/app',
    'postgresql://user:pass@host:5432/dbname',
    'mysql://root:secret@127.0.0.1/app',
    'mysql://root:my-secret-pw@mysql/app',
    'mongodb://admin:admin123@mongo:27017',
    'mongodb+srv://<username>:<password>@cluster0.abcde.mongodb.net/',
    'mongodb+srv://user:${MONGO_PASSWORD}@cluster0.abcde.mongodb.net/',
    'postgres://app:$DB_PASS@db.acme.io/app',
    'postgres://app:{{ password }}@db.acme.io/app'.replace('{{ ', '{{').replace(' }}', '}}'),
    'postgres://app:%(password)s@db.acme.io/app',
    'postgres://app:DB_PASSWORD@db.acme.io/app',
    'postgres://app:[YOUR-PASSWORD]@db.acme.io/app',
    'postgres://app:****@db.acme.io/app',
    'postgres://app:xxxxxxxx@db.acme.io/app',
    'postgres://app:changeme@db.acme.io/app',
    'redis://localhost:6379',
    'redis://:redis@cache:6379',
    'amqp://guest:guest@rabbit.acme.io:5672',
    'postgres://app:dbpassword1@localhost/app',
  ])('is silent: %s', async (url) => {
    expect(await foundIn(`DATABASE_URL=${url}\n`)).toEqual([]);
  });
});

describe('what is public or opens nothing is silent', () => {
  const example = ['EXAMPLE', 'KEY'].join('');
  it.each([
    ['an access key id', 'AWS_ACCESS_KEY_ID=AKIA{{upper:16}}\n'],
    ['the example of the documentation', `AWS_SECRET_ACCESS_KEY={{base64:30}}${example}\n`],
    ['a hash where a secret key would stand', 'AWS_SECRET_ACCESS_KEY={{hex:40}}\n'],
    ['40 characters without a name', 'etag: "{{base64:40}}"\n'],
    ['the key of the storage emulator', 'AccountKey=Eby8{{}}vdM02x{{base64:76}}==;'],
    ['an account of Twilio', 'TWILIO_ACCOUNT_SID=AC{{hex:32}}\n'],
    ['a webhook of the documentation', `https://hooks.slack.com/services/T00000000/B00000000/${'X'.repeat(24)}\n`],
    ['a token of x', `GITHUB_TOKEN=ghp_${'x'.repeat(36)}\n`],
    ['a variable', '//registry.npmjs.org/:_authToken=${NPM_TOKEN}\n'],
    ['a signing secret made of words', 'JWT_SECRET=this-is-a-very-long-secret-for-local-development\n'],
    ['a signing secret in camel case', 'JWT_SECRET=mySuperSecretKeyForLocalDevelopment2024\n'],
    ['a service account without a key', '{ "type": "service_account", "private_key_id": "{{hex:40}}" }\n'],
    ['a public key', '-----BEGIN PUBLIC KEY-----\n{{base64:64}}\n{{base64:64}}\n-----END PUBLIC KEY-----\n'],
    ['a certificate', '-----BEGIN CERTIFICATE-----\n{{base64:64}}\n{{base64:64}}\n-----END CERTIFICATE-----\n'],
    ['a code that looks for keys', "if (text.includes('-----BEGIN PRIVATE KEY-----')) return;\n"],
  ])('%s', async (_name, template) => {
    for (let seed = 1; seed <= 50; seed += 1) expect(await foundIn(fillTemplate(template, seed))).toEqual([]);
  });

  it.each([
    ['anon', 'supabase'],
    ['service_role', 'supabase-demo'],
    ['service_role', 'another'],
  ])('a JWT with the role %s of %s', async (role, iss) => {
    for (let seed = 1; seed <= 20; seed += 1) expect(await foundIn(`KEY=${jwt({ iss, role }, seed)}\n`)).toEqual([]);
  });
});
