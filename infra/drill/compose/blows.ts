export const kinds = ['stop', 'kill', 'pause'] as const;
export type Kind = (typeof kinds)[number];

/** Something done to a container under load, and what came of it. */
export interface Blow {
  container: string;
  how: string;
  /** Requests without a good answer from the blow until the whole was well again, by kind. */
  failed: Record<string, number>;
  /** Milliseconds that the longest of them waited, for an answer of any kind or for none. */
  longest: number;
  /** Seconds from the blow, of a pause from its end, until every container was healthy and 3 s passed without a failure; null: not within the patience. */
  wellAfter: number | null;
}

/** Milliseconds that nobody waits longer for, whatever is away. */
const longestWait = 5_000;

/** What is not as it should be. */
export const unwell = (blows: readonly Blow[]): string[] =>
  blows.flatMap(({ container, how, longest, wellAfter }) => [
    ...(wellAfter === null ? [`${container}, ${how}: not well again`] : []),
    ...(longest > longestWait ? [`${container}, ${how}: a request waited ${longest} ms`] : []),
  ]);

export function sentenceOf({ container, how, failed, longest, wellAfter }: Blow): string {
  const count = Object.values(failed).reduce((sum, each) => sum + each, 0);
  const well = wellAfter === null ? 'not well again' : `well again after ${wellAfter} s`;
  return `${container}, ${how}: ${count} without a good answer, longest wait ${longest} ms, ${well}`;
}
