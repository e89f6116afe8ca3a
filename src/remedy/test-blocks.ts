import type { KeyTypeGuidance, TopicBlock, Verification } from './guidance-data.ts';

/** Where a fact comes from, without the fact. */
export type Origin = Pick<TopicBlock, 'source' | 'asOf'>;

/** For each key type the call that tries it, what its answers mean, and for which types no call is known. */
export function testBlocks(types: readonly KeyTypeGuidance[], origin: Origin): TopicBlock[] {
  const without = types.filter(({ verification }) => verification === null).map(({ title }) => title);
  const known = types.flatMap((type) =>
    type.verification === null ? [] : callBlocks(type, type.verification, origin),
  );
  if (known.length === 0 || without.length === 0) return known;
  const text = `keyguard knows no call that costs nothing for: ${without.join(', ')}.`;
  return [...known, { kind: 'text', text, ...origin }];
}

function callBlocks(type: KeyTypeGuidance, verification: Verification, origin: Origin): TopicBlock[] {
  const { method, url, header, note } = verification;
  const text = `${type.title}: ${method} ${url} with the header "${header}" costs nothing. ${note ?? ''}`.trimEnd();
  const command = commandFor(type, verification);
  return [
    { kind: 'text', text, ...origin },
    ...(command === null ? [] : [{ kind: 'command', command, ...origin } as const]),
    { kind: 'table', columns: ['answer', 'meaning'], rows: meanings(verification), ...origin },
  ];
}

function meanings({ live, liveRestricted, dead, unknown }: Verification): string[][] {
  const rows = (answers: readonly string[], meaning: string): string[][] => answers.map((one) => [one, meaning]);
  return [
    ...rows(live, 'live'),
    ...rows(liveRestricted, 'live but restricted'),
    ...rows(dead, 'dead'),
    ...rows(unknown, 'unknown'),
  ];
}

/**
 * The call as one line that every shell takes as it stands. It prints the number and the code of the answer, never its
 * message, which may repeat the key. null where the header needs more than the key.
 */
function commandFor({ envVars }: KeyTypeGuidance, { method, url, header }: Verification): string | null {
  const [name = '', value = ''] = header.split(': ');
  if (method !== 'GET' || !value.endsWith('{key}')) return null;
  const before = value.slice(0, -'{key}'.length);
  const key = `${before === '' ? '' : `'${before}'+`}process.env.${envVars[0] ?? 'API_KEY'}`;
  const told = 'const b=(await r.json().catch(()=>null))??{},e=b.error??b.detail??b;';
  const printed = "console.log(r.status,e.code??e.status??e.type??'')";
  return `node --env-file=.env -e "fetch('${url}',{headers:{'${name}':${key}}}).then(async r=>{${told}${printed}})"`;
}
