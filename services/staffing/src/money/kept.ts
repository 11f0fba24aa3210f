import type { Day } from '@sidekick/calendar';
import type { Budget, Rate } from '@sidekick/contracts';
import type { ProjectBook } from '../books/books.ts';
import { ofPerson, ofProject } from '../kinds/records-of.ts';
import type { State } from '../state/state.ts';
import { type Burn, burnOf } from './burn.ts';

/** The records that a burn rests on beside its book. */
type RestsOn = readonly (Rate | Budget)[];

interface Kept {
  readonly records: RestsOn;
  readonly today: Day;
  readonly burn: Burn;
}

/** By the book, which a state nearby takes over with the days of its people while neither changes. */
const known = new WeakMap<ProjectBook, Kept>();

/** `burnOf`, computed once while it rests on the same: the book, the project's own budget and the rates of who works on it. */
export function burnIn(state: State, book: ProjectBook, today: Day): Burn {
  const records = restsOn(state, book);
  const kept = known.get(book);
  if (kept?.today === today && same(kept.records, records)) return kept.burn;
  const burn = burnOf(state, book, today);
  known.set(book, { records, today, burn });
  return burn;
}

function restsOn(state: State, { project, work }: ProjectBook): RestsOn {
  const people = new Set(work.map(({ assignment }) => assignment.person));
  return [...ofProject(state.budget, project.id), ...[...people].flatMap((person) => ofPerson(state.rate, person))];
}

/** Records are immutable: one that was changed is another. */
const same = (a: RestsOn, b: RestsOn): boolean => a.length === b.length && a.every((one, index) => one === b[index]);
