import { expect, test } from '@jest/globals';
import type { Bus } from '@sidekick/bus';
import type { Envelope } from '@sidekick/contracts';
import { aManager, anOps, newAssignment, newTimeOff, until } from '@sidekick/testing';
import { aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';

/** A bus that keeps what was published, in order. */
function recorder() {
  const published: Envelope[] = [];
  const bus = (own: Bus): Bus => ({
    ...own,
    publish: async (events) => {
      await own.publish(events);
      published.push(...events);
    },
  });
  return { published, bus };
}

async function manyChanges(portal: Portal): Promise<void> {
  const noor = newPerson('Noor Haddad', { private: { name: 'Noor Haddad', email: 'noor@example.org', note: 'left-handed' } });
  const atlas = newProject('Atlas');
  const work = newAssignment(noor, atlas, 'lead');
  const leave = newTimeOff(noor, '2026-12-14', '2026-12-16', { private: { kind: 'surgery', note: null } });
  await portal.change([noor, atlas, work, leave]);
  await portal.change([{ do: 'change', kind: 'assignment', id: work.id, version: 1, patch: { hoursPerWeek: 16 } }]);
  await portal.change([{ do: 'delete', kind: 'timeOff', id: leave.id, version: 1 }]);
  await portal.client.ask('post', '/changes/2/undo', { as: aManager });
}

test('a restart answers the same records, history and undo, from a snapshot and what came after it', async () => {
  let portal = await aPortal({ snapshotEvery: 3 });
  try {
    await manyChanges(portal);
    const read = async () => {
      const paths = ['/people', '/projects', '/assignments', '/time-off', '/changes'];
      return Promise.all(paths.map(async (path) => (await portal.client.ask('get', path, { as: aManager })).body));
    };
    const before = await read();
    expect((await portal.store.log('changes').loadSnapshot())?.head).toBe(3);
    portal = await portal.restart();
    expect(await read()).toEqual(before);
    const undone = await portal.client.ask('post', '/changes/3/undo', { as: aManager });
    expect(undone).toMatchObject({ status: 201, body: { number: 5, items: [{ kind: 'timeOff', version: 5 }] } });
  } finally {
    await portal.close();
  }
});

test('one state event a touched record is published in the order of the log, without words about people', async () => {
  const { published, bus } = recorder();
  const portal = await aPortal({ bus });
  try {
    await manyChanges(portal);
    await until('seven events', () => published.length >= 7);
    const epoch = await portal.store.epoch();
    const entries = await portal.store.log<{ changes: { id: string }[] }>('changes').read(0, 100);
    const expected = entries.flatMap(({ number, entry }) => entry.changes.map(({ id }) => `${epoch}:${number}:${id}`));
    expect(published.map(({ id }) => id)).toEqual(expected);
    expect(published.map(({ sequence }) => sequence)).toEqual([1, 1, 1, 1, 2, 3, 4]);
    expect(JSON.stringify(published)).not.toMatch(/surgery|left-handed|noor@example/);
    expect(published[0]).toMatchObject({ type: 'staffing.person.changed.v1', data: { reason: 'created', deleted: false } });
    expect(published[5]).toMatchObject({ type: 'staffing.time-off.changed.v1', data: { reason: 'deleted', deleted: true, state: null } });
    expect(published[6]).toMatchObject({ data: { reason: 'undone', state: { hoursPerWeek: 8 } } });
  } finally {
    await portal.close();
  }
});

test('events that could not be published before a stop are published after the next start', async () => {
  const { published, bus } = recorder();
  const away = (own: Bus): Bus => ({ ...own, publish: async () => Promise.reject(new Error('the bus is away')) });
  let use = away;
  let portal = await aPortal({ bus: (own) => use(own) });
  try {
    await portal.change([newPerson('Noor Haddad')]);
    use = bus;
    portal = await portal.restart();
    await until('the event', () => published.length === 1, 15);
    expect(published[0]?.sequence).toBe(1);
  } finally {
    await portal.close();
  }
});

test('the snapshot for rebuilds holds every record and what was deleted', async () => {
  const portal = await aPortal();
  try {
    await manyChanges(portal);
    const got = await portal.client.ask<string>('get', '/changes/snapshot', { as: anOps });
    const lines = got.body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const events: Envelope[] = lines.slice(0, -1);
    expect(lines.at(-1)).toEqual({ end: 4 });
    expect(events.map(({ type, sequence, data }) => [type, sequence, data.deleted])).toEqual([
      ['staffing.person.changed.v1', 1, false],
      ['staffing.project.changed.v1', 1, false],
      ['staffing.assignment.changed.v1', 4, false],
      ['staffing.time-off.changed.v1', 3, true],
    ]);
    expect([...(await portal.staffing.snapshot())]).toEqual(events);
  } finally {
    await portal.close();
  }
});
