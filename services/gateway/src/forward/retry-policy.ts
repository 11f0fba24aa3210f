/** Pauses before a request whose connection was lost is sent again, in milliseconds; their number is how often. */
const pauses = [20, 150, 500] as const;
/**
 * One that was not taken loses nothing by another try: as many as there is time for, and as often as above at least, unless each
 * try takes long. A Service leads to a pod that has died until its node has noticed, a second or so; a container that is gone drops
 * what is sent to it, so that each try lasts until it may no longer wait for a connection. In milliseconds.
 */
const refusedPatience = 2_000;
const longestPatience = 3_000;
const longestPause = 300;

/** How long to wait before the next try, in milliseconds, by what the last one came to; undefined when there is none. */
export function retryPolicy(now: () => number = () => performance.now()): (last: { refused: boolean }) => number | undefined {
  const began = now();
  let [losses, refusals] = [0, 0];
  return ({ refused }) => {
    if (!refused) return pauses[losses++];
    const patience = refusals < pauses.length ? longestPatience : refusedPatience;
    return now() - began > patience ? undefined : Math.min(longestPause, pauses[0] * 2 ** refusals++);
  };
}
