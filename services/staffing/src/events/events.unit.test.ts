import { expect, test } from '@jest/globals';
import { parseForPublish } from '@sidekick/contracts';
import { eventsOf } from './events.ts';

const epoch = '01JZZZZZZZZZZZZZZZZZ0EP0CH';
const [rate, budget, noor] = ['01JZZZZZZZZZZZZZZZZZRATE01', '01JZZZZZZZZZZZZZZZZZBDGT01', '01JZZZZZZZZZZZZZZZZZPERS01'];
const setOf = (...changes: object[]) =>
  ({
    number: 12,
    requestId: '01JZZZZZZZZZZZZZZZZZSET001',
    entry: { at: '2026-11-25T09:30:00.000Z', changes, redacts: null, undoes: null },
  }) as unknown as Parameters<typeof eventsOf>[1];
const aRate = { kind: 'rate', id: rate, before: null, after: { id: rate, person: noor, project: null, from: '2026-01-01', amount: 8_550 } };
const aBudget = { kind: 'budget', id: budget, before: null, after: { id: budget, project: noor, money: 734_512, hours: null } };

test('of rates and budgets one event is told a change set, and nothing of what they are', () => {
  const told = eventsOf(epoch, setOf(aRate, aBudget));
  expect(told).toMatchObject([{ type: 'staffing.for-managers.changed.v1', subject: 'managers', sequence: 12, data: {} }]);
  expect(told.map(parseForPublish)).toHaveLength(1);
  expect(JSON.stringify(told)).not.toMatch(new RegExp(`${rate}|${budget}|${noor}|8550|734512`));
});

test('of the settings, which are shown with them, the same is told', () => {
  const settings = { kind: 'settings', id: rate, before: null, after: { id: rate, currency: 'GBP', sample: false } };
  expect(eventsOf(epoch, setOf(settings)).map(({ type }) => type)).toEqual(['staffing.for-managers.changed.v1']);
});

test('a change set without them tells none', () => {
  const skill = { id: '01JZZZZZZZZZZZZZZZZZSKR001', name: 'Go', spellings: [], sample: false };
  const told = eventsOf(epoch, setOf({ kind: 'skill', id: skill.id, before: null, after: skill }));
  expect(told.map(({ type }) => type)).toEqual(['staffing.skill.changed.v1']);
});

test('what only a newer release knows is told to nobody', () => {
  const tender = { kind: 'tender', id: rate, before: null, after: { id: rate, hourly: 90 } };
  expect(eventsOf(epoch, setOf(tender))).toEqual([]);
  expect(eventsOf(epoch, setOf(tender, aBudget))).toHaveLength(1);
});
