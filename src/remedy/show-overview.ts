import type { GuidanceData, ProviderGuidance, Topic } from './guidance-data.ts';
import { wrap } from './layout.ts';
import { topicsOf } from './topics.ts';

/** One screen: what can be asked, and of whom. */
export function showOverview(guidance: GuidanceData, width: number): string {
  const { providers, common } = guidance;
  const [best] = providers.toSorted((a, b) => b.topics.length - a.topics.length);
  const own = best === undefined ? [] : topicsOf(best, guidance).map(({ name }) => name);
  const other = providers.find((one) => one !== best);
  const shared = other === undefined ? [] : topicsOf(other, guidance).map(({ name }) => name);
  const lines = [
    'What keyguard knows about keys, and what to do with them.',
    '',
    'A key got out?  keyguard guide exposed',
    '',
    ...wrap('keyguard guide PROVIDER lists its topics, keyguard guide PROVIDER TOPIC shows one.', width),
    '',
    ...(best === undefined ? [] : named(`Topics of ${best.slug}:`, own, width)),
    ...named('Topics of every other provider:', shared, width),
    ...named(
      'Topics for all keys:',
      common.topics.map(({ name }) => name),
      width,
    ),
    ...named(
      'Providers:',
      providers.map(({ slug }) => slug),
      width,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function named(heading: string, words: readonly string[], width: number): string[] {
  return words.length === 0 ? [] : [heading, ...wrap(words.join(' '), width, '  ')];
}

/** The topics of one provider, each with what it is about. */
export function showProvider(provider: ProviderGuidance, topics: readonly Topic[], width: number): string {
  const widest = Math.max(...topics.map(({ name }) => name.length));
  const gap = ' '.repeat(widest + 4);
  const lines = topics.flatMap(({ name, title }) => wrap(title, width, `  ${name.padEnd(widest)}  `, gap));
  const scenario = topics.some(({ name }) => name === 'scenarios')
    ? [`keyguard guide ${provider.slug} scenario WORD shows one scenario.`]
    : [];
  const heading = wrap(`What keyguard knows about keys of ${provider.provider}:`, width);
  const end = [`keyguard guide ${provider.slug} TOPIC shows one topic.`, ...scenario];
  return `${[...heading, '', ...lines, '', ...end.flatMap((line) => wrap(line, width))].join('\n')}\n`;
}
