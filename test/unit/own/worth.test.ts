import { describe, expect, it } from 'vitest';
import { isSecretName } from '../../../src/own/names.ts';
import { isWorthFinding, partsOf } from '../../../src/own/worth.ts';
import { fillTemplate } from '../../../src/ruleset/fill-template.ts';

function textsOf(name: string, template: string): readonly string[] {
  return partsOf(name, fillTemplate(template, 5))
    .filter(isWorthFinding)
    .map(({ text }) => text);
}

describe('a value that is worth finding', () => {
  it.each([
    ['OPENAI_API_KEY', '{{alnum:40}}'],
    ['INTERNAL', '{{alnum:24}}'],
    ['DB_PASS', '{{alnum:14}}'],
    ['SESSION_SECRET', '{{hex:32}}'],
    ['HEROKU_API_KEY', '{{uuid}}'],
    ['SIGNING_KEY', '{{base64:44}}'],
    ['apiToken', '{{base64url:20}}'],
  ])('%s = %s', (name, template) => {
    expect(textsOf(name, template)).toEqual([fillTemplate(template, 5)]);
  });

  it.each([
    ['too short', 'API_KEY', '{{alnum:11}}'],
    ['too short without the name of a secret', 'THING', '{{alnum:15}}'],
    ['a switch', 'USE_KEY', 'true'],
    ['a number', 'LIMIT_KEY', '12345678901234567890'],
    ['words', 'APP_SECRET', 'the-secret-of-my-application'],
    ['a placeholder', 'OPENAI_API_KEY', 'your-openai-api-key-here'],
    ['repeated', 'API_KEY', 'xxxxxxxxxxxxxxxxxxxxxxxx'],
    ['a sequence', 'API_KEY', 'abcdefghijklmnopqrstuvwxyz123456'],
    ['a URL without a password', 'API_URL', 'https://api.example.com/v1/{{alnum:6}}'],
    ['a URL with a common password', 'DATABASE_URL', 'postgres://postgres:postgres@localhost:5432/app'],
    ['a path', 'KEY_FILE', '/home/me/projects/app/keys/server-2024.pem'],
    ['a host', 'REDIS_HOST', 'cache-01.internal.example.com:6379'],
    ['a model', 'DEFAULT_LLM', 'claude-sonnet-4-20250514'],
    ['another model', 'DEFAULT_LLM', 'accounts/fireworks/models/llama-v3p1-70b-instruct'],
    ['a list', 'ALLOWED', 'http://a.example.com,http://b.example.com'],
    ['a sum', 'RELEASE', '{{hex:40}}'],
    ['a UUID that is no key', 'TENANT', '{{uuid}}'],
    ['an address', 'CONTRACT', '0x{{hex:40}}'],
    ['made to be seen', 'NEXT_PUBLIC_POSTHOG', '{{alnum:40}}'],
    ['an identifier', 'GOOGLE_CLIENT_ID', '{{alnum:40}}'],
    ['a publishable key', 'STRIPE_PUBLISHABLE_KEY', '{{alnum:40}}'],
  ])('is not one that is %s', (_why, name, template) => {
    expect(textsOf(name, template)).toEqual([]);
  });

  it('of a URL is what opens it', () => {
    const password = fillTemplate('{{alnum:20}}', 8);
    expect(textsOf('DATABASE_URL', `postgres://app:${password}@db.example.com/app`)).toEqual([password]);
    expect(textsOf('HOOK', `https://example.com/hook?id=1&token=${password}`)).toEqual([password]);
  });

  it('of several lines is the longest', () => {
    const line = fillTemplate('{{base64:64}}', 3);
    expect(textsOf('PRIVATE_KEY', `-----BEGIN SOMETHING-----\n${line}\nshort\n`)).toEqual([line]);
  });
});

describe('the name of a secret', () => {
  it.each(['OPENAI_API_KEY', 'GH_PAT', 'DB_PASS', 'JWT_SECRET', 'sessionSecret', 'API_KEY_PROD', 'TOKEN_2'])(
    '%s',
    (name) => {
      expect(isSecretName(name)).toBe(true);
    },
  );

  it.each(['MAX_TOKENS', 'SORT_KEY', 'API_KEY_ID', 'NEXT_PUBLIC_API_KEY', 'KEYBOARD', 'PORT', 'NODE_ENV'])(
    'not %s',
    (name) => {
      expect(isSecretName(name)).toBe(false);
    },
  );
});
