/** What a promise gives in time; rejects when it is later than that, in milliseconds, with `error`. It goes on, unheard. */
export async function withTimeout<T>(
  milliseconds: number,
  promise: Promise<T>,
  error = () => new Error(`no answer within ${milliseconds} ms`),
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(error()), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** How long a part, or what it needs, may take to say how it is, in milliseconds: probes and operators wait no longer. */
export const statusTimeout = 1_200;
