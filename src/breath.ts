/** Lets signals and timers through: what comes next is a new turn of the event loop. */
export async function breath(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}
