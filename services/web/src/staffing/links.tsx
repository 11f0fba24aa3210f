import type { ChangeSetView, PersonView, ProjectView } from '@sidekick/contracts';
import { Link } from 'react-router-dom';
import { nameOf } from './people-names.ts';

type People = ReadonlyMap<string, PersonView>;
type Projects = ReadonlyMap<string, ProjectView>;
export interface Known {
  readonly people: People;
  readonly projects: Projects;
}

const personPath = (id: string): string => `/people/${id}`;
const projectPath = (id: string): string => `/projects/${id}`;

interface PersonProps {
  id: string;
  people: People;
  className?: string;
  unknown?: string;
}

/** The name of a person, leading to their page; plain where nobody of the id is known here. */
export function PersonLink({ id, people, className = 'nl', unknown = 'Somebody' }: PersonProps) {
  const name = <bdi>{nameOf(id, people, unknown)}</bdi>;
  if (!people.has(id)) return name;
  return (
    <Link className={className} to={personPath(id)}>
      {name}
    </Link>
  );
}

/** Names of people one after another, each leading to its page. */
export function PersonLinks({ ids, people, none = '–' }: { ids: readonly string[]; people: People; none?: string }) {
  if (ids.length === 0) return none;
  return ids.map((id, index) => (
    <span key={id}>
      {index > 0 && ', '}
      <PersonLink id={id} people={people} />
    </span>
  ));
}

interface ProjectProps {
  id: string;
  projects: Projects;
  className?: string;
  unknown?: string;
}

/** The name of a project, leading to its page. */
export function ProjectLink({ id, projects, className = 'nl', unknown = 'A project' }: ProjectProps) {
  const name = <bdi>{projects.get(id)?.name ?? unknown}</bdi>;
  if (!projects.has(id)) return name;
  return (
    <Link className={className} to={projectPath(id)}>
      {name}
    </Link>
  );
}

/** What a sentence names, and where that leads. */
export interface Subject {
  readonly name: string;
  readonly to: string;
}

const isPartOfWord = (letter: string | undefined): boolean => letter !== undefined && /[\p{L}\p{N}]/u.test(letter);

function firstOf({ name }: Subject, text: string, from: number): number {
  for (let at = text.indexOf(name, from); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!isPartOfWord(text[at - 1]) && !isPartOfWord(text[at + name.length])) return at;
  }
  return -1;
}

/** A sentence cut at the names in it, as whole words; of two that begin at one place the longer one holds. */
export function cutAtNames(text: string, subjects: readonly Subject[]): (string | Subject)[] {
  const parts: (string | Subject)[] = [];
  // A change set may be about thousands, of whom a sentence names a few.
  const named = subjects.filter(({ name }) => name !== '' && text.includes(name));
  for (let from = 0; from < text.length; ) {
    const found = named
      .map((subject) => ({ subject, at: firstOf(subject, text, from) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at || b.subject.name.length - a.subject.name.length)[0];
    if (!found) return [...parts, text.slice(from)];
    if (found.at > from) parts.push(text.slice(from, found.at));
    parts.push(found.subject);
    from = found.at + found.subject.name.length;
  }
  return parts;
}

/** A sentence whose names lead to their pages. */
export function LinkedText({ text, subjects }: { text: string; subjects: readonly Subject[] }) {
  return cutAtNames(text, subjects).map((part, index) =>
    typeof part === 'string' ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence, cut in order
      <Link key={index} className="nl" to={part.to}>
        <bdi>{part.name}</bdi>
      </Link>
    ),
  );
}

/** People and projects of these ids as sentences of the portal call them. */
export function subjectsOf(ids: Iterable<string>, { people, projects }: Known): Subject[] {
  return [...new Set(ids)].flatMap((id) => {
    const name = people.get(id)?.private.name ?? projects.get(id)?.name;
    return name === undefined ? [] : [{ name, to: people.has(id) ? personPath(id) : projectPath(id) }];
  });
}

/** Projects whose whole name stands in a sentence that comes without their ids. A name of one or two letters may be any word. */
export const projectsIn = (text: string, projects: Projects): Subject[] =>
  [...projects.values()].flatMap(({ id, name }) => (name.length > 2 && text.includes(name) ? [{ name, to: projectPath(id) }] : []));

const words = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');

/** Ids of whom and what a change set is about: its records, and the people and projects that they name. */
export const idsIn = ({ changes }: Pick<ChangeSetView, 'changes'>): string[] =>
  changes.flatMap(({ id, before, after }) => [
    id,
    ...[before, after].flatMap((side) => (side ? ['person', 'project', 'lead', 'people'].flatMap((key) => words(side[key])) : [])),
  ]);
