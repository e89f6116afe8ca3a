import { generateKeyPairSync } from 'node:crypto';
import { fillTemplate, randomFrom } from '../../src/ruleset/fill-template.ts';

/** A secret that stands beside AI keys and that its own text identifies: a name, the rule that must find it, a maker. */
export const NEIGHBOURS: readonly (readonly [form: string, ruleId: string, make: (seed: number) => string])[] = [
  ['GitHub classic', 'github-pat-classic', (seed) => withChecksum('ghp_', seed)],
  ['GitHub classic, mistyped', 'github-pat-classic', filled('ghp_{{alnum:36}}')],
  ['GitHub fine-grained', 'github-pat-fine-grained', filled('github_pat_{{alnum:22}}_{{alnum:59}}')],
  ['GitHub OAuth', 'github-oauth-token', (seed) => withChecksum('gho_', seed)],
  ['GitHub user to server', 'github-user-to-server-token', (seed) => withChecksum('ghu_', seed)],
  ['GitHub installation', 'github-server-token', (seed) => withChecksum('ghs_', seed)],
  [
    'GitHub installation, long',
    'github-server-token',
    filled('ghs_{{digits:6}}_eyJ{{base64url:30}}.eyJ{{base64url:90}}.{{base64url:86}}'),
  ],
  ['GitHub refresh', 'github-refresh-token', filled('ghr_{{alnum:76}}')],
  ['npm', 'npm-access-token', (seed) => withChecksum('npm_', seed)],
  ['GitLab', 'gitlab-access-token', filled('glpat-{{base64url:20}}')],
  ['GitLab routable', 'gitlab-access-token', filled('glpat-{{base64url:40}}.01.{{loweralnum:9}}')],
  ['GitLab deploy', 'gitlab-deploy-token', filled('gldt-{{alnum:20}}')],
  ['GitLab runner', 'gitlab-runner-token', filled('glrt-{{alnum:20}}')],
  ['GitLab runner, routable', 'gitlab-runner-token', filled('glrt-t1_{{alnum:40}}.01.{{loweralnum:9}}')],
  ['GitLab job', 'gitlab-job-token', filled('glcbt-64_{{alnum:20}}')],
  ['GitLab trigger', 'gitlab-trigger-token', filled('glptt-{{hex:40}}')],
  ['GitLab agent', 'gitlab-agent-token', filled('glagent-{{alnum:50}}')],
  ['PyPI', 'pypi-api-token', filled('pypi-{{}}AgEIcHlwaS5vcmc{{base64url:150}}')],
  ['TestPyPI', 'pypi-api-token', filled('pypi-{{}}AgENdGVzdC5weXBpLm9yZw{{base64url:130}}')],
  ['Slack bot', 'slack-bot-token', filled('xoxb-{{digits:12}}-{{digits:13}}-{{alnum:24}}')],
  ['Slack user', 'slack-user-token', filled('xoxp-{{digits:12}}-{{digits:12}}-{{digits:13}}-{{hex:32}}')],
  ['Slack app', 'slack-app-token', filled('xapp-1-A0{{upper:9}}-{{digits:13}}-{{hex:64}}')],
  ['Slack webhook', 'slack-webhook-url', filled('hooks.slack.com/services/T0{{upper:9}}/B0{{upper:9}}/{{alnum:24}}')],
  ['SendGrid', 'sendgrid-api-key', filled('SG.{{base64url:22}}.{{base64url:43}}')],
  ['Twilio', 'twilio-api-key', filled('SK{{hex:32}}')],
  ['Discord bot', 'discord-bot-token', discordToken],
  ['Discord webhook', 'discord-webhook-url', filled('discord.com/api/webhooks/{{digits:18}}/{{alnum:68}}')],
  ['Telegram', 'telegram-bot-token', filled('12{{digits:8}}:AA{{alnum:33}}')],
  ['Google OAuth client', 'gcp-oauth-client-secret', filled('GOCSPX-{{alnum:28}}')],
  ['Azure client secret', 'azure-client-secret', filled('{{alnum:3}}8Q~{{alnum:34}}')],
  ['AWS session', 'aws-session-token', filled('IQoJ{{}}b3JpZ2luX2Vj{{alnum:600}}')],
  [
    'Supabase service_role',
    'supabase-service-role-key',
    (seed) => jwt({ iss: 'supabase', role: 'service_role' }, seed),
  ],
  ['Supabase secret', 'supabase-secret-key', filled('sb_secret_{{alnum:22}}_{{alnum:8}}')],
];

export function filled(template: string): (seed: number) => string {
  return (seed) => fillTemplate(template, seed);
}

/** As GitHub and npm make them; written down a second time, on purpose. */
export function withChecksum(prefix: string, seed: number): string {
  const body = fillTemplate('{{alnum:30}}', seed);
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  const table = Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    return value >>> 0;
  });
  let crc = 0xffffffff;
  for (const byte of Buffer.from(body)) crc = (table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  let rest = BigInt((crc ^ 0xffffffff) >>> 0);
  let sum = '';
  for (let i = 0; i < 6; i += 1) {
    sum = digits.charAt(Number(rest % 62n)) + sum;
    rest /= 62n;
  }
  return prefix + body + sum;
}

export function discordToken(seed: number): string {
  const random = randomFrom(seed);
  const id = String(BigInt(10 ** 17) + BigInt(Math.floor(random() * 8e17)));
  const [stamp, tail] = [fillTemplate('G{{alnum:5}}', seed), fillTemplate('{{alnum:38}}', seed + 1)];
  return `${Buffer.from(id).toString('base64url')}.${stamp}.${tail}`;
}

export function jwt(claims: object, seed: number): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const ref = fillTemplate('{{lower:20}}', seed);
  const payload = { ...claims, ref, iat: 1_700_000_000, exp: 2_015_576_000 };
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}.${fillTemplate('{{alnum:43}}', seed)}`;
}

/** Private keys as OpenSSL makes them, without the last line feed. */
export function privateKeys(): readonly (readonly [kind: string, pem: string])[] {
  const publicKeyEncoding = { type: 'spki', format: 'pem' } as const;
  const privateKeyEncoding = { type: 'pkcs8', format: 'pem' } as const;
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding, privateKeyEncoding }).privateKey;
  const pkcs1 = generateKeyPairSync('rsa', {
    modulusLength: 4096,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding,
  }).privateKey;
  const sec1 = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'sec1', format: 'pem' },
    publicKeyEncoding,
  }).privateKey;
  const ed25519 = generateKeyPairSync('ed25519', { publicKeyEncoding, privateKeyEncoding }).privateKey;
  return [
    ['RSA of 2048 bits', rsa.trimEnd()],
    ['RSA of 4096 bits, PKCS#1', pkcs1.trimEnd()],
    ['an elliptic curve, SEC 1', sec1.trimEnd()],
    ['Ed25519', ed25519.trimEnd()],
  ];
}

export function encryptedKeys(): readonly string[] {
  const locked = { cipher: 'aes-256-cbc', passphrase: 'pass' };
  return (['pkcs8', 'pkcs1'] as const).map(
    (type) =>
      generateKeyPairSync('rsa', {
        modulusLength: 1024,
        privateKeyEncoding: { type, format: 'pem', ...locked },
        publicKeyEncoding: { type: 'spki', format: 'pem' },
      }).privateKey,
  );
}
