import type { TeamView } from '@sidekick/contracts';
import { ulid } from '../../app/ulid.ts';
import type { FormRead, Typed } from '../../staffing/form-types.ts';
import { fieldOf, linesOf } from '../../staffing/three-way.ts';

export interface TypedMember {
  /** Of no other line of any document: a kept form brings the lines of an earlier one. */
  key: string;
  person: string;
}

/** A team as typed. */
export interface TeamDraft extends Typed {
  name: string;
  people: TypedMember[];
  /** Blank is none. */
  lead: string;
}

export const typedMember = (person: string): TypedMember => ({ key: ulid(), person });

/** What of a team is typed where; `nameOf` names people in what somebody else changed. */
export const teamFields = (nameOf: (person: string) => string) => [
  fieldOf<TeamDraft, 'name'>('name', 'Name', ['name']),
  linesOf<TeamDraft, 'people', TypedMember>(
    'people',
    'People',
    ['people'],
    ({ person }) => person,
    (list) => list.map(({ person }) => nameOf(person)).join(', ') || 'nobody',
  ),
  fieldOf<TeamDraft, 'lead'>('lead', 'Lead', ['lead'], (value) => (value === '' ? 'none' : nameOf(value))),
];

export const teamDraft = (team: TeamView | null): TeamDraft =>
  team
    ? { reason: '', id: team.id, name: team.name, people: team.people.map(typedMember), lead: team.lead ?? '' }
    : { reason: '', id: ulid(), name: '', people: [], lead: '' };

/** What the form says as a record, or what is wrong where. */
export function readTeam({ name, people, lead }: TeamDraft): FormRead<'team'> {
  const errors = new Map<string, string>();
  if (name.trim() === '') errors.set('name', 'Give the team a name');
  const ids = people.map(({ person }) => person);
  if (lead !== '' && !ids.includes(lead)) errors.set('lead', 'The lead is one of the people: choose another');
  if (errors.size > 0) return { body: null, errors };
  return { body: { name: name.trim(), people: ids, lead: lead || null }, errors };
}
