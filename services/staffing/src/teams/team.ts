import { type Team, tidyName } from '@sidekick/contracts';
import type { FieldError } from '@sidekick/service-kit';
import { aboutNobody } from '../kinds/about-nobody.ts';
import { otherBearer } from '../kinds/bearers.ts';
import { hasLeft } from '../kinds/checks.ts';
import type { Kind } from '../kinds/kind.ts';
import { plainSentences } from '../kinds/sentences.ts';
import type { State } from '../state/state.ts';

/**
 * A named set of people with a lead. Managers write it; whoever leaves the group leaves it. A contract that ends on a day to come takes
 * nobody off when that day has passed: who has left is still named then, is told as that where teams are shown, and counts as nobody.
 */
export const team: Kind<'team'> = {
  readers: 'everybody',
  event: 'staffing.team.changed.v1',
  bodyOf: ({ id: _id, ...body }) => body,
  recordOf: (id, body) => ({ id, ...body }),
  tidy: (record) => ({ ...record, name: tidyName(record.name) }),

  names: ({ people }) => people.map((id, at) => ({ kind: 'person', id, path: `people.${at}` })),
  letsGo: {
    without: (record, gone) => ({
      ...record,
      people: record.people.filter((id) => !gone.has(id)),
      lead: record.lead !== null && gone.has(record.lead) ? null : record.lead,
    }),
  },
  called: null,
  impossible: (record, after) => [...namedTwice(record), ...ledFromOutside(record), ...nameTaken(record, after)],
  unfit: ({ before, after }, state, today) => (after ? newWhoLeft(before?.people ?? [], after.people, state, today) : []),
  accepts: null,
  span: () => null,
  days: () => [],

  ...aboutNobody,
  texts: ['name'],

  sentences: plainSentences<Team>(({ name }) => `Team ${name}`, {}),
};

function namedTwice({ people }: Team): FieldError[] {
  const index = people.findIndex((person, at) => people.indexOf(person) < at);
  return index < 0 ? [] : [{ path: `people.${index}`, message: 'A team names a person once' }];
}

const ledFromOutside = ({ people, lead }: Team): FieldError[] =>
  lead === null || people.includes(lead) ? [] : [{ path: 'lead', message: 'The lead of a team is one of its people' }];

/** Two teams of one name, in whatever spelling, would be one on every list. */
function nameTaken(record: Team, { team }: State): FieldError[] {
  const other = otherBearer(team, ({ name }) => [name], record, record.name);
  return other ? [{ path: 'name', message: `A team is called ${other.name} already` }] : [];
}

function newWhoLeft(before: readonly string[], people: readonly string[], state: State, today: string): FieldError[] {
  const old = new Set(before);
  return people.flatMap((id, at) => (old.has(id) ? [] : hasLeft(`people.${at}`, id, state, today)));
}
