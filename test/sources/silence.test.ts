import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchSilence } from '../../src/sources/git/silence.ts';

describe('watchSilence', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('calls once when an answer stays out for the whole time', () => {
    const onSilence = vi.fn<() => void>();
    const watch = watchSilence(1000, onSilence);
    void watch.during(new Promise(() => undefined));
    vi.advanceTimersByTime(990);
    expect([onSilence.mock.calls.length, watch.isOver()]).toEqual([0, false]);
    vi.advanceTimersByTime(5000);
    expect([onSilence.mock.calls.length, watch.isOver()]).toEqual([1, true]);
    watch.stop();
  });

  it('begins anew with each answer, and remembers that it was over', async () => {
    const onSilence = vi.fn<() => void>();
    const watch = watchSilence(1000, onSilence);
    for (let round = 0; round < 5; round += 1) {
      let answer: (value: number) => void = () => undefined;
      const waiting = watch.during(new Promise<number>((resolve) => (answer = resolve)));
      vi.advanceTimersByTime(900);
      answer(round);
      expect(await waiting).toBe(round);
    }
    expect(watch.isOver()).toBe(false);
    void watch.during(new Promise(() => undefined));
    vi.advanceTimersByTime(1000);
    expect(await watch.during(Promise.resolve(7))).toBe(7);
    expect(watch.isOver()).toBe(true);
    watch.stop();
  });

  it('does not count the time in which nobody waits', async () => {
    const onSilence = vi.fn<() => void>();
    const watch = watchSilence(1000, onSilence);
    await watch.during(Promise.resolve());
    vi.advanceTimersByTime(60_000);
    expect(onSilence.mock.calls).toHaveLength(0);
    watch.stop();
  });
});
