import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { topicsOf } from '../../../src/remedy/topics.ts';
import { fakeKey } from '../../helpers/keys.ts';
import { cleanEnv, tempDir } from '../../helpers/repo.ts';
import { guidance, providers } from './guidance.ts';

const KEY = fakeKey('openaiProject');

interface Call {
  readonly slug: string;
  readonly command: string;
  /** The variable that the key is read from. */
  readonly variable: string;
}

const CALLS: readonly Call[] = providers.flatMap((provider) => {
  const blocks = topicsOf(provider, guidance).find(({ name }) => name === 'test')?.blocks ?? [];
  return blocks.flatMap((block) => {
    if (block.kind !== 'command') return [];
    const variable = /process\.env\.(?<name>\w+)/u.exec(block.command)?.groups?.['name'] ?? '';
    return [{ slug: provider.slug, command: block.command, variable }];
  });
});

/** Types a test call into the shell of this machine, with a stand-in for the provider that wants the key in a header. */
function typed({ command, variable }: Call, status: number, body: string): string {
  const dir = tempDir();
  writeFileSync(join(dir, '.env'), `${variable}=${KEY}\n`);
  writeFileSync(
    join(dir, 'answer.mjs'),
    `globalThis.fetch = async (url, { headers }) => {
      const sent = Object.values(headers).some((value) => value.endsWith('${KEY}'));
      if (!url.startsWith('https://') || !sent) throw new Error('no key');
      return new Response(${JSON.stringify(body)}, { status: ${status} });
    };`,
  );
  const env = cleanEnv({ NODE_OPTIONS: '--import=./answer.mjs' });
  const done = spawnSync(command, { shell: true, cwd: dir, env, encoding: 'utf8' });
  expect(done.stderr).toBe('');
  return done.stdout.trim();
}

function callOf(slug: string, variable: string): Call {
  const found = CALLS.find((call) => call.slug === slug && call.variable === variable);
  if (found === undefined) throw new Error(`no call for ${variable}`);
  return found;
}

test.each(CALLS)('$slug: the call for $variable runs as it stands in a shell', (call) => {
  expect(typed(call, 200, '{"data":[]}')).toBe('200');
  // Nothing that a POSIX shell, cmd or PowerShell would read as anything else.
  expect(call.command).toMatch(/^node --env-file=\.env -e "[^"$`!%\\]+"$/u);
});

describe('an answer is told by its number and code, never by its message, which may repeat the key', () => {
  const refused = `{"error":{"code":"invalid_api_key","message":"Incorrect API key provided: ${KEY}"}}`;
  const restricted = '{"error":{"code":null,"message":"You have insufficient permissions. Missing scopes: x"}}';

  test.each([
    ['openai', 'OPENAI_API_KEY', 401, refused, '401 invalid_api_key'],
    ['openai', 'OPENAI_ADMIN_KEY', 401, refused, '401 invalid_api_key'],
    ['openai', 'OPENAI_API_KEY', 403, restricted, '403  Missing scopes'],
    ['openai', 'OPENAI_API_KEY', 429, '{"error":{"code":"insufficient_quota"}}', '429 insufficient_quota'],
    ['anthropic', 'ANTHROPIC_API_KEY', 401, '{"error":{"type":"authentication_error"}}', '401 authentication_error'],
    ['groq', 'GROQ_API_KEY', 401, refused, '401 invalid_api_key'],
    ['groq', 'GROQ_API_KEY', 502, '<html>', '502'],
    ['elevenlabs', 'ELEVENLABS_API_KEY', 401, '{"detail":{"status":"missing_permissions"}}', '401 missing_permissions'],
  ] as const)('%s, %s: %d', (slug, variable, status, body, line) => {
    expect(typed(callOf(slug, variable), status, body)).toBe(line);
  });
});
