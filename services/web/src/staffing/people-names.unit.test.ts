import { expect, test } from '@jest/globals';
import { idOf } from '../testing/portal.ts';
import { aPerson } from '../testing/staffing.ts';
import { byId } from './lists.ts';
import { isHere, isolated, nameAmong } from './people-names.ts';

const private_ = (name: string, email: string | null = null) => ({ name, email, note: null });

test('two people of one name are told apart by the first thing that differs: mail, region, skill, else the id', () => {
  const named = (people: Parameters<typeof byId<ReturnType<typeof aPerson>>>[0]) => people.map((person) => nameAmong(person, byId(people)));
  const one = (id: number, over: Parameters<typeof aPerson>[2] = {}) => aPerson(idOf(id), 'Ana Silva', over);
  expect(named([one(1, { private: private_('Ana Silva', 'a@x.org') }), one(2, { private: private_('ana  silva', 'b@x.org') })])).toEqual([
    'Ana Silva (a@x.org)',
    'ana  silva (b@x.org)',
  ]);
  expect(named([one(1), one(2, { region: 'ES' })])).toEqual(['Ana Silva (PT)', 'Ana Silva (ES)']);
  expect(named([one(1), one(2)])).toEqual(['Ana Silva (0001)', 'Ana Silva (0002)']);
  expect(named([one(1), aPerson(idOf(3), 'Noor Haddad')])).toEqual(['Ana Silva', 'Noor Haddad']);
});

test('who has left is here until the last day of the contract', () => {
  const person = aPerson(idOf(1), 'Ana', { contract: { from: null, to: '2026-10-30' } });
  expect([isHere(person, '2026-10-30'), isHere(person, '2026-10-31')]).toEqual([true, false]);
});

test('a right-to-left name is isolated inside a sentence, any other is left as it is', () => {
  expect([isolated('נועה'), isolated('Zoë')]).toEqual(['\u2068נועה\u2069', 'Zoë']);
});
