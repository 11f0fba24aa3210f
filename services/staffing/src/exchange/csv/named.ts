import { keyOf } from '../../state/names.ts';
import { Fault } from './cells/fault.ts';
import { clipped } from './cells/values.ts';
import type { Book, RefColumns } from './columns/column.ts';
import { refName } from './columns/heads.ts';

/** Finds people and projects by name or id. */
export interface Finder {
  /** Throws Fault for nobody, for two of a name and for an id of nobody. */
  find(ref: RefColumns, by: 'name' | 'id', text: string): string;
}

const file = { person: 'people.csv', project: 'projects.csv' };
const nobody = { person: 'Nobody', project: 'No project' };
const two = { person: 'people', project: 'projects' };

export function finderOf(book: Book): Finder {
  const names = { person: new Map<string, string[]>(), project: new Map<string, string[]>() };
  const add = (path: RefColumns['path'], name: string, id: string) =>
    names[path].set(keyOf(name), [...(names[path].get(keyOf(name)) ?? []), id]);
  for (const { record } of book.state.person.values()) add('person', record.private.name, record.id);
  for (const { record } of book.state.project.values()) add('project', record.name, record.id);
  return {
    find({ path }, by, text) {
      const said = clipped(text.trim());
      if (by === 'id') {
        if (book.state[path].has(text.trim().toUpperCase())) return text.trim().toUpperCase();
        throw new Fault(`There is no ${path} of the id ${said}. Take it from ${file[path]}, or clear it and write the name`);
      }
      const [id, other] = names[path].get(keyOf(text)) ?? [];
      if (id === undefined) throw new Fault(`${nobody[path]} is called ${said}. Check the spelling, or import ${file[path]} first`);
      if (other !== undefined) throw new Fault(`Two ${two[path]} are called ${said}. Write the id in the column ${path} id`);
      return id;
    },
  };
}

interface Written {
  readonly name: string | undefined;
  readonly id: string | undefined;
}

/**
 * Whom the two columns of a row name; undefined where neither is there or what stands there is what the record holds (`kept`, by id). The
 * one that was changed counts; a blank one says nothing while the other does not. Throws Fault.
 */
export function namedBy(
  finder: Finder,
  book: Book,
  ref: RefColumns,
  { name, id }: Written,
  kept: string | null | undefined,
): string | null | undefined {
  const was = kept ? { name: refName(ref, kept, book), id: kept } : { name: '', id: '' };
  const [isName, isId] = [isOther(name, was.name), isOther(id, was.id)];
  if (!isName && !isId) return undefined;
  if (isBlank(name) && isBlank(id)) return noneUnless(ref);
  if (isId && !isBlank(id)) {
    const found = finder.find(ref, 'id', String(id));
    if (isName && !isBlank(name) && keyOf(refName(ref, found, book)) !== keyOf(String(name)))
      throw new Fault(`${ref.path} and ${ref.path} id name two different ones. Clear one of them`);
    return found;
  }
  return isName && !isBlank(name) ? finder.find(ref, 'name', String(name)) : undefined;
}

const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === '';
const isOther = (text: string | undefined, was: string): boolean => text !== undefined && keyOf(text) !== keyOf(was);

function noneUnless({ path, mayBeNone }: RefColumns): null {
  if (!mayBeNone) throw new Fault(`This may not be blank: write the name of a ${path}`);
  return null;
}
