import { type Team, tidyName } from '@sidekick/contracts';
import type { FieldError } from '@sidekick/service-kit';
import type { Kind } from '../kinds/kind.ts';
import { plainSentences } from '../kinds/sentences.ts';
import { keyOf } from '../names.ts';
import type { State } from '../state.ts';

/** A named set of people with a lead. Managers write it. */
export const team: Kind<'team'> = {
  event: 'staffing.team.changed.v1',
  bodyOf: ({ id: _id, ...body }) => body,
  recordOf: (id, body) => ({ id, ...body }),
  tidy: (record) => ({ ...record, name: tidyName(record.name) }),

  names: ({ people }) => people.map((id, at) => ({ kind: 'person', id, path: `people.${at}` })),
  called: null,
  impossible: ({ people, lead }) => [...namedTwice(people), ...ledFromOutside(people, lead)],
  unfit: ({ before, after }, state) => (after && before?.name !== after.name ? nameTaken(state, after) : []),
  accepts: null,
  span: () => null,
  days: () => [],

  about: () => null,
  own: null,
  masked: (record) => record,
  hidesReason: false,
  shareable: (record) => record,
  redacted: (record) => record,

  sentences: plainSentences<Team>(({ name }) => `Team ${name}`, {}),
};

function namedTwice(people: readonly string[]): FieldError[] {
  const index = people.findIndex((person, at) => people.indexOf(person) < at);
  return index < 0 ? [] : [{ path: `people.${index}`, message: 'A team names a person once' }];
}

const ledFromOutside = (people: readonly string[], lead: string | null): FieldError[] =>
  lead === null || people.includes(lead) ? [] : [{ path: 'lead', message: 'The lead of a team is one of its people' }];

/** Two teams of one name, in whatever spelling, would be one on every list. */
function nameTaken({ team }: State, { id, name }: Team): FieldError[] {
  for (const { record } of team.values()) {
    if (record.id !== id && keyOf(record.name) === keyOf(name))
      return [{ path: 'name', message: `A team is called ${record.name} already` }];
  }
  return [];
}
