import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, render } from '@testing-library/react';
import { isLive } from './is-live.ts';
import { makeRefetcher, useLive } from './live.ts';

class FakeSource {
  static readonly CLOSED = 2;
  static all: FakeSource[] = [];
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  closed = false;
  readyState = 1;
  constructor() {
    FakeSource.all.push(this);
  }
  close() {
    this.closed = true;
  }
}

let hidden = false;
beforeEach(() => {
  jest.useFakeTimers();
  FakeSource.all = [];
  follower.event.mockClear();
  follower.opened.mockClear();
  Object.assign(globalThis, { EventSource: FakeSource });
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
});
afterEach(() => {
  hidden = false;
  jest.useRealTimers();
});

const follower = { event: jest.fn(), opened: jest.fn() };
function Live() {
  useLive(true, follower);
  return null;
}
const show = (value: boolean) => {
  hidden = !value;
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
};

test('a burst of events is one refetch soon and one a while later, not one each', () => {
  const client = new QueryClient();
  const refetched = jest.spyOn(client, 'invalidateQueries');
  const refetcher = makeRefetcher(client, () => jest.now());
  for (let event = 0; event < 50; event++) refetcher.event('gateway.account.changed.v1');
  jest.advanceTimersByTime(100);
  expect(refetched).toHaveBeenCalledTimes(1);
  for (let event = 0; event < 50; event++) refetcher.event('gateway.account.changed.v1');
  jest.advanceTimersByTime(500);
  expect(refetched).toHaveBeenCalledTimes(1);
  jest.advanceTimersByTime(500);
  expect(refetched).toHaveBeenCalledTimes(2);
});

test("another person's save is refetched within a second; noise is not", () => {
  const client = new QueryClient();
  const refetched = jest.spyOn(client, 'invalidateQueries');
  render(
    <QueryClientProvider client={client}>
      <Live />
    </QueryClientProvider>,
  );
  const [source] = FakeSource.all;
  act(() => source?.onmessage?.({ data: 'not json' }));
  jest.advanceTimersByTime(1_000);
  expect(refetched).not.toHaveBeenCalled();
  act(() => source?.onmessage?.({ data: '{"type":"content.page.changed.v1","id":"x","version":4}' }));
  jest.advanceTimersByTime(1_000);
  expect(refetched.mock.calls.map(([filter]) => filter?.queryKey)).toEqual([['content'], ['search']]);
  refetched.mockClear();
  act(() => source?.onmessage?.({ data: '{"type":"staffing.assignment.changed.v1","id":"x","version":41}' }));
  jest.advanceTimersByTime(1_000);
  expect([follower.event.mock.calls, refetched.mock.calls]).toEqual([[[41]], []]);
});

test('what was read of content before the first stream began is read again, and not a second time', () => {
  const client = new QueryClient();
  const refetched = jest.spyOn(client, 'invalidateQueries');
  render(
    <QueryClientProvider client={client}>
      <Live />
    </QueryClientProvider>,
  );
  act(() => FakeSource.all[0]?.onopen?.());
  expect(refetched.mock.calls).toEqual([[{ queryKey: ['content'] }]]);
  act(() => FakeSource.all[0]?.onopen?.());
  expect(refetched).toHaveBeenCalledTimes(1);
});

test('a hidden tab closes its stream, and refetches what it shows when it is shown again', () => {
  const client = new QueryClient();
  const refetched = jest.spyOn(client, 'invalidateQueries');
  render(
    <QueryClientProvider client={client}>
      <Live />
    </QueryClientProvider>,
  );
  act(() => FakeSource.all[0]?.onopen?.());
  expect([isLive(), follower.opened.mock.calls]).toEqual([true, [[false]]]);
  refetched.mockClear();
  show(false);
  expect(isLive()).toBe(false);
  expect(FakeSource.all.map(({ closed }) => closed)).toEqual([true]);
  show(true);
  expect(FakeSource.all.length).toBe(2);
  act(() => FakeSource.all[1]?.onopen?.());
  expect(refetched).toHaveBeenCalledTimes(1);
  expect([isLive(), follower.opened.mock.calls]).toEqual([true, [[false], [true]]]);
});

test('a stream that was refused is asked for again, once, and not by a tab that was hidden meanwhile', () => {
  const client = new QueryClient();
  const { unmount } = render(
    <QueryClientProvider client={client}>
      <Live />
    </QueryClientProvider>,
  );
  const breakOff = (n: number, readyState: number) => {
    const source = FakeSource.all[n];
    if (source) source.readyState = readyState;
    act(() => source?.onerror?.());
  };
  const openedLater = () => {
    jest.advanceTimersByTime(20_000);
    return FakeSource.all.length;
  };
  breakOff(0, 0);
  expect(openedLater()).toBe(1);
  breakOff(0, FakeSource.CLOSED);
  expect(openedLater()).toBe(2);
  act(() => FakeSource.all[1]?.onopen?.());
  expect([isLive(), follower.opened.mock.calls]).toEqual([true, [[true]]]);
  breakOff(1, FakeSource.CLOSED);
  show(false);
  expect(openedLater()).toBe(2);
  show(true);
  expect(openedLater()).toBe(3);
  breakOff(2, FakeSource.CLOSED);
  unmount();
  expect(openedLater()).toBe(3);
});
