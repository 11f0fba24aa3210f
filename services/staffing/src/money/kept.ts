import type { Day } from '@sidekick/calendar';
import type { ProjectBook } from '../books/books.ts';
import type { State } from '../state/state.ts';
import { type Burn, burnOf } from './burn.ts';

interface Kept {
  readonly rates: State['rate'];
  readonly budgets: State['budget'];
  readonly today: Day;
  readonly burn: Burn;
}

/** By the book, which a state nearby takes over with the days of its people while neither changes. */
const known = new WeakMap<ProjectBook, Kept>();

/** `burnOf`, computed once while it rests on the same. */
export function burnIn(state: State, book: ProjectBook, today: Day): Burn {
  const { rate: rates, budget: budgets } = state;
  const kept = known.get(book);
  if (kept?.rates === rates && kept.budgets === budgets && kept.today === today) return kept.burn;
  const burn = burnOf(state, book, today);
  known.set(book, { rates, budgets, today, burn });
  return burn;
}
