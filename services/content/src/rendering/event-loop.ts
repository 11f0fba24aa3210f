/** Lets others have their turn when work in one go has taken longer than that, in milliseconds. */
const turnMs = 10;

export function eventLoopYielder(): () => Promise<void> | void {
  let since = performance.now();
  return () => {
    if (performance.now() - since < turnMs) return undefined;
    return new Promise<void>((resolve) => {
      setImmediate(() => {
        since = performance.now();
        resolve();
      });
    });
  };
}
