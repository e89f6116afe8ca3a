/**
 * Lets signals and timers through. The first turn may end without a look at them; the second begins with one.
 * https://nodejs.org/en/learn/asynchronous-work/event-loop-timers-and-nexttick
 */
export async function breath(): Promise<void> {
  await turn();
  await turn();
}

async function turn(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}
