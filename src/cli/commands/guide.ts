import { KeyguardError } from '../../errors.ts';
import { nearest } from '../../config/suggest.ts';
import { findScenario } from '../../remedy/find-scenario.ts';
import type { GuidanceData, ProviderGuidance, Topic } from '../../remedy/guidance-data.ts';
import { showOverview, showProvider } from '../../remedy/show-overview.ts';
import { showTopic } from '../../remedy/show-topic.ts';
import { isKnown, topicsOf } from '../../remedy/topics.ts';

/**
 * What `keyguard guide ARGS` prints: an overview, the topics of a provider, one topic, or one scenario. Throws
 * `KeyguardError` (`usage`) for a word that names none of them, with the nearest that does.
 */
export function guideText(args: readonly string[], all: GuidanceData, width: number): string {
  const guidance = { ...all, providers: all.providers.filter(isKnown) };
  const [first, second, ...rest] = args;
  if (first === undefined) return showOverview(guidance, width);
  const provider = providerNamed(first, guidance);
  if (provider === null) {
    const topic = topicNamed(first, guidance.common.topics);
    if (topic === null) throw unknownWord(first, guidance);
    refuseMore(second === undefined ? [] : [second, ...rest], first);
    return showTopic(topic.title, topic, width);
  }
  const topics = topicsOf(provider, guidance);
  if (second === undefined) return showProvider(provider, topics, width);
  const topic = topicNamed(second, topics);
  if (topic === null) throw unknownTopic(second, provider, topics, guidance);
  const shown =
    topic.name === 'scenarios' && rest.length > 0 ? findScenario(rest.join(' '), topic, provider.slug) : topic;
  if (topic.name !== 'scenarios') refuseMore(rest, `${first} ${second}`);
  return showTopic(`${provider.provider}: ${shown.title}`, shown, width);
}

/** By the name of its file, or by a word of its own name that no other provider has. */
function providerNamed(typed: string, { providers }: GuidanceData): ProviderGuidance | null {
  const word = typed.toLowerCase();
  const bySlug = providers.find(({ slug }) => slug === word);
  const byName = providers.filter(({ provider }) =>
    provider
      .toLowerCase()
      .split(/[^a-z0-9.]+/u)
      .includes(word),
  );
  return bySlug ?? (byName.length === 1 ? (byName[0] ?? null) : null);
}

function topicNamed(typed: string, topics: readonly Topic[]): Topic | null {
  return topics.find(({ name }) => name === asTopic(typed)) ?? null;
}

/** `scenario NAME` reads better than `scenarios NAME`; both are one topic. */
function asTopic(typed: string): string {
  const word = typed.toLowerCase();
  return word === 'scenario' ? 'scenarios' : word;
}

// Messages quote what was typed as it was typed: the sink would not know a key that was changed on the way.

function refuseMore(words: readonly string[], after: string): void {
  const [extra] = words;
  if (extra === undefined) return;
  throw new KeyguardError('usage', `"${extra}" is one word too many: keyguard guide ${after}`);
}

function unknownWord(word: string, { providers, common }: GuidanceData): KeyguardError {
  const names = [...providers.map(({ slug }) => slug), ...common.topics.map(({ name }) => name)];
  // Somebody who forgets the provider most often means the one with a guide of its own.
  const owner = providers.find(({ topics }) => topics.some(({ name }) => name === asTopic(word)));
  const near = owner === undefined ? nearest(word, names) : `${owner.slug} ${word}`;
  const hint = near === null ? '"keyguard guide" lists them.' : `did you mean "keyguard guide ${near}"?`;
  return new KeyguardError('usage', `The guide knows no provider or topic "${word}"; ${hint}`);
}

function unknownTopic(
  word: string,
  { provider, slug }: ProviderGuidance,
  topics: readonly Topic[],
  guidance: GuidanceData,
): KeyguardError {
  const names = topics.map(({ name }) => name);
  const owner = guidance.providers.find((one) => one.topics.some(({ name }) => name === asTopic(word)));
  const near = nearest(word, names);
  const elsewhere =
    owner === undefined ? null : `"keyguard guide ${owner.slug} ${word}" tells it for ${owner.provider}.`;
  const hint = elsewhere ?? (near === null ? `there are ${names.join(', ')}.` : `did you mean "${slug} ${near}"?`);
  return new KeyguardError('usage', `The guide has no topic "${word}" for ${provider}; ${hint}`);
}
