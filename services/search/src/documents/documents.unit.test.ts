import { expect, test } from '@jest/globals';
import type { Envelope } from '@sidekick/contracts';
import { noor } from '../testing/things.ts';
import { documentsOf } from './documents.ts';

test('a person is found by skills and employment, and not by a region, which may be another by the day of the question', () => {
  const data = { reason: 'changed', deleted: false, state: { ...noor, employment: 'freelance' } };
  const [found] = documentsOf({ type: 'staffing.person.changed.v1', data } as unknown as Envelope);
  expect(found).toMatchObject({ title: 'Noor Haddad', body: 'Postgres 4 · freelance', keywords: 'Postgres' });
  expect(JSON.stringify(found)).not.toContain('GB');
});
