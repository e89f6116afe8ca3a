/** Counts how long something that is waited for stays silent. */
export interface SilenceWatch {
  /** Waits for an answer; the time in which nobody waits does not count. */
  readonly during: <T>(answer: Promise<T>) => Promise<T>;
  readonly isOver: () => boolean;
  readonly stop: () => void;
}

const TICKS = 20;

/** Calls `onSilence` once when an answer has not come for `limitMs`. */
export function watchSilence(limitMs: number, onSilence: () => void): SilenceWatch {
  let isWaiting = false;
  let silent = 0;
  let isOver = false;
  // Short ticks instead of one long timer: a laptop that slept, or a process that was stopped, counts as one tick.
  const timer = setInterval(() => {
    silent = isWaiting ? silent + 1 : 0;
    if (silent < TICKS || isOver) return;
    isOver = true;
    onSilence();
  }, limitMs / TICKS);
  return {
    during: async (answer) => {
      isWaiting = true;
      silent = 0;
      try {
        return await answer;
      } finally {
        isWaiting = false;
      }
    },
    isOver: () => isOver,
    stop: () => clearInterval(timer),
  };
}
