import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { CalendarItem, Identity } from '@sidekick/contracts';
import { aManager, anEngineer, anOps } from '@sidekick/testing';
import { ulid } from 'ulid';
import { aPortal, newPerson, type Portal } from '../../testing/harness.ts';
import { createCalendarReader } from './reading.ts';
import { days, ics } from './testing/ics.ts';

const mail = (email: string | null, name: string) => ({ name, email, note: null });
let portal: Portal;
let noor: ReturnType<typeof newPerson>;
let ben: ReturnType<typeof newPerson>;
let asNoor: Identity;
beforeEach(async () => {
  portal = await aPortal();
  noor = newPerson('Noor Haddad', { timeZone: 'Europe/Berlin', private: mail('noor@example.org', 'Noor Haddad') });
  ben = newPerson('Ben Carter', { private: mail(null, 'Ben Carter') });
  asNoor = { ...anEngineer, person: noor.id };
  expect(await portal.change([noor, ben])).toMatchObject({ status: 201 });
});
afterEach(() => portal.close());

const christmas = days('xmas', '2026-12-24', '2027-01-01');
const bytes = (text: string) => Buffer.from(text).toString('base64');
const bodyOf = (text: string, over: object = {}) => ({ file: { name: 'leave.ics', bytes: bytes(text) }, person: null, ...over });
const preview = async (text: string, as: Identity = asNoor, over: object = {}) =>
  portal.client.ask<any>('post', '/calendars/preview', { as, body: bodyOf(text, over) });
interface Left {
  without?: string[];
  remove?: string[];
  people?: object[];
}
async function bring(text: string, as: Identity = asNoor, { without = [], remove = [], ...over }: Left = {}) {
  const { digest } = (await preview(text, as, over)).body;
  return portal.client.ask<any>('post', '/calendars/import', { as, body: bodyOf(text, { id: ulid(), digest, without, remove, ...over }) });
}
const leave = async () =>
  (await portal.client.ask<any>('get', '/time-off?limit=200', { as: aManager })).body.items.sort((a: any, b: any) =>
    a.from < b.from ? -1 : 1,
  );
const shown = async () => (await leave()).map(({ from, to, state }: any) => `${from} – ${to} ${state}`);
const told = async (...of: Parameters<typeof preview>) => (await preview(...of)).body.told.map(({ why }: any) => why);
const head = async () => (await portal.client.ask<any>('get', '/changes', { as: aManager })).body.items[0].number;

