import type { FalseAlarms, Recall, Tried } from './measure.ts';

/** The reviewed result as people read it, and as a change shows it line by line. */
export function resultText(recalls: readonly Recall[], alarms: readonly FalseAlarms[]): string {
  return `${[
    '# What is found, and what is reported falsely',
    '',
    'Made by `npm run corpus`; what it means stands in `README.md`.',
    '',
    ...totalLines(recalls, alarms),
    '',
    '| key type | places | writings | missed |',
    '|---|---|---|---|',
    ...recalls.map(recallLine),
    '',
    ...missedByPlace(recalls),
    '| clean files | files | false alarms |',
    '|---|---|---|',
    ...alarms.map(({ name, files, rules }) => `| ${name} | ${files} | ${counted(rules)} |`),
  ].join('\n')}\n`;
}

function totalLines(recalls: readonly Recall[], alarms: readonly FalseAlarms[]): readonly string[] {
  const specific = recalls.filter(({ needsContext }) => !needsContext);
  const others = recalls.filter(({ needsContext }) => needsContext);
  const files = alarms.reduce((sum, alarm) => sum + alarm.files, 0);
  const reported = alarms.reduce((sum, { rules }) => sum + rules.length, 0);
  return [
    `* ${specific.length} types with a shape of their own: ${share(specific)}`,
    `* ${others.length} types that need a name or a host: ${share(others)}`,
    `* ${files} clean files: ${reported} false alarms`,
  ];
}

function share(recalls: readonly Recall[]): string {
  const all = recalls.flatMap(({ contexts, writings }) => [contexts, writings]);
  const count = all.reduce((sum, tried) => sum + tried.count, 0);
  const missed = all.reduce((sum, tried) => sum + tried.missed.length, 0);
  const percent = count === 0 ? 100 : (100 * (count - missed)) / count;
  return `${count - missed} of ${count} keys found (${percent.toFixed(2)} %)`;
}

function recallLine({ id, contexts, writings }: Recall): string {
  const missed = [...contexts.missed, ...writings.missed];
  const named = missed.length > MOST_NAMED ? [...missed.slice(0, MOST_NAMED), '…'] : missed;
  return `| ${id} | ${fraction(contexts)} | ${fraction(writings)} | ${named.join('; ') || '–'} |`;
}

const MOST_NAMED = 6;

/** The same the other way round: a place that many types are missed in lacks a decoder, not a rule. */
function missedByPlace(recalls: readonly Recall[]): readonly string[] {
  const types = new Map<string, number>();
  for (const { contexts, writings } of recalls) {
    for (const place of [...contexts.missed, ...writings.missed]) types.set(place, (types.get(place) ?? 0) + 1);
  }
  if (types.size === 0) return [];
  const rows = [...types].map(([place, count]) => `| ${place} | ${count} |`);
  return ['| place or writing | types missed |', '|---|---|', ...rows, ''];
}

function fraction({ count, missed }: Tried): string {
  return `${count - missed.length}/${count}`;
}

function counted(rules: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const rule of rules) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return (
    [...counts]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([rule, count]) => `${count} × ${rule}`)
      .join(', ') || '0'
  );
}
