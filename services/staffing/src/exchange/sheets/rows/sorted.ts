import type { SheetReading } from '@sidekick/contracts';
import { byCodePoints } from './notes.ts';

type Found = Omit<SheetReading, 'people' | 'projects'> & Record<'people' | 'projects', ReadonlyMap<string, string>>;
type Value = string | number | undefined;

const compare = (a: Value, b: Value): number => {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  // What has no row, column or sheet comes first.
  return byCodePoints(String(a ?? ''), String(b ?? ''));
};

/** By several values, one after the other. */
function by<T>(list: readonly T[], values: (one: T) => Value[]): T[] {
  const keyed = list.map((one) => ({ one, key: values(one) }));
  keyed.sort((a, b) => {
    for (const [at, value] of a.key.entries()) {
      const order = compare(value, b.key[at]);
      if (order !== 0) return order;
    }
    return 0;
  });
  return keyed.map(({ one }) => one);
}

const placed = (one: { row?: number; column?: number; sheet?: string; why: string }) => [one.row ?? 0, one.column ?? 0, one.why];

/** A reading in the order that its form names. */
export function sorted({ layout, people, projects, assignments, timeOff, notUnderstood, ignored, told }: Found): SheetReading {
  const named = (names: ReadonlyMap<string, string>) => [...names.values()].sort(byCodePoints).map((name) => ({ name }));
  return {
    ...{ layout, people: named(people), projects: named(projects) },
    assignments: by(assignments, (one) => [one.person, one.project, one.role, one.state, one.from, one.to]),
    timeOff: by(timeOff, (one) => [one.person, one.from, one.state, one.to]),
    notUnderstood: by(notUnderstood, (one) => [one.row, one.column, one.text, one.why]),
    ignored: by(ignored, (one) => ['sheet' in one ? one.sheet : '', ...placed(one)]),
    told: by(told, (one) => [...placed(one), 'names' in one ? one.names.join('\n') : '']),
  };
}
