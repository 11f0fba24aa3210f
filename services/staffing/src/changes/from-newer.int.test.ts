import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Bus } from '@sidekick/bus';
import type { Envelope } from '@sidekick/contracts';
import { aManager, anEngineer, until } from '@sidekick/testing';
import { ulid } from 'ulid';
import type { ChangeSet } from '../log/change-set.ts';
import { aPortal, newPerson, type Portal } from '../testing/harness.ts';

let portal: Portal;
let published: Envelope[];
const recording = (bus: Bus): Bus => ({
  ...bus,
  async publish(events) {
    published.push(...events);
    await bus.publish(events);
  },
});
beforeEach(async () => {
  published = [];
  portal = await aPortal({ snapshotEvery: 2, bus: recording });
});
afterEach(() => portal.close());

const ask = (method: string, path: string, body?: unknown, as = aManager) =>
  portal.client.ask<any>(method, path, { as, ...(body === undefined ? {} : { body }) });
const log = () => portal.store.log<ChangeSet>('changes');
const noor = newPerson('Noor Haddad');
const tender = { id: ulid(), person: noor.id, hourly: 90, private: { note: 'Asked for more' }, sample: false };

/** A kind of record that no release knows yet, written by one that does. */
async function aNewerReleaseWrites(number = 2, record: object = tender): Promise<void> {
  const entry = {
    ...{ at: '2026-11-30T10:00:00.000Z', account: aManager.account, accepted: [], undoes: null, of: 'a newer release' },
    changes: [{ kind: 'tender', id: tender.id, before: null, after: record, beside: 'what a change holds today' }],
    private: { name: 'Helena Prado', reason: 'Noor asked for it', warnings: [] },
  };
  await log().append({ number, requestId: ulid(), entry: entry as unknown as ChangeSet });
}

async function aLogOfBoth(): Promise<void> {
  await portal.change([noor]);
  await aNewerReleaseWrites();
  expect((await portal.change([newPerson('Ben Carter')])).body.number).toBe(3);
}

test('what only a newer release knows stands in the history, for managers alone, and cannot be taken back here', async () => {
  await aLogOfBoth();
  const { items } = (await ask('get', '/changes')).body;
  expect(items.map(({ number, summary }: any) => [number, summary])).toEqual([
    [3, 'Ben Carter: added'],
    [2, 'Something that a newer release made: added'],
    [1, 'Noor Haddad: added'],
  ]);
  const why = 'A newer release made this, and alone can take it back';
  expect(items[1]).toMatchObject({ changes: [{ kind: 'tender', before: null, after: tender }], undo: { possible: false, why } });
  expect((await ask('get', '/changes', undefined, anEngineer)).body.items.map(({ number }: any) => number)).toEqual([3, 1]);
  expect((await ask('get', '/changes/2', undefined, anEngineer)).status).toBe(404);
  const undone = await ask('post', '/changes/2/undo');
  expect([undone.status, undone.body.title]).toEqual([409, why]);
  expect((await ask('post', '/changes/3/undo')).status).toBe(201);
});

test('nobody is told of it, and the events behind it are sent', async () => {
  await aLogOfBoth();
  await until('all sent', async () => (await log().position()) === 3);
  expect(published.map(({ type, sequence }) => [type, sequence])).toEqual([
    ['staffing.person.changed.v1', 1],
    ['staffing.person.changed.v1', 3],
  ]);
  expect([...(await portal.staffing.snapshot())].map(({ subject }) => subject)).not.toContain(tender.id);
});

test('it holds in place whom it names, its id is taken, and it is kept through snapshots, starts and a redaction', async () => {
  await aLogOfBoth();
  const gone = await portal.change([{ do: 'delete', kind: 'person', id: noor.id, version: 1 }]);
  const usedBy = [{ kind: 'tender', id: tender.id, text: 'Something that a newer release made' }];
  expect(gone).toMatchObject({ status: 409, body: { usedBy } });
  expect((await portal.change([{ ...newPerson('Somebody'), id: tender.id }])).body.type).toBe('urn:sidekick:problem:id-used');
  expect((await portal.change([{ ...newPerson('Somebody'), kind: 'tender' }])).status).toBe(400);

  const left = { do: 'change', kind: 'person', id: noor.id, version: 1, patch: { contract: { to: '2026-11-29' } } };
  expect((await portal.change([left])).status).toBe(201);
  expect((await ask('post', `/people/${noor.id}/redact`, {})).status).toBe(201);
  const [entry] = await log().read(1, 1);
  expect(entry?.entry).toMatchObject({
    of: 'a newer release',
    private: { reason: null },
    changes: [{ after: tender, beside: expect.anything() }],
  });
  await portal.change([newPerson('Ines Costa')]);
  await portal.change([newPerson('Jonas Weber')]);
  portal = await portal.restart();
  const snapshot = await log().loadSnapshot();
  expect(snapshot?.head).toBeGreaterThan(5);
  expect(snapshot?.state).toMatchObject({ records: { tender: [{ version: 2, record: tender }] } });
  expect((await ask('get', `/changes?subject=${tender.id}`)).body.items).toMatchObject([{ number: 2, changes: [{ after: tender }] }]);
});

test('a redaction asks it for no reason, whatever it may keep beside what this release knows', async () => {
  await portal.change([noor]);
  const answered = { ...tender, private: { reason: 'Noor asked for it' } };
  await aNewerReleaseWrites(2, { ...tender, private: null });
  await aNewerReleaseWrites(3, answered);
  await portal.change([{ do: 'change', kind: 'person', id: noor.id, version: 1, patch: { contract: { to: '2026-11-29' } } }]);
  expect((await ask('post', `/people/${noor.id}/redact`, {})).status).toBe(201);
  expect((await log().read(2, 1))[0]?.entry).toMatchObject({ private: { reason: null }, changes: [{ after: answered }] });
});
