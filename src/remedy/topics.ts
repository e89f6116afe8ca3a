import { deriveTopics } from './derive-topics.ts';
import type { GuidanceData, ProviderGuidance, Topic, TopicBlock } from './guidance-data.ts';

/**
 * Everything that is known of a provider's keys: what its guide says, what follows from its rule file, and what holds
 * for every provider, joined where they speak of the same topic.
 */
export function topicsOf(provider: ProviderGuidance, guidance: GuidanceData): Topic[] {
  const topics = new Map<string, Topic>();
  for (const topic of [
    ...provider.topics,
    ...deriveTopics(provider, guidance.common.asOf),
    ...guidance.common.topics,
  ]) {
    const known = topics.get(topic.name);
    topics.set(topic.name, known === undefined ? topic : { ...known, blocks: joined(known.blocks, topic.blocks) });
  }
  return [...topics.values()];
}

/** What a provider adds comes first; mere notes follow what they are notes to. */
function joined(known: readonly TopicBlock[], more: readonly TopicBlock[]): TopicBlock[] {
  return known.every(({ kind }) => kind === 'today') ? [...more, ...known] : [...known, ...more];
}

/** Whether `keyguard guide` tells of it. Rules that take what no provider claims have no page, and nothing to tell. */
export function isKnown({ consoleUrl, docsUrl }: ProviderGuidance): boolean {
  return consoleUrl !== null || docsUrl !== null;
}
