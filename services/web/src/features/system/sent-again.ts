import type { DeadLetterView } from '@sidekick/contracts';
import { useState } from 'react';

/** Milliseconds for which an event that was sent again may still become a dead letter: the pauses between tries, and some. */
const watched = 90_000;

interface Sent {
  letter: DeadLetterView;
  /** When, by the clock of this browser. */
  at: number;
}

export type Row = { letter: DeadLetterView; is: 'dead' | 'dead-again' } | { letter: DeadLetterView; is: 'sent'; at: number };

export const keyOf = ({ queue, id, replica }: DeadLetterView): string => `${queue}/${replica ?? ''}/${id}`;

/**
 * The rows of the list with what was sent again from here: such a letter keeps its row, which says that it was sent, or that
 * it died once more. Forgotten when the screen is left.
 */
export function rowsWith(letters: readonly DeadLetterView[], sent: ReadonlyMap<string, Sent>): Row[] {
  const there = new Map(letters.map((letter) => [keyOf(letter), letter]));
  const rows = letters.map((letter): Row => {
    const known = sent.get(keyOf(letter));
    if (!known) return { letter, is: 'dead' };
    return known.letter.diedAt === letter.diedAt ? { letter, is: 'sent', at: known.at } : { letter, is: 'dead-again' };
  });
  const gone = [...sent].filter(([key]) => !there.has(key)).map(([, { letter, at }]): Row => ({ letter, is: 'sent', at }));
  return [...gone, ...rows];
}

export function useSentAgain() {
  const [sent, setSent] = useState<ReadonlyMap<string, Sent>>(new Map());
  return {
    sent,
    note(letters: readonly DeadLetterView[]): void {
      const at = Date.now();
      setSent((before) => new Map([...before, ...letters.map((letter) => [keyOf(letter), { letter, at }] as const)]));
    },
    forget(letter: DeadLetterView): void {
      setSent((before) => new Map([...before].filter(([key]) => key !== keyOf(letter))));
    },
    /** Whether one of them may still die. */
    closely: () => [...sent.values()].some(({ at }) => Date.now() - at < watched),
  };
}
