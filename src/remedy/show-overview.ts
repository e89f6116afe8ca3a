import type { GuidanceData, ProviderGuidance, Topic } from './guidance-data.ts';
import { wrap } from './layout.ts';
import { topicsOf } from './topics.ts';

/** One screen: what can be asked, and of whom. */
export function showOverview(guidance: GuidanceData, width: number): string {
  const { providers, common } = guidance;
  const [best, ...others] = providers.toSorted((a, b) => b.topics.length - a.topics.length);
  const slug = best?.slug ?? 'PROVIDER';
  const calls: (readonly [string, string])[] = [
    ['exposed', 'a key got out: what now'],
    [slug, 'the topics of one provider'],
    [`${slug} revoke`, 'one topic'],
    [`${slug} scenario chatbot`, 'which key for which job'],
  ];
  const rows: (readonly [string, readonly string[]])[] = [
    ['All keys', namesOf(common.topics)],
    ...(best === undefined ? [] : [[best.provider, namesOf(topicsOf(best, guidance))] as const]),
    ...(others[0] === undefined ? [] : [['The others', namesOf(topicsOf(others[0], guidance))] as const]),
    ['Providers', providers.map((one) => one.slug)],
  ];
  const lines = [
    'What keyguard knows about keys, and what to do with them.',
    '',
    ...calls.map(([words, what]) => `  ${`keyguard guide ${words}`.padEnd(40)}  ${what}`),
    '',
    ...rows.flatMap(([label, words]) => wrap(words.join(' '), width, label.padEnd(12), ' '.repeat(12))),
  ];
  return `${lines.join('\n')}\n`;
}

function namesOf(topics: readonly Topic[]): string[] {
  return topics.map(({ name }) => name);
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
