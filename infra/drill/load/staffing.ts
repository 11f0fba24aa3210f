import { ulid } from 'ulid';
import { type Answer, type Client, listed } from './client.ts';
import type { Write, Writer } from './writer.ts';

/** A person, a project and the assignment between them, made in one change set; person and project are renamed together. */
interface Trio {
  person: string;
  project: string;
  assignment: string;
  /** Number of the change set that last renamed them; 0 until acknowledged. */
  version: number;
  stand: number;
  busy: boolean;
}

/** At this many, creations give way to renaming: figures of a group of this size are what the reads ask for. */
const most = 30;
const timeline = '/timeline?from=2026-W49&to=2027-W04';

/** Writes by `POST /changes` with ids made here. */
export function staffingWriter(word: string, random: () => number): Writer {
  const trios: Trio[] = [];
  const acknowledged = new Map<string, number>();
  let head = 0;
  let count = 0;
  const nameOf = (kind: 'person' | 'project', trio: Trio, stand: number) => `${word} ${kind} ${trio[kind].slice(-6)} stand ${stand}`;

  const change = (name: string, trio: Trio, stand: number, commands: object[]): Write => {
    trio.busy = true;
    const id = ulid();
    return {
      name,
      request: { method: 'POST', path: '/changes', body: { id, commands } },
      acknowledge({ status, body }) {
        if (status !== 201 || typeof body?.number !== 'number') return false;
        Object.assign(trio, { version: body.number, stand, busy: false });
        acknowledged.set(id, body.number);
        head = Math.max(head, body.number);
        return true;
      },
      async hadHappened({ status, body }: Answer, client: Client, sentAgain: Date) {
        if (status !== 201) return null;
        const stored = await client.send({ method: 'GET', path: `/changes/${body.number}` });
        return stored.status === 200 ? new Date(stored.body.at) < sentAgain : null;
      },
    };
  };
  const create = (): Write => {
    const trio: Trio = { person: ulid(), project: ulid(), assignment: ulid(), version: 0, stand: 0, busy: true };
    trios.push(trio);
    const stand = ++count;
    const { person, project, assignment } = trio;
    const patterns = [{ from: '2020-01-01', hours: [8, 8, 8, 8, 8, 0, 0] }];
    return change('create in staffing', trio, stand, [
      {
        do: 'create',
        kind: 'person',
        id: person,
        record: { patterns, private: { name: nameOf('person', trio, stand), email: null, note: null } },
      },
      {
        do: 'create',
        kind: 'project',
        id: project,
        record: { name: nameOf('project', trio, stand), from: '2026-11-30', to: '2027-01-31' },
      },
      {
        do: 'create',
        kind: 'assignment',
        id: assignment,
        record: { person, project, role: 'lead', from: '2026-12-07', to: '2027-01-24', hoursPerWeek: 20 },
      },
    ]);
  };
  const rename = (trio: Trio): Write => {
    const stand = ++count;
    const { person, project, version } = trio;
    return change('change in staffing', trio, stand, [
      { do: 'change', kind: 'person', id: person, version, patch: { private: { name: nameOf('person', trio, stand) } } },
      { do: 'change', kind: 'project', id: project, version, patch: { name: nameOf('project', trio, stand) } },
    ]);
  };
  return {
    next() {
      const free = trios.filter(({ busy }) => !busy);
      if (trios.length < most && (free.length === 0 || random() < 0.3)) return create();
      const trio = free[Math.floor(random() * free.length)];
      return trio ? rename(trio) : null;
    },
    read() {
      const seen = head;
      return {
        name: 'read the timeline',
        request: { method: 'GET', path: timeline, headers: { 'staffing-head': String(seen) } },
        judge: ({ status, body }) => (status !== 200 ? 'wrong' : body.head < seen ? 'old' : 'good'),
      };
    },
    async wrong(asker) {
      const client = fromHead(asker, head);
      const stored = new Map((await listed(client, '/changes')).map(({ id, number }) => [id, number]));
      const wrong = [...acknowledged]
        .filter(([id, number]) => stored.get(id) !== number)
        .map(([id, number]) => `change set ${number} (${id}) is ${stored.get(id) ?? 'lost'}`);
      const names = new Map<string, string>();
      for (const { id, version, private: own } of await listed(client, '/people')) names.set(id, `${own.name} at ${version}`);
      for (const { id, version, name } of await listed(client, '/projects')) names.set(id, `${name} at ${version}`);
      for (const trio of trios.filter(({ version }) => version > 0)) {
        for (const kind of ['person', 'project'] as const) {
          const wanted = `${nameOf(kind, trio, trio.stand)} at ${trio.version}`;
          if (names.get(trio[kind]) !== wanted) wrong.push(`${kind} ${trio[kind]} is ${names.get(trio[kind])} instead of ${wanted}`);
        }
      }
      return wrong;
    },
    findable: () =>
      trios
        .filter(({ version }) => version > 0)
        .flatMap((trio) => [nameOf('person', trio, trio.stand), nameOf('project', trio, trio.stand)]),
  };
}

/** Asks for answers that know this head, as the web UI does after a write: a replica that is behind waits for it. */
const fromHead = (client: Client, head: number): Client => ({
  ...client,
  send: (request) => client.send({ ...request, headers: { 'staffing-head': String(head), ...request.headers } }),
});
