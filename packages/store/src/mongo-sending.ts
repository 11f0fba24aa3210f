import { AnswerLost, StoreFull, StoreUnavailable } from './errors.ts';
import { isRefusal } from './mongo-gone.ts';

/** For what a write sends: a copy that the driver puts into bytes in its stead. */
export type Mark = <D extends object>(sent: D) => D;

/** How far one write has come. */
export interface Sending {
  mark: Mark;
  /** An error of the write in the words of a store. */
  told(error: unknown): unknown;
  /** Whether it is under way to the server or further. A write that is not is held back from now on. */
  giveUp(): boolean;
}

/**
 * The driver asks what it sends for its BSON last of all, with a connection in hand and once for each try: what fails before has
 * not reached the server. Its errors alone do not say so: a second try that finds no server hides a first one that was sent.
 */
export function sendingOf(): Sending {
  let tries = 0;
  let givenUp = false;
  return {
    mark<D extends object>(sent: D): D {
      const toBSON = () => {
        if (givenUp) throw new Error('given up before it was sent');
        tries += 1;
        return sent;
      };
      return Object.defineProperty({ ...sent }, 'toBSON', { value: toBSON });
    },
    told(error) {
      if (tries === 0 || !(error instanceof StoreUnavailable) || error instanceof StoreFull) return error;
      const isKnown = tries === 1 && isRefusal(error.cause);
      return isKnown ? error : new AnswerLost(error.message, { cause: error.cause });
    },
    giveUp() {
      givenUp = tries === 0;
      return !givenUp;
    },
  };
}
