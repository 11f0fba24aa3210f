import { Pool } from 'undici';

/** Idle connections end before a part that drains would end them (decision 11). In milliseconds. */
const idle = 4_000;
const connectTimeout = 1_000;
/** An address that refused is passed by for so long while there are others, in milliseconds. */
const rest = 2_000;
/** And one that says goodbye for longer than it says so: what reaches it as it closes is lost. */
const goodbye = 10_000;

export interface Place {
  readonly address: string;
  readonly pool: Pool;
  /** It has as many requests as it may have at once: what is sent now would only wait. */
  isFull(): boolean;
}

/** The addresses of one part, taken in turns. */
export interface Addresses {
  all: readonly Place[];
  /** The next in turn among those that did not refuse lately, and are not leaving, other than `tried` where there is another. */
  next(tried?: Place): Place;
  refused(place: Place): void;
  /** It answers still, and will not for long. */
  leaving(place: Place): void;
  close(): Promise<void>;
}

/** `mostAtOnce` requests go to each address at the same time. */
export function addressesOf(urls: readonly string[], mostAtOnce: number): Addresses {
  const all = urls.map((address) => {
    const pool = new Pool(address, {
      connections: mostAtOnce,
      pipelining: 1,
      keepAliveTimeout: idle,
      keepAliveMaxTimeout: idle,
      connectTimeout,
    });
    return { address, pool, isFull: () => pool.stats.size >= mostAtOnce };
  });
  const restUntil = new Map<Place, number>();
  let turn = 0;
  return {
    all,
    next(tried) {
      const others = all.filter((place) => place !== tried);
      const awake = others.filter((place) => (restUntil.get(place) ?? 0) < Date.now());
      const choice = awake.length > 0 ? awake : others.length > 0 ? others : all;
      turn += 1;
      const place = choice[turn % choice.length];
      if (!place) throw new Error('a part without an address');
      return place;
    },
    refused: (place) => void restUntil.set(place, Date.now() + rest),
    leaving: (place) => void restUntil.set(place, Date.now() + goodbye),
    close: async () => void (await Promise.all(all.map(({ pool }) => pool.destroy()))),
  };
}
