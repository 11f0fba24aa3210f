import { describe, expect, test } from '@jest/globals';
import { newJob } from '@sidekick/jobs';
import { until } from '@sidekick/testing';
import { aPortal, signInFirstManager, signInInvited } from '../testing/browser.ts';
import { deliveryDef } from './deliveries.ts';
import { isSigned } from './testing/receiver.ts';
import { anEvent, webhooksStage } from './testing/stage.ts';
import { webhooksOf } from './webhooks.ts';

const { at, testWebhooks, deliveries, hook, last, publish, make, patch } = webhooksStage();

describe('a webhook', () => {
  test('gets another secret, and both sign for a day', async () => {
    const { id, secret: before } = await make();
    const { secret: now, oldSecretUntil } = (await at.manager.api('post', `/webhooks/${id}/secret`)).body;
    expect(Date.parse(oldSecretUntil) - Date.now()).toBeGreaterThan(86_000_000);
    const signedBy = async () => {
      await at.manager.api('post', `/webhooks/${id}/test`);
      const got = at.receiver.got.at(-1);
      return [before, now].map((secret) => got !== undefined && isSigned(got, secret));
    };
    expect(await signedBy()).toEqual([true, true]);
    at.ahead += 86_400_000;
    expect(await signedBy()).toEqual([false, true]);
    expect(JSON.stringify((await at.manager.api('get', '/webhooks')).body)).not.toContain('whsec_');
  });

  test('lies still once whoever it acts for may no longer, until somebody who may saves it', async () => {
    const ops = await signInInvited(at.portal, at.manager, ['ops'], 'ops@example.org');
    const { id } = await make({}, ops);
    const { account } = (await ops.api('get', '/me')).body;
    const accounts = (await at.manager.api('get', '/accounts')).body.items;
    const { version } = accounts.find((one: { id: string }) => one.id === account);
    const out = { body: { disabled: true }, headers: { 'if-match': `"${version}"` } };
    expect((await at.manager.api('patch', `/accounts/${account}`, out)).status).toBe(200);
    await publish(anEvent());
    await until('an empty queue', async () => (await at.portal.bus.depth('gateway.webhooks')) === 0);
    expect(await deliveries(id)).toEqual([]);
    expect((await hook(id)).stopped).toBe('owner');
    expect((await patch(id, { on: true })).body).toMatchObject({ stopped: null, by: { name: 'Helena Prado' } });
    await publish(anEvent());
    await until('it to arrive', () => at.receiver.got.length === 1);
  });

  test('of ops is not told of what managers alone are', async () => {
    const ops = await signInInvited(at.portal, at.manager, ['ops'], 'ops@example.org');
    const secretly = { events: ['staffing.for-managers.changed.v1'] };
    const body = { name: 'x', url: at.receiver.url, ...secretly };
    expect(await ops.api('post', '/webhooks', { body })).toMatchObject({
      status: 403,
      body: { type: 'urn:sidekick:problem:managers-only' },
    });
    const { id } = await make(secretly);
    // Taking it over would take its secrets over.
    expect((await patch(id, { name: 'mine' }, ops)).status).toBe(403);
    expect((await patch(id, { events: ['staffing.team.changed.v1'] }, ops)).status).toBe(200);
    expect((await patch(id, secretly, ops)).status).toBe(403);
  });

  test('is refused towards this machine and private networks, and a name that turns to one later sends nothing', async () => {
    const refused = async (url: string) =>
      (await at.manager.api('post', '/webhooks', { body: { name: 'x', url, events: ['staffing.team.changed.v1'] } })).body;
    for (const url of ['https://127.0.0.1/', 'https://localhost/', 'https://[::1]/', 'https://169.254.169.254/', 'http://example.org/']) {
      expect(await refused(url)).toMatchObject({ errors: [{ path: 'url' }] });
    }
    await at.portal.close();
    let address = '93.184.216.34';
    const resolve = async () => [{ address, family: 4 as const }];
    at.portal = await aPortal({ testWebhooks: { ...testWebhooks, resolve } });
    at.manager = await signInFirstManager(at.portal);
    const { port } = new URL(at.receiver.url);
    const { id } = await make({ url: `https://rebound.example:${port}/` });
    address = '127.0.0.1';
    await publish(anEvent());
    await until('a try', async () => (await last(id))?.tries === 1 && (await last(id)).state === 'waiting');
    expect((await last(id)).reason).toMatch(/this machine or a private network/);
    expect(at.receiver.got).toEqual([]);
  });

  test('is reached at the address that its name was resolved to, whatever the name stands for by then', async () => {
    await at.portal.close();
    const asked: string[] = [];
    const resolve = async (host: string) => {
      asked.push(host);
      return [{ address: '127.0.0.1', family: 4 as const }];
    };
    const { port } = new URL(at.receiver.url);
    at.portal = await aPortal({ config: { webhookHosts: ['chat.internal'] }, testWebhooks: { ...testWebhooks, resolve } });
    at.manager = await signInFirstManager(at.portal);
    const { id } = await make({ url: `http://chat.internal:${port}/x` });
    expect((await at.manager.api('post', `/webhooks/${id}/test`)).body).toMatchObject({ state: 'taken' });
    expect(at.receiver.got[0]?.headers.host).toBe(`chat.internal:${port}`);
    expect(asked).toEqual(['chat.internal', 'chat.internal']);
  });

  test('keeps the newest thousand of what was sent, and nothing that ended 30 days ago', async () => {
    const { id } = await make();
    const all = at.portal.store.collection(deliveryDef);
    const ended = (n: number, daysAgo: number) => {
      const now = new Date(Date.now() - daysAgo * 86_400_000 - n * 1_000);
      const input = { event: `e${n}`, type: 'staffing.project.changed.v1', subject: 's', body: '{}', replay: false };
      const job = newJob<typeof input, never>({ _id: `e${n}~${id}`, input, by: 'an event', key: id }, now);
      return { ...job, state: 'done' as const, endedAt: now.getTime(), endedDay: now.toISOString().slice(0, 10) };
    };
    const docs = [...Array.from({ length: 1_003 }, (_, n) => ended(n, 0)), ended(9_999, 32)];
    await all.writeMany(docs.map((doc) => ({ do: 'insert', doc })));
    const accounts = { get: async () => null, byIds: async () => new Map() };
    await webhooksOf({ store: at.portal.store, accounts, allowed: [], trouble: () => undefined }).sweep();
    const left: string[] = [];
    for await (const { doc } of all.scan()) if (doc) left.push(doc.input.event);
    expect(left).toHaveLength(1_000);
    expect(['e1000', 'e1001', 'e1002', 'e9999'].filter((event) => left.includes(event))).toEqual([]);
  });

  test('goes with all that was sent to it', async () => {
    const { id } = await make();
    await publish(anEvent());
    await until('it to arrive', async () => (await last(id))?.state === 'taken');
    expect((await at.manager.api('delete', `/webhooks/${id}`)).status).toBe(204);
    expect((await at.manager.api('get', `/webhooks/${id}/deliveries`)).status).toBe(404);
    expect((await at.manager.api('get', '/webhooks')).body.items).toEqual([]);
    const { items } = (await at.manager.api('get', '/webhooks/deeds')).body;
    expect(items.map(({ did }: { did: string }) => did)).toEqual(['removed', 'made']);
  });

  test('that somebody else has changed meanwhile is not saved over', async () => {
    const { id, version } = await make();
    expect((await patch(id, { name: 'theirs' })).status).toBe(200);
    const late = await at.manager.api('patch', `/webhooks/${id}`, { body: { name: 'mine' }, headers: { 'if-match': `"${version}"` } });
    expect(late).toMatchObject({ status: 412, body: { current: { name: 'theirs', version: version + 1 } } });
  });

  test('forgets what it was told of somebody who is anonymised', async () => {
    const person = anEvent('staffing.person.changed.v1');
    const { id } = await make({ events: ['staffing.person.changed.v1'] });
    await publish(person);
    await until('it to arrive', async () => (await last(id))?.state === 'taken');
    const gone = { reason: 'redacted', deleted: true, state: null };
    await publish(anEvent('staffing.person.changed.v1', { subject: person.subject, sequence: person.sequence + 1, data: gone as never }));
    await until('both', async () => (await deliveries(id)).length === 2);
    await until('the end', async () => (await at.portal.bus.depth('gateway.webhooks')) === 0);
    const first = encodeURIComponent((await deliveries(id))[1].id);
    expect(await at.manager.api('post', `/webhooks/${id}/deliveries/${first}/replay`)).toMatchObject({
      status: 409,
      body: { type: 'urn:sidekick:problem:anonymised' },
    });
  });
});
