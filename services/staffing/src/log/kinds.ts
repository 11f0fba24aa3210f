import type { RecordKind } from '@sidekick/contracts';
import { assignment } from '../assignments/assignment.ts';
import { budget } from '../budgets/budget.ts';
import { holiday } from '../holidays/holiday.ts';
import type { AnyRecord } from '../kinds/change.ts';
import { fromNewer } from '../kinds/from-newer.ts';
import type { Kind } from '../kinds/kind.ts';
import { timeOff } from '../leave/time-off.ts';
import { opening } from '../openings/opening.ts';
import { person } from '../people/person.ts';
import { project } from '../projects/project.ts';
import { rate } from '../rates/rate.ts';
import { settings } from '../settings/settings.ts';
import { skill } from '../skills/skill.ts';
import { isKnown } from '../state/state.ts';
import { team } from '../teams/team.ts';
import { view } from '../views/view.ts';
import { volunteer } from '../volunteers/volunteer.ts';
import { weekNote } from '../week-notes/week-note.ts';
import { wish } from '../wishes/wish.ts';

/** Every kind of record. A new one is a folder of its own, its schemas in contracts, and a line here. */
const kinds: { readonly [K in RecordKind]: Kind<K> } = {
  ...{ person, project, assignment, timeOff, holiday, team, skill },
  ...{ rate, budget, settings, volunteer, wish, opening, view, weekNote },
};

/**
 * What a kind is, for records whose kind is known when the program runs alone: the caller sees to it that they are of it. A word that
 * this release does not know is a kind of a newer one.
 */
export const kindOf = (kind: string): Kind<RecordKind> => (isKnown(kind) ? kinds[kind] : fromNewer);

/** Whether a record is about a person; null is an account without one, whom no record is about. */
export const isAbout = (kind: string, record: AnyRecord, person: string | null): boolean =>
  person !== null && kindOf(kind).about(record) === person;
