/** A key that was planted, and what of it may be shown in front of the `…`. */
export interface Planted {
  readonly key: string;
  readonly prefix: string;
}

/** So many characters in a row that are not all of the prefix are a leak. */
const RUN = 8;
/** With fewer of its random characters a run is a word that people write: `-admin-k`. */
const BEYOND = 3;

/**
 * What a text shows of planted keys beyond their redacted form: any 8 characters in a row that are not part of the fixed
 * prefix, and four characters behind a `…` that are not the last of a key. Also read with the colours taken out, and as
 * UTF-16. Empty for a text that keeps them.
 */
export function leaksIn(output: string | Uint8Array, planted: readonly Planted[]): readonly string[] {
  const bytes = Buffer.from(output);
  const readings = [bytes.toString('utf8'), bytes.toString('utf16le'), bytes.subarray(1).toString('utf16le')];
  const [shown = ''] = readings;
  const texts = [...readings, shown.replaceAll(/\x1b\[[0-9;]*m/gu, '')];
  return [...texts.flatMap((text) => runsIn(text, new Set(planted.flatMap(runsOf)))), ...strangeTails(shown, planted)];
}

/** OpenAI's marker is the same in every key, and known to everybody. */
function runsOf({ key, prefix }: Planted): readonly string[] {
  const runs: string[] = [];
  for (let end = Math.max(prefix.length + BEYOND, RUN); end <= key.length; end += 1)
    runs.push(key.slice(end - RUN, end));
  return runs.filter((run) => run !== MARKER);
}

function runsIn(text: string, runs: ReadonlySet<string>): readonly string[] {
  const found = new Set<string>();
  for (let end = RUN; end <= text.length; end += 1) {
    const run = text.slice(end - RUN, end);
    if (runs.has(run)) found.add(run);
  }
  return [...found];
}

const MARKER = ['T3Bl', 'bkFJ'].join('');

/** A part of a key that is taken for a whole one shows four characters from its middle. */
function strangeTails(text: string, planted: readonly Planted[]): readonly string[] {
  const tails = [...text.matchAll(/(?<before>[\w-]+[-_])…(?<tail>[A-Za-z0-9_+/=-]{4})/gu)];
  return tails.flatMap(({ groups }) => {
    const [before = '', tail = ''] = [groups?.['before'], groups?.['tail']];
    const isFromTheMiddle =
      planted.some(({ key, prefix }) => key.slice(prefix.length).includes(tail)) &&
      !planted.some(({ key }) => key.endsWith(tail));
    return isFromTheMiddle ? [`${before}…${tail}`] : [];
  });
}
