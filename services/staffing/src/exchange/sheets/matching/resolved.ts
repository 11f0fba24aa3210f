import type { SheetCorrections } from '@sidekick/contracts';
import type { State } from '../../../state/state.ts';
import { wordKey } from '../header/words.ts';
import type { PersonWeek } from '../rows/week.ts';
import type { TracedReading } from '../traced.ts';
import { type Called, type Who, whoIsWho } from './names.ts';

/** A sheet that was read, what is said of it, and what it is held against. */
export interface Sheet {
  readonly traced: TracedReading;
  readonly corrections: SheetCorrections;
  readonly state: State;
  /** ISO. */
  readonly today: string;
  /** Numbers of the change sets that sheets made. */
  readonly bySheet: ReadonlySet<number>;
}
/** Records of the sheet with who and what they are about: an id of a record that stands here, or the key of a new one. */
export interface Resolved {
  readonly people: ReadonlyMap<string, Who>;
  readonly projects: ReadonlyMap<string, Who>;
  /** What the sheet says of people's weeks, by their keys. */
  readonly weeks: ReadonlyMap<string, PersonWeek>;
  /** The record that a name stands for; null for one that is left out. */
  personOf(name: string): string | null;
  projectOf(name: string): string | null;
  nameOfPerson(ref: string): string;
  nameOfProject(ref: string): string;
}

/** Who and what the names of a sheet are. */
export function resolve({ traced, corrections, state }: Sheet): Resolved {
  const { reading } = traced;
  const nearOf = (kind: 'person' | 'project') =>
    reading.told.flatMap((one) => (one.why === 'near-miss' && one.kind === kind ? [one.names] : []));
  const namesOf = (some: readonly { name: string }[]) => some.map(({ name }) => name);
  const people = whoIsWho(
    namesOf(reading.people),
    calledIn(state.person, ({ private: { name } }) => name),
    corrections.people,
    nearOf('person'),
  );
  const projects = whoIsWho(
    namesOf(reading.projects),
    calledIn(state.project, ({ name }) => name),
    corrections.projects,
    nearOf('project'),
  );
  const names = new Map<string, string>();
  const refIn = (all: ReadonlyMap<string, Who>, kind: 'person' | 'project') => (name: string) => {
    const own = all.get(wordKey(name));
    const who = own?.as === 'same' && own.same !== null ? all.get(wordKey(own.same)) : own;
    if (!who || who.as === 'out' || who.as === 'same') return null;
    const ref = who.here ? who.here.id : `${kind}:${who.key}`;
    names.set(ref, who.here?.name ?? who.name);
    return ref;
  };
  const [personOf, projectOf] = [refIn(people, 'person'), refIn(projects, 'project')];
  for (const { name } of people.values()) personOf(name);
  for (const { name } of projects.values()) projectOf(name);
  const nameOfPerson = (ref: string) => names.get(ref) ?? state.person.get(ref)?.record.private.name ?? ref;
  const nameOfProject = (ref: string) => names.get(ref) ?? state.project.get(ref)?.record.name ?? ref;
  return { people, projects, weeks: new Map(traced.weeks), personOf, projectOf, nameOfPerson, nameOfProject };
}

function calledIn<R extends { id: string }>(records: ReadonlyMap<string, { record: R }>, nameOf: (record: R) => string): Called[] {
  return [...records].map(([id, { record }]) => ({ id, name: nameOf(record) }));
}
