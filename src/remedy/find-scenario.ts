import { KeyguardError } from '../errors.ts';
import { nearest } from '../config/suggest.ts';
import type { Topic, TopicBlock } from './guidance-data.ts';

type Table = Extract<TopicBlock, { kind: 'table' }>;

/**
 * The topic with only those scenarios that share most words with `name`, and the notes of the topic. Throws
 * `KeyguardError` (`usage`) when no scenario has any of the words, naming the nearest one.
 */
export function findScenario(name: string, topic: Topic, slug: string): Topic {
  const asked = new Set(wordsOf(name));
  const tables = topic.blocks.filter((block) => block.kind === 'table');
  const rows = tables.flatMap((table) => table.rows);
  const shared = (row: readonly string[]): number => wordsOf(row[0] ?? '').filter((word) => asked.has(word)).length;
  const most = Math.max(0, ...rows.map(shared));
  if (most === 0) throw unknownScenario(name, rows, slug);
  const narrow = (table: Table): Table => ({ ...table, rows: table.rows.filter((row) => shared(row) === most) });
  return { ...topic, blocks: topic.blocks.map((block) => (block.kind === 'table' ? narrow(block) : block)) };
}

/** "third-party" is found as a whole and by each of its parts. */
function wordsOf(name: string): string[] {
  const whole = name.toLowerCase().split(/[^a-z0-9-]+/u);
  return [...new Set(whole.flatMap((word) => [word, ...word.split('-')]))].filter((word) => word !== '');
}

/** Quotes what was typed as it was typed: the sink would not know a key that was changed on the way. */
function unknownScenario(typed: string, rows: readonly (readonly string[])[], slug: string): KeyguardError {
  const names = rows.map(([name = '']) => name);
  const known = names.flatMap(wordsOf);
  const near =
    wordsOf(typed)
      .map((word) => nearest(word, known))
      .find((word) => word !== null) ?? null;
  const meant = near === null ? undefined : names.find((name) => wordsOf(name).includes(near));
  const hint =
    meant === undefined
      ? `"keyguard guide ${slug} scenarios" lists them.`
      : `did you mean "${meant}"? "keyguard guide ${slug} scenario ${near}" tells it.`;
  return new KeyguardError('usage', `The guide has no scenario "${typed}"; ${hint}`);
}
