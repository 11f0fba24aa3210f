/** `work`, or a rejection with `error` when it has not settled by then, in milliseconds. It goes on, unheard. */
export async function within<T>(milliseconds: number, work: Promise<T>, error: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(error()), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
