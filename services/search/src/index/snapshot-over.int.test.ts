import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Envelope } from '@sidekick/contracts';
import { identityHeader } from '@sidekick/service-kit';
import { testKeys, until } from '@sidekick/testing';
import { event, ids, page } from '../testing/things.ts';
import { snapshotOver } from './snapshot-over.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});
async function serverOf(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await until('a port', () => server.listening);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const states = [1, 2, 3].map((sequence) =>
  event('content.page.changed.v1', ids.migrations, sequence, page({ title: `Zürich ${sequence}` })),
);
const lines = (values: readonly unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');
const whole = lines([...states, { end: 3 }]);

async function over(urls: string[], patience = 20_000) {
  const { sign, verify } = await testKeys();
  return { snapshot: snapshotOver({ source: 'content', urls, path: '/pages/snapshot', sign, patience }), verify };
}
async function read(urls: string[], patience?: number): Promise<Envelope[]> {
  const { snapshot } = await over(urls, patience);
  const got: Envelope[] = [];
  for await (const state of snapshot.read(new AbortController().signal)) got.push(state);
  return got;
}

describe('snapshot over HTTP', () => {
  test('reads every state, whatever the pieces it comes in, with an identity of the role ops', async () => {
    const bytes = Buffer.from(whole);
    let token = '';
    const url = await serverOf((req, res) => {
      token = String(req.headers[identityHeader]);
      for (let at = 0; at < bytes.length; at += 7) res.write(bytes.subarray(at, at + 7));
      res.end();
    });
    const { snapshot, verify } = await over([url]);
    const got: Envelope[] = [];
    for await (const state of snapshot.read(new AbortController().signal)) got.push(state);
    expect(got).toEqual(states);
    expect(await verify(token)).toMatchObject({ roles: ['ops'], person: null });
  });

  test('drops fields that it does not know, as with events', async () => {
    const [state] = states;
    const url = await serverOf((_req, res) => res.end(lines([{ ...state, invented: 1 }, { end: 1 }])));
    expect(await read([url])).toEqual([state]);
  });

  test('passes over the states of what only a newer release of the owner has, and counts them', async () => {
    const newer = { ...states[1], type: 'staffing.unheard-of.changed.v1', data: { of: 'its own' } };
    const url = await serverOf((_req, res) => res.end(lines([states[0], newer, states[2], { end: 3 }])));
    expect(await read([url])).toEqual([states[0], states[2]]);
  });

  test.each([
    ['without its last line', lines(states), 'broke off after 3 states'],
    ['that lacks states', lines([...states.slice(1), { end: 3 }]), 'held 2 of 3 states'],
    ['cut within a line', whole.slice(0, 900), 'broke off'],
    ['of nothing at all', '', 'broke off after 0 states'],
  ])('takes no stream %s for the whole', async (_what, body, reason) => {
    const url = await serverOf((_req, res) => res.end(body));
    await expect(read([url])).rejects.toThrow(reason);
  });

  test('fails when the owner is lost in the middle', async () => {
    const url = await serverOf((_req, res) => {
      res.write(lines(states.slice(0, 2)));
      setImmediate(() => res.destroy());
    });
    await expect(read([url])).rejects.toThrow();
  });

  test('asks the next address when one does not answer or refuses, and another one first at the next reading', async () => {
    const asked: string[] = [];
    const named = (name: string, status: number) =>
      serverOf((_req, res) => {
        asked.push(name);
        res.writeHead(status).end(status === 200 ? whole : '');
      });
    const gone = await serverOf(() => {});
    servers.pop()?.close();
    const { snapshot } = await over([gone, await named('refuses', 503), await named('answers', 200)]);
    for (let reading = 0; reading < 3; reading += 1) {
      const got: Envelope[] = [];
      for await (const state of snapshot.read(new AbortController().signal)) got.push(state);
      expect(got).toHaveLength(3);
      asked.push('.');
    }
    expect(asked.join(' ')).toBe('refuses answers . refuses answers . answers .');
    await expect(read([gone])).rejects.toThrow('does not answer');
  });

  test('gives up an owner that says nothing more, but not one that waits for us', async () => {
    const silent = await serverOf((_req, res) => void res.write(lines(states.slice(0, 1))));
    await expect(read([silent], 200)).rejects.toThrow('no byte within 0.2 s');
    const url = await serverOf((_req, res) => res.end(whole));
    const { snapshot } = await over([url], 200);
    let count = 0;
    for await (const _state of snapshot.read(new AbortController().signal)) {
      count += 1;
      if (count === 1) await pause(500);
    }
    expect(count).toBe(3);
  });

  test('reads no faster than its states are used, and ends when told to', async () => {
    const line = lines(states.slice(0, 1));
    let written = 0;
    let closed = false;
    const url = await serverOf((_req, res) => {
      res.once('close', () => {
        closed = true;
      });
      const more = () => {
        while (!res.destroyed) {
          written += line.length;
          if (!res.write(line)) return void res.once('drain', more);
        }
      };
      more();
    });
    const { snapshot } = await over([url]);
    const stop = new AbortController();
    const reading = snapshot.read(stop.signal)[Symbol.asyncIterator]();
    await reading.next();
    let last = -1;
    await until('the owner to wait', async () => {
      const still = written === last;
      last = written;
      await pause(200);
      return still;
    });
    expect(written).toBeLessThan(50_000_000);
    stop.abort();
    await expect(
      (async () => {
        for (;;) await reading.next();
      })(),
    ).rejects.toThrow();
    await until('the answer given up', () => closed);
  });
});
