import { expect, test } from '@jest/globals';
import { byId } from '../../staffing/lists.ts';
import { ana, aPerson, aProject, atlas } from '../../testing/staffing.ts';
import { assignDraft, readDraft, slotFor } from './assign-draft.ts';

test('an open assignment from 29 February asks for candidates of days that there are', () => {
  const records = { people: byId([aPerson(ana, 'Ana Duarte')]), projects: byId([aProject(atlas, 'Atlas', { to: null })]), assignments: [] };
  const named = { ...records, timeOff: [] };
  const draft = assignDraft(null, { project: atlas, from: '2028-02-29', to: null }, '2028-02-01', named);
  expect(slotFor(draft, readDraft(draft, '2028-02-01', named))).toMatchObject({ from: '2028-02-29', to: '2030-02-25' });
});
