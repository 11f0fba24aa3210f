import type { LogOptions } from '../log.ts';

export interface Secret {
  who: string;
  secret?: string;
  /** Asks that the secrets of somebody are taken out of earlier entries. */
  redacts?: string;
}

export const secrets: LogOptions<Secret> = {
  redacts: ({ redacts }) =>
    redacts === undefined
      ? null
      : (earlier) => {
          const { secret: _secret, ...rest } = earlier;
          return earlier.who === redacts ? rest : earlier;
        },
};
