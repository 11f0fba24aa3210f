import { isDeepStrictEqual } from 'node:util';
import type { Command } from '@sidekick/contracts';
import { ulid } from 'ulid';
import type { Caller } from '../caller.ts';
import { answered, oneOf, standing, type Writer, word } from './writer.ts';

/** A person, a project of the same count, and the assignment between them: always changed together. */
interface Trio {
  person: string;
  project: string;
  assignment: string;
  count: number;
  /** Numbers of the change sets that made them, and last named person and project. */
  made: number;
  named: number;
}
interface Request {
  id: string;
  commands: Command[];
  trio: Trio;
  does: 'create' | 'rename' | 'delete';
}

export interface StaffingWriter extends Writer {
  /** Number of every acknowledged change set by the id of its request. */
  readonly numbers: ReadonlyMap<string, number>;
}

const patterns = [{ from: '2020-01-01', hours: [8, 8, 8, 8, 8, 0, 0] }];

/** Creates, renames and deletes people with their projects, each in one change set. */
export function staffingWriter(caller: Caller, name: string, random: () => number): StaffingWriter {
  const known = new Map<string, Trio | null>();
  const gone = new Map<string, Trio>();
  const numbers = new Map<string, number>();
  let pending: Request | null = null;
  let count = 0;

  const nameOf = (trio: Pick<Trio, 'person' | 'count'>, kind: string) => `${word} ${name} ${trio.person.slice(-6)} ${kind} ${trio.count}`;
  const send = async (request: Request) => {
    pending = request;
    const { id, commands, trio, does } = request;
    const { body } = await answered(caller.api('post', '/changes', { body: { id, commands } }), 201);
    const number: number = body.number;
    numbers.set(id, number);
    known.delete(trio.person);
    known.set(trio.person, does === 'delete' ? null : { ...trio, made: does === 'create' ? number : trio.made, named: number });
    if (does === 'delete') gone.set(trio.person, trio);
    pending = null;
  };
  const create = (): Request => {
    const trio = { person: ulid(), project: ulid(), assignment: ulid(), count, made: 0, named: 0 };
    const { person, project } = trio;
    const about = { private: { name: nameOf(trio, 'person'), email: null, note: null }, patterns };
    const assigned = { person, project, role: 'lead', from: '2026-12-07', to: '2026-12-27', hoursPerWeek: 0 };
    const commands: Command[] = [
      { do: 'create', kind: 'person', id: person, record: about },
      { do: 'create', kind: 'project', id: project, record: { name: nameOf(trio, 'project'), from: '2026-11-30', to: '2027-01-31' } },
      { do: 'create', kind: 'assignment', id: trio.assignment, record: assigned },
    ];
    return { id: ulid(), commands, trio, does: 'create' };
  };
  const rename = (old: Trio): Request => {
    const trio = { ...old, count };
    const version = old.named;
    const commands: Command[] = [
      { do: 'change', kind: 'person', id: old.person, version, patch: { private: { name: nameOf(trio, 'person') } } },
      { do: 'change', kind: 'project', id: old.project, version, patch: { name: nameOf(trio, 'project') } },
    ];
    return { id: ulid(), commands, trio, does: 'rename' };
  };
  const remove = (trio: Trio): Request => {
    const commands: Command[] = [
      { do: 'delete', kind: 'assignment', id: trio.assignment, version: trio.made },
      { do: 'delete', kind: 'project', id: trio.project, version: trio.named },
      { do: 'delete', kind: 'person', id: trio.person, version: trio.named },
    ];
    return { id: ulid(), commands, trio, does: 'delete' };
  };
  const read = async (ids: Pick<Trio, 'person' | 'project' | 'assignment'>) => {
    const person = await standing(caller, `/people/${ids.person}`);
    const project = await standing(caller, `/projects/${ids.project}`);
    const assignment = await standing(caller, `/assignments/${ids.assignment}`);
    return {
      person: person && [person.private.name, person.version],
      project: project && [project.name, project.version],
      assignment: assignment && [assignment.person, assignment.project, assignment.version],
    };
  };
  const wantedOf = (trio: Trio | null) => ({
    person: trio && [nameOf(trio, 'person'), trio.named],
    project: trio && [nameOf(trio, 'project'), trio.named],
    assignment: trio && [trio.person, trio.project, trio.made],
  });
  return {
    async write() {
      count += 1;
      const one = oneOf(known, random);
      const chance = random();
      if (!one || chance < 0.4) return send(create());
      return send(chance < 0.8 ? rename(one[1]) : remove(one[1]));
    },
    /** The same request again: answers what is stored, or does it now. */
    async settle() {
      if (pending) await send(pending);
    },
    async wrong(last = known.size) {
      const wrong: string[] = [];
      for (const [id, trio] of [...known].slice(-last)) {
        const now = await read(trio ?? (gone.get(id) as Trio));
        const wanted = wantedOf(trio);
        if (!isDeepStrictEqual(now, wanted)) wrong.push(`${id}: ${JSON.stringify(now)} instead of ${JSON.stringify(wanted)}`);
      }
      return wrong;
    },
    live: () => [...known.values()].flatMap((trio) => (trio ? [nameOf(trio, 'person'), nameOf(trio, 'project')] : [])),
    get acknowledged() {
      return numbers.size;
    },
    numbers,
  };
}
