import { nameKey, type PersonView } from '@sidekick/contracts';

/** Whether the contract is not over on a day: who has left is not offered for work or leave from then on. */
export const isHere = ({ contract }: Pick<PersonView, 'contract'>, day: string): boolean => contract.to === null || contract.to >= day;

/** The same by id, for the lists of an answer; who is not known here yet is offered. */
export function isOffered(id: string, people: ReadonlyMap<string, PersonView>, day: string): boolean {
  const person = people.get(id);
  return person === undefined || isHere(person, day);
}

/** Whether the person was made anonymous: staffing then calls them by the end of their id. */
export const isFormer = ({ id, private: { name } }: Pick<PersonView, 'id' | 'private'>): boolean =>
  name === `Former colleague ${id.slice(-4)}`;

export const peopleByName = (people: Iterable<PersonView>): PersonView[] =>
  [...people].sort((a, b) => a.private.name.localeCompare(b.private.name) || (a.id < b.id ? -1 : 1));

const namesakes = new WeakMap<ReadonlyMap<string, PersonView>, ReadonlyMap<string, readonly PersonView[]>>();

function byName(people: ReadonlyMap<string, PersonView>): ReadonlyMap<string, readonly PersonView[]> {
  const known = namesakes.get(people);
  if (known) return known;
  const groups = new Map<string, PersonView[]>();
  for (const person of people.values()) {
    const key = nameKey(person.private.name);
    groups.set(key, [...(groups.get(key) ?? []), person]);
  }
  namesakes.set(people, groups);
  return groups;
}

/** What tells people of one name apart, the first that does: mail, region, best skill, start of the contract; else the id's end. */
const marks: ((person: PersonView) => string)[] = [
  ({ private: { email } }) => email ?? '',
  ({ region }) => region ?? '',
  ({ skills }) => [...skills].sort((a, b) => b.level - a.level)[0]?.skill ?? '',
  ({ contract }) => (contract.from ? `from ${contract.from}` : ''),
  ({ id }) => id.slice(-4),
];

/** What stands beside a name that others have too, such as a mail address; null where the name is alone. */
export function markOf(person: PersonView, people: ReadonlyMap<string, PersonView>): string | null {
  const same = byName(people).get(nameKey(person.private.name)) ?? [];
  if (same.length < 2) return null;
  const tells = marks.find((mark) => mark(person) !== '' && same.every((other) => other.id === person.id || mark(other) !== mark(person)));
  return (tells ?? marks.at(-1))?.(person) ?? null;
}

/** `Noor Haddad`, or `Noor Haddad (noor@example.org)` where two have the name. */
export function nameAmong(person: PersonView, people: ReadonlyMap<string, PersonView>): string {
  const mark = markOf(person, people);
  return mark === null ? person.private.name : `${person.private.name} (${mark})`;
}

/** The name of a person by id, told apart from others of the same name. */
export function nameOf(id: string, people: ReadonlyMap<string, PersonView>, unknown = 'Unknown person'): string {
  const person = people.get(id);
  return person ? nameAmong(person, people) : unknown;
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** A name inside a sentence that is no markup: right-to-left letters do not turn the words around them (`bdi` does it in markup). */
export const isolated = (name: string): string => (rightToLeft.test(name) ? `\u2068${name}\u2069` : name);