describe('leave out of a calendar', () => {
  test('is shown before anything is written, and then one change set of requests', async () => {
    const text = ics(christmas, days('feb', '2027-02-01', '2027-02-02'));
    const { status, body } = await preview(text);
    expect([status, body.items.map(({ what, uid, from, to }: CalendarItem) => [what, uid, from, to])]).toEqual([
      200,
      [
        ['new', 'xmas', '2026-12-24', '2026-12-31'],
        ['new', 'feb', '2027-02-01', '2027-02-01'],
      ],
    ]);
    expect([await leave(), await head()]).toEqual([[], 1]);
    expect((await bring(text)).body).toEqual({ number: 2, made: 2, changed: 0, removed: 0 });
    expect(await shown()).toEqual(['2026-12-24 – 2026-12-31 requested', '2027-02-01 – 2027-02-01 requested']);
    expect((await leave())[0]).toMatchObject({ person: noor.id, private: { kind: null, note: null } });
  });

  test('brought in again makes nothing twice, and what changed in the calendar changes here alone', async () => {
    await bring(ics(christmas, days('feb', '2027-02-01', '2027-02-02')));
    expect((await bring(ics(christmas, days('feb', '2027-02-01', '2027-02-02')))).body).toMatchObject({ number: null, made: 0 });
    const moved = ics(christmas, days('feb', '2027-02-01', '2027-02-04'));
    expect((await preview(moved)).body.items.map(({ what, before }: CalendarItem) => [what, before?.to])).toEqual([
      ['same', undefined],
      ['changed', '2027-02-01'],
    ]);
    expect((await bring(moved)).body).toEqual({ number: 3, made: 0, changed: 1, removed: 0 });
    expect(await shown()).toEqual(['2026-12-24 – 2026-12-31 requested', '2027-02-01 – 2027-02-03 requested']);
  });

  test('of an event that is gone is offered for removal, and removed where that is said', async () => {
    await bring(ics(christmas, days('feb', '2027-02-01', '2027-02-02')));
    const { vanished } = (await preview(ics(christmas))).body;
    expect(vanished).toMatchObject([{ person: noor.id, from: '2027-02-01', to: '2027-02-01' }]);
    await bring(ics(christmas));
    expect(await shown()).toHaveLength(2);
    expect((await bring(ics(christmas), asNoor, { remove: [vanished[0].id] })).body).toMatchObject({ removed: 1 });
    expect(await shown()).toEqual(['2026-12-24 – 2026-12-31 requested']);
    expect((await preview(ics(christmas))).body.vanished).toEqual([]);
  });

  test('that was changed, declined or removed here stays as it is here', async () => {
    await bring(ics(christmas, days('feb', '2027-02-01', '2027-02-02'), days('mar', '2027-03-01', '2027-03-02')));
    const [first, second, third] = await leave();
    const of = ({ id, version }: any) => ({ kind: 'timeOff', id, version });
    const changes = [
      { do: 'change', ...of(first), patch: { to: '2026-12-28' } },
      { do: 'change', ...of(second), patch: { state: 'declined' } },
      { do: 'delete', ...of(third) },
    ];
    expect(await portal.change(changes)).toMatchObject({ status: 201 });
    const later = ics(
      days('xmas', '2026-12-24', '2027-01-02'),
      days('feb', '2027-02-01', '2027-02-05'),
      days('mar', '2027-03-01', '2027-03-02'),
    );
    expect(await told(later)).toEqual(['changed-here', 'declined-here', 'removed-here']);
    const { items } = (await preview(later)).body;
    expect(items.map(({ uid, what }: CalendarItem) => [uid, what])).toEqual([['mar', 'new']]);
    await bring(later, asNoor, { without: [items[0].key] });
    expect(await shown()).toEqual(['2026-12-24 – 2026-12-28 requested', '2027-02-01 – 2027-02-01 declined']);
  });

  test('a person’s approved leave is not moved by their calendar', async () => {
    await bring(ics(christmas));
    const [{ id, version }] = await leave();
    await portal.change([{ do: 'change', kind: 'timeOff', id, version, patch: { state: 'approved' } }]);
    const moved = ics(days('xmas', '2026-12-24', '2027-01-08'));
    expect(await told(moved)).toEqual(['approved-already']);
    expect((await preview(ics(days('other', '2027-05-01', '2027-05-02')))).body.vanished).toEqual([]);
  });

  test('of many people is theirs by e-mail or name when a manager brings it in, and approved', async () => {
    const text = ics(
      days('a', '2026-12-01', '2026-12-02', 'ATTENDEE;CN=Noor:mailto:NOOR@example.org'),
      ['UID:b', 'SUMMARY:Urlaub Ben Carter', 'DTSTART;VALUE=DATE:20261202'],
      ['UID:c', 'SUMMARY:Benjamin Carterson', 'DTSTART;VALUE=DATE:20261203'],
      ['UID:d', 'SUMMARY:Ben Carter and Noor Haddad', 'DTSTART;VALUE=DATE:20261204'],
    );
    expect(await told(text, aManager)).toEqual(['nobody', 'two-people']);
    const people = [{ uid: 'c', person: ben.id }];
    expect((await bring(text, aManager, { people })).body).toMatchObject({ made: 3 });
    expect((await leave()).map(({ person, from, state }: any) => [person, from, state])).toEqual([
      [noor.id, '2026-12-01', 'approved'],
      [ben.id, '2026-12-02', 'approved'],
      [ben.id, '2026-12-03', 'approved'],
    ]);
  });

  test('is one’s own: nobody brings in that of others but a manager', async () => {
    const text = ics(christmas);
    expect((await preview(text, asNoor, { person: ben.id })).status).toBe(403);
    expect((await preview(text, asNoor, { people: [{ uid: 'xmas', person: ben.id }] })).status).toBe(403);
    expect((await preview(text, anOps)).status).toBe(403);
    expect((await preview(text, { ...anEngineer, person: null })).body.type).toBe('urn:sidekick:problem:no-person');
    expect((await preview(text, aManager, { person: ulid() })).status).toBe(400);
  });

  test('is what was shown, or refused: what changed meanwhile is looked at again', async () => {
    const text = ics(christmas);
    const { digest } = (await preview(text)).body;
    await bring(text);
    const body = bodyOf(text, { id: ulid(), digest });
    expect(await portal.client.ask('post', '/calendars/import', { as: asNoor, body })).toMatchObject({
      ...{ status: 409, body: { type: 'urn:sidekick:problem:other-preview' } },
    });
  });

  test('sent twice under one id is done once, and says the same', async () => {
    const text = ics(christmas);
    const body = bodyOf(text, { id: ulid(), digest: (await preview(text)).body.digest });
    const send = async () => (await portal.client.ask<any>('post', '/calendars/import', { as: asNoor, body })).body;
    expect([await send(), await send()]).toEqual([
      { number: 2, made: 1, changed: 0, removed: 0 },
      { number: 2, made: 1, changed: 0, removed: 0 },
    ]);
  });

  test('holds the events whose name has a word, from a day on', async () => {
    const text = ics(christmas, ['UID:b', 'SUMMARY:Stand-up', 'DTSTART:20261201T090000']);
    expect(await told(text, asNoor, { words: ['LEAVE'] })).toEqual(['other-words']);
    expect(await told(text, asNoor, { from: '2027-01-01' })).toContain('past');
  });

  test('that went out by a feed of this portal does not come back', async () => {
    await bring(ics(christmas));
    const [{ id }] = await leave();
    expect(await told(ics(days(`${id}@sidekick`, '2026-12-24', '2027-01-01')))).toEqual(['own-feed']);
  });

  test('a calendar that is none, or that takes too long, is refused in words and harms nobody', async () => {
    expect((await preview('<html>')).body).toEqual({ refused: 'not-a-calendar', words: expect.stringContaining('.ics') });
    const endless = ics(
      ...Array.from({ length: 400 }, (_, n) => [`UID:${n}`, 'DTSTART:19000101T000000', 'RRULE:FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30']),
    );
    expect((await preview(endless)).body).toMatchObject({ refused: 'too-costly' });
    expect((await preview(ics(christmas))).body.items).toHaveLength(1);
  });

  test('one calendar of an account is read at a time, and few wait', async () => {
    const reader = createCalendarReader();
    const file = { bytes: Buffer.from(ics(christmas)), from: '2026-11-30', today: '2026-11-30' };
    const done = await Promise.allSettled(Array.from({ length: 12 }, () => reader.read(file, 'one')));
    await reader.close();
    expect(done.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(5);
  });
});
