import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { mongoStore } from '@sidekick/store/mongo';
import { aManager, describeWith, newAssignment } from '@sidekick/testing';
import { ulid } from 'ulid';
import { staffingSchema } from '../schema.ts';
import { aPortal, newPerson, newProject } from '../testing/harness.ts';

describeWith('mongo', "the staffing log on MongoDB's protocol", (url) => {
  test('of 50 writers on four processes who race for lead and sidekick of one person, one role wins', async () => {
    const database = `staffing-test-${randomUUID().slice(0, 8)}`;
    const portal = await aPortal({ openStore: () => mongoStore({ url, database, schema: staffingSchema }) });
    try {
      const clients = [portal.client, await portal.another(), await portal.another(), await portal.another()];
      const noor = newPerson('Noor Haddad');
      const atlas = newProject('Atlas');
      expect((await portal.change([noor, atlas])).status).toBe(201);
      const roles = Array.from({ length: 50 }, (_, index) => (index % 8 < 4 ? 'lead' : 'sidekick'));
      const answers = await Promise.all(
        roles.map(async (role, index) => {
          const body = { id: ulid(), commands: [newAssignment(noor, atlas, role, { hoursPerWeek: 0 })] };
          // On a slow machine some wait too long for their turn, and come again.
          for (;;) {
            const answer = await clients[index % 4]?.ask('post', '/changes', { as: aManager, body, headers: { 'staffing-head': '1' } });
            if (answer?.status !== 503) return answer;
          }
        }),
      );
      const won = roles.filter((_, index) => answers[index]?.status === 201);
      expect(new Set(won).size).toBe(1);
      expect(answers.filter((answer) => answer?.status === 409)).toHaveLength(50 - won.length);
      expect(await portal.store.log('changes').head()).toBe(won.length + 1);
      const lists = await Promise.all(
        clients.map((client) => client.ask('get', '/assignments', { as: aManager, headers: { 'staffing-head': String(won.length + 1) } })),
      );
      for (const { body } of lists) expect(body).toEqual(lists[0]?.body);
    } finally {
      await portal.close();
    }
  }, 60_000);
});
