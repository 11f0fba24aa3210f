import type { ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type EventType, topology } from '@sidekick/contracts';
import { aManager, anEngineer } from '@sidekick/testing';
import type { Caller } from '../sessions/callers.ts';
import { streamsOf } from './streams.ts';

/** As much of a response as a stream uses. */
function aResponse() {
  const sent: string[] = [];
  const res = Object.assign(new PassThrough(), { writeHead: () => res, sent });
  res.write = ((text: string) => sent.push(text) > 0) as typeof res.write;
  return res as unknown as ServerResponse & { sent: string[] };
}

const caller: Caller = { by: 'session', key: 'k', identity: anEngineer, signed: 's', sample: false, expiresAt: null };
const event = (type: string) => ({ type: type as EventType, subject: 'x', sequence: 2 });

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('streams', () => {
  test('tell nobody of an event that has no rights to it', () => {
    const streams = streamsOf({ again: async (who) => [...who] });
    const res = aResponse();
    streams.open(caller, res);
    streams.tell(event('gateway.account.changed.v1'));
    expect(res.sent).toEqual(['retry: 2000\n\n']);
    streams.tell(event('content.page.changed.v1'));
    expect(res.sent).toHaveLength(2);
  });

  test('tell managers alone of what is theirs', () => {
    const streams = streamsOf({ again: async (who) => [...who] });
    const [manager, engineer] = [aResponse(), aResponse()];
    streams.open({ ...caller, identity: aManager }, manager);
    streams.open(caller, engineer);
    streams.tell(event('staffing.for-managers.changed.v1'));
    expect([manager.sent.length, engineer.sent.length]).toEqual([2, 1]);
  });

  test('tell of every event that the gateway hears of', () => {
    const streams = streamsOf({ again: async (who) => [...who] });
    const res = aResponse();
    streams.open({ ...caller, identity: aManager }, res);
    const heard = topology['gateway.live'].events;
    for (const type of heard) streams.tell(event(type));
    const told = res.sent.slice(1).map((line) => JSON.parse(line.slice(line.indexOf('{'))).type);
    expect(told).toEqual([...heard]);
  });

  test('beat every 20 s, and end within a second when their caller may not ask any more', async () => {
    let now: Caller | null = caller;
    const streams = streamsOf({ again: async (who) => who.map(() => now) });
    streams.start();
    const res = aResponse();
    streams.open(caller, res);
    await jest.advanceTimersByTimeAsync(31_000);
    expect(res.sent).toContain(': here\n\n');
    expect(res.writableEnded).toBe(false);
    now = null;
    await jest.advanceTimersByTimeAsync(1_000);
    expect(res.writableEnded).toBe(true);
    expect(streams.count()).toBe(0);
    streams.stop();
  });

  test('end, all of them, when rights cannot be checked', async () => {
    const streams = streamsOf({ again: () => Promise.reject(new Error('store')) });
    streams.start();
    const res = aResponse();
    streams.open(caller, res);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(res.writableEnded).toBe(true);
    streams.stop();
  });

  test('go on while a store is slow, and end when one that hangs has not answered for as long as it may', async () => {
    let answer: () => Promise<Caller[]> = () => Promise.reject(new Error('store'));
    const streams = streamsOf({ again: () => answer() });
    streams.start();
    const res = aResponse();
    streams.open(caller, res);
    await jest.advanceTimersByTimeAsync(3_500);
    answer = async () => [caller];
    await jest.advanceTimersByTimeAsync(500);
    answer = () => new Promise((resolve) => setTimeout(() => resolve([caller]), 3_500));
    await jest.advanceTimersByTimeAsync(20_000);
    expect(res.writableEnded).toBe(false);
    answer = () => new Promise(() => undefined);
    await jest.advanceTimersByTimeAsync(8_500);
    expect(res.writableEnded).toBe(true);
    streams.stop();
  });

  test('end one after another when something was missed, also when it is told again meanwhile; who came since stays', async () => {
    const streams = streamsOf({ again: async (who) => [...who] });
    const opened = Array.from({ length: 20 }, () => aResponse());
    const ended = () => opened.filter(({ writableEnded }) => writableEnded).length;
    for (const [n, res] of opened.entries()) streams.open({ ...caller, identity: { ...anEngineer, account: `account-${n}` } }, res);
    streams.missed();
    await jest.advanceTimersByTimeAsync(50);
    expect([ended() > 0, ended() < 10]).toEqual([true, true]);
    streams.missed();
    await jest.advanceTimersByTimeAsync(50);
    const since = aResponse();
    streams.open(caller, since);
    expect(ended()).toBeLessThan(20);
    await jest.advanceTimersByTimeAsync(5_000);
    expect([ended(), since.writableEnded, streams.count()]).toEqual([20, false, 1]);
    streams.missed();
    streams.stop();
    await jest.advanceTimersByTimeAsync(1_000);
    expect([since.writableEnded, jest.getTimerCount()]).toEqual([true, 0]);
  });

  test('cut off a reader who does not read', () => {
    const streams = streamsOf({ again: async (who) => [...who] });
    const res = aResponse();
    streams.open(caller, res);
    Object.defineProperty(res, 'writableLength', { value: 2_000_000 });
    streams.tell(event('content.page.changed.v1'));
    expect(res.writableEnded).toBe(true);
  });
});
