import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { aManager, type Client, newAssignment } from '@sidekick/testing';
import { ulid } from 'ulid';
import { aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';

let portal: Portal;
beforeEach(async () => {
  portal = await aPortal();
});
afterEach(() => portal.close());

describe('two processes on one log', () => {
  test('of 50 writers who race for lead and sidekick of one person, one role wins and the other is refused', async () => {
    const other = await portal.another();
    const noor = newPerson('Noor Haddad');
    const atlas = newProject('Atlas');
    await portal.change([noor, atlas]);
    const send = (client: Client, role: string) =>
      client.ask('post', '/changes', {
        as: aManager,
        body: { id: ulid(), commands: [newAssignment(noor, atlas, role, { hoursPerWeek: 0 })] },
        headers: { 'staffing-head': '1' },
      });
    const roles = Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? 'lead' : 'sidekick'));
    const answers = await Promise.all(roles.map((role, index) => send(index % 4 < 2 ? portal.client : other, role)));
    const won = new Set(roles.filter((_, index) => answers[index]?.status === 201));
    expect(won.size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(25);
    const refused = answers.filter(({ status }) => status === 409);
    expect(refused).toHaveLength(25);
    for (const { body } of refused) expect(body.broken).toMatchObject([{ code: 'sidekick-leads' }]);
    const numbers = answers.filter(({ status }) => status === 201).map(({ body }) => body.number);
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, index) => index + 2));
  });

  test('of 50 writers who read the same version one wins and the others are told what is stored', async () => {
    const other = await portal.another();
    const noor = newPerson('Noor Haddad');
    await portal.change([noor]);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        (index % 2 ? other : portal.client).ask('patch', `/people/${noor.id}`, {
          as: aManager,
          body: { private: { note: `note ${index}` } },
          headers: { 'if-match': '"1"', 'staffing-head': '1' },
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const stale = answers.filter(({ status }) => status === 412);
    expect(stale).toHaveLength(49);
    const winner = answers.find(({ status }) => status === 200)?.body;
    for (const { body } of stale) expect(body.current).toEqual(winner);
  });

  test('one request sent twice at once is committed once', async () => {
    const other = await portal.another();
    const body = { id: ulid(), commands: [newPerson('Noor Haddad')] };
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => (index % 2 ? other : portal.client).ask('post', '/changes', { as: aManager, body })),
    );
    for (const answer of answers) expect(answer).toMatchObject({ status: 201, body: { number: 1 } });
    expect(await portal.store.log('changes').head()).toBe(1);
  });

  test('a reader who names the head of a write made elsewhere sees that write', async () => {
    const other = await portal.another();
    for (let round = 0; round < 10; round++) {
      const person = newPerson(`Person ${round}`);
      const { headers } = await portal.change([person]);
      const head = headers.get('staffing-head') ?? '';
      const seen = await other.ask('get', `/people/${person.id}`, { as: aManager, headers: { 'staffing-head': head } });
      expect(seen.status).toBe(200);
      expect(Number(seen.headers.get('staffing-head'))).toBeGreaterThanOrEqual(Number(head));
    }
  });
});
