import { nameKey } from '@sidekick/contracts';
import { reasonIn } from '../deciding/redact.ts';
import type { ChangeSet, Redaction } from '../log/change-set.ts';
import type { StaffingContext } from '../routing/context.ts';

/** Change sets read at once; each may have some MB. */
const batch = 50;

/**
 * Where others wrote the name of a person, or their mail address, into why they changed something: as a whole, and each part of it that is
 * part of nobody else's name. Names that they had before count too. Texts that can still be changed by hand (notes, descriptions) are not
 * looked through.
 */
export async function mentionsOf({ log, replica }: StaffingContext, person: string): Promise<NonNullable<Redaction['mentions']>> {
  await replica.catchUp();
  const { state } = replica.current();
  const called = new Set<string>();
  const reasons: [number | string, string][] = [];
  const hear = (private_: unknown) => {
    const { name, email } = private_ as { name: string; email: string | null };
    for (const word of [name, email ?? '']) called.add(nameKey(word));
  };
  for (let after = 0; ; ) {
    const entries = await log.read(after, batch);
    if (entries.length === 0) break;
    for (const { number, entry } of entries) {
      for (const side of sidesOf(entry, person)) hear(side);
      for (const [of, reason] of reasonsIn(number, entry)) reasons.push([of, nameKey(reason)]);
      after = number;
    }
  }
  const others = partsOf([...state.person.values()].filter(({ record }) => record.id !== person).map(({ record }) => record.private.name));
  const own = [...partsOf(called)].filter((part) => !others.has(part));
  const words = [...called, ...own].filter((word) => word.length > 1);
  const found = reasons.filter(([, reason]) => words.some((word) => holds(reason, word))).map(([of]) => of);
  const records = new Set(found.filter((of): of is string => typeof of === 'string'));
  return { sets: found.filter((of): of is number => typeof of === 'number'), records: [...records] };
}

const sidesOf = ({ changes }: ChangeSet, person: string): unknown[] =>
  changes.flatMap(({ kind, id, before, after }) =>
    kind === 'person' && id === person ? [before, after].flatMap((side) => (side ? [side.private] : [])) : [],
  );

const reasonsIn = (number: number, { private: { reason }, changes }: ChangeSet): [number | string, string][] => [
  ...(reason === null ? [] : ([[number, reason]] as [number, string][])),
  ...changes.flatMap(({ id, after }): [string, string][] => {
    const kept = after && reasonIn(after);
    return kept ? [[id, kept]] : [];
  }),
];

const partsOf = (names: Iterable<string>): Set<string> =>
  new Set([...names].flatMap((name) => nameKey(name).split(' ')).filter((part) => part.length > 2));

const isLetter = (letter: string | undefined): boolean => letter !== undefined && /[\p{L}\p{N}]/u.test(letter);

/** Whether a text holds the word as a whole. */
function holds(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!isLetter(text[at - 1]) && !isLetter(text[at + word.length])) return true;
  }
  return false;
}
