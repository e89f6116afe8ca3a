import { type Origin, testBlocks } from './test-blocks.ts';
import type { KeyTypeGuidance, ProviderGuidance, Topic, TopicBlock } from './guidance-data.ts';

/**
 * The topics that follow from a rule file: what its key types open and how each is revoked, and, where no guide says
 * more, that keyguard does not know and where to look.
 */
export function deriveTopics(provider: ProviderGuidance, asOf: string): Topic[] {
  const origin: Origin = { source: provider.docsUrl ?? provider.consoleUrl ?? 'the rules of keyguard', asOf };
  const written = new Set(provider.topics.map((topic) => topic.name));
  const fallbacks = [
    create(provider, origin),
    store(provider, origin),
    test(provider, origin),
    limits(provider, origin),
  ].filter((topic) => !written.has(topic.name));
  return [...fallbacks, types(provider, origin), revoke(provider, origin)];
}

function create(provider: ProviderGuidance, origin: Origin): Topic {
  const advice = [...new Set(provider.keyTypes.flatMap((type) => type.revocation.replace))];
  return {
    name: 'create',
    title: 'Make a key',
    blocks: [
      unknown(`how a key of ${provider.provider} is made, step by step`, provider, origin),
      ...(advice.length === 0 ? [] : [list(advice, origin)]),
    ],
  };
}

function store(provider: ProviderGuidance, origin: Origin): Topic {
  const names = [...new Set(provider.keyTypes.flatMap((type) => type.envVars))];
  const text =
    names.length === 0
      ? `keyguard does not know which environment variable the programs of ${provider.provider} read.`
      : `Programs look for the key in the environment: ${names.join(', ')}.`;
  return { name: 'store', title: 'Where a key belongs', blocks: [sentence(text, origin)] };
}

function test(provider: ProviderGuidance, origin: Origin): Topic {
  const known = testBlocks(provider.keyTypes, origin);
  const what = `a call that tries a key of ${provider.provider} and costs nothing`;
  const blocks = known.length === 0 ? [unknown(what, provider, origin)] : known;
  return { name: 'test', title: 'Try a key without showing it', blocks };
}

function limits(provider: ProviderGuidance, origin: Origin): Topic {
  const what = `how ${provider.provider} limits what a key can spend`;
  return { name: 'limits', title: 'Keep the costs in hand', blocks: [unknown(what, provider, origin)] };
}

function types(provider: ProviderGuidance, origin: Origin): Topic {
  const blocks = provider.keyTypes.map((type): TopicBlock => {
    const names = type.envVars.length === 0 ? '' : ` Usually in ${type.envVars.join(', ')}.`;
    return sentence(`${type.title}: ${type.opens}.${names} ${type.notes.join(' ')}`.trimEnd(), origin);
  });
  return {
    name: 'types',
    title: 'Which keys there are, and what they open',
    blocks: blocks.length === 0 ? [unknown(`the kinds of keys of ${provider.provider}`, provider, origin)] : blocks,
  };
}

function revoke(provider: ProviderGuidance, origin: Origin): Topic {
  const blocks = provider.keyTypes.map((type) => revokeOne(type, provider, origin));
  return { name: 'revoke', title: 'Make a key worthless, and get a new one', blocks };
}

const REVOKERS = {
  holder: 'the person whose key it is',
  member: 'a member of its project or workspace',
  owner: 'only an owner of the organization',
} as const;

/** A record of its own for each type: more columns than any table shows side by side. */
function revokeOne(type: KeyTypeGuidance, provider: ProviderGuidance, origin: Origin): TopicBlock {
  const { url, who, always, revocable, steps, replace, afterLeak, usageUrl } = type.revocation;
  const fields: readonly (readonly [string, string])[] = [
    ['who can', revocable === false ? 'nobody needs to' : REVOKERS[who]],
    ['where', whereOf(type, provider)],
    ['when', always ? 'in any case, even if it was only staged' : ''],
    ['how', steps.join(' ')],
    ['a new one', replace.join(' ')],
    ['after a leak', afterLeak.join(' ')],
    ['its use', usageUrl ?? ''],
  ];
  const told = fields.filter(([, text]) => text !== '');
  return {
    kind: 'table',
    columns: ['key type', ...told.map(([name]) => name)],
    rows: [[type.title, ...told.map(([, text]) => text)]],
    source: url ?? origin.source,
    asOf: origin.asOf,
  };
}

function whereOf({ revocation }: KeyTypeGuidance, provider: ProviderGuidance): string {
  if (revocation.url === null) return lookFor(provider);
  return revocation.evidence === 'sourced'
    ? revocation.url
    : `${revocation.url} (no page of the provider confirms this: look before you trust it)`;
}

function unknown(what: string, provider: ProviderGuidance, origin: Origin): TopicBlock {
  return sentence(`keyguard does not know ${what}. ${lookFor(provider)}`, origin);
}

function lookFor({ provider, consoleUrl, docsUrl }: ProviderGuidance): string {
  const pages = [
    ...(consoleUrl === null ? [] : [`the console: ${consoleUrl}`]),
    ...(docsUrl === null ? [] : [`the documentation: ${docsUrl}`]),
  ];
  return pages.length === 0 ? `Ask ${provider}.` : `Look in ${pages.join(' or in ')}`;
}

function sentence(text: string, origin: Origin): TopicBlock {
  return { kind: 'text', text, ...origin };
}

function list(steps: readonly string[], origin: Origin): TopicBlock {
  return { kind: 'list', steps, ...origin };
}
