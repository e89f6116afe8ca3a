import type { Soundness } from './soundness.ts';

/** The first part of a bot token is base64 of the id of its bot, a number: https://docs.discord.com/developers/reference#snowflakes */
export function snowflake(text: string): Soundness {
  const id = Buffer.from(text.slice(0, text.indexOf('.')), 'base64url').toString('latin1');
  if (!/^[1-9][0-9]{15,19}$/u.test(id)) return { kind: 'wrong' };
  return { kind: 'sound', seen: true, evidence: [{ kind: 'id', text: 'a bot' }] };
}
