import { describe, expect, it } from 'vitest';
import { judge } from '../../src/judge/judge.ts';
import type { DropReason } from '../../src/model/verdict.ts';
import type { View } from '../../src/model/view.ts';
import { fillTemplate } from '../../src/ruleset/fill-template.ts';
import { readFragment } from '../../src/read-fragment.ts';
import { viewsOf } from '../../src/decode/views.ts';
import { oneWindow } from '../../src/sources/windows.ts';
import { fakeKey } from '../helpers/keys.ts';
import { bytesOf, fragmentOf, scanner } from './detect.ts';

const KEY = fakeKey('openaiProject');
const PREFIX = KEY.slice(0, 3);
const LINE = `key = "${KEY}"\n${PREFIX.repeat(3000)}\n`;

function viewOf(text: string): View {
  const [view] = viewsOf(oneWindow(bytesOf(text)));
  if (view === undefined) throw new RangeError('no view');
  return view;
}

describe('a file full of beginnings of keys', () => {
  const text = LINE.repeat(12);

  it('gives every key, and counts what is none as if it were judged at once', async () => {
    const { detections, drops } = await readFragment(fragmentOf(text), scanner);
    expect(detections.map(({ offset }) => offset)).toEqual(Array.from({ length: 12 }, (_, i) => i * LINE.length + 7));
    const counted = new Map<DropReason, number>();
    for (const { verdict } of judge(scanner.matcher.findMatches(viewOf(text))))
      if (verdict.kind === 'drop') counted.set(verdict.reason, (counted.get(verdict.reason) ?? 0) + 1);
    expect(drops).toEqual(counted);
  });

  it('is judged in slices', () => {
    const view = viewOf(text);
    const all = scanner.matcher.findMatches(view).length;
    const slices = scanner.matcher.slicesOf(view, 1500).map(({ findMatches }) => findMatches().length);
    expect(all).toBeGreaterThan(100_000);
    expect(Math.max(...slices)).toBeLessThan(20_000);
  });

  it('lets signals and timers through', async () => {
    let turns = 0;
    let isDone = false;
    const count = (): void => {
      turns += 1;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    await readFragment(fragmentOf(text), scanner);
    isDone = true;
    expect(turns).toBeGreaterThanOrEqual(5);
  });
});

describe('a line of keys without end', () => {
  it('is judged, though each overlaps the next', () => {
    const unit = fillTemplate('sk-proj-{{base64url:74}}T3{{}}BlbkFJ', 5);
    const judged = judge(scanner.matcher.findMatches(viewOf(unit.repeat(6000))));
    const reported = judged.filter(({ verdict }) => verdict.kind !== 'drop').map(({ match }) => match.at);
    expect(reported.length).toBeGreaterThan(2000);
    expect(reported.slice(1).every(({ start }, i) => start >= (reported[i]?.end ?? 0))).toBe(true);
  });

  it('is one finding for each key in UTF-16, though both byte orders read all of it', async () => {
    const text = Buffer.from(fillTemplate('sk-{{alnum:20}}T3{{}}BlbkFJ{{alnum:20}}', 5).repeat(400), 'utf16le');
    const { detections } = await readFragment(fragmentOf(text), scanner);
    expect(detections.map(({ offset }) => offset)).toEqual(Array.from({ length: 400 }, (_, i) => i * 102));
  });

  it('is left at the most that is wanted', async () => {
    const text = `key = "${KEY}"\n`.repeat(500);
    expect((await readFragment(fragmentOf(text), scanner)).detections).toHaveLength(500);
    expect((await readFragment(fragmentOf(text), scanner, 10)).detections).toHaveLength(11);
  });
});
