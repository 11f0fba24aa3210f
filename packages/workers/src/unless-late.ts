import { TooBusy } from './too-costly.ts';

/** What has not begun by then is refused at once, and does nothing when its turn comes. */
export function unlessLate<R>(ms: number, done: () => Promise<R>, inTurn: (begun: () => Promise<R | undefined>) => Promise<R | undefined>) {
  let isLate = false;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isLate = true;
      reject(new TooBusy('It waited too long for its turn; try again in a moment'));
    }, ms);
  });
  const begun = async () => {
    clearTimeout(timer);
    return isLate ? undefined : done();
  };
  return Promise.race([inTurn(begun), late]);
}
