import { beforeEach, expect, test } from '@jest/globals';
import type { ChangeSetView } from '@sidekick/contracts';
import { configure, screen, waitFor } from '@testing-library/react';
import { renderRoutes } from '../testing/render.tsx';
import { aChange, aStaffing, jonas } from '../testing/staffing.ts';
import { clearToasts } from '../ui/toast.tsx';
import { useUndoKeys } from './use-undo-redo.ts';

configure({ asyncUtilTimeout: 30_000 });
beforeEach(() => {
  document.getElementById('sk-spoken')?.replaceChildren();
  clearToasts();
});

/** A notice, of which the words are spoken as well. */
const told = (words: string) => screen.findByText(words, { selector: '.toast *' });

function Keys() {
  useUndoKeys(true);
  return <input aria-label="a field" />;
}

/** A portal that holds these change sets, and a screen of staffing that is opened on it for the first time. */
function open(sets: ChangeSetView[]) {
  const { portal } = aStaffing();
  let held = sets;
  portal.set('GET /changes', () => ({ body: { items: held, nextCursor: null } }));
  for (const { number } of sets) {
    portal.set(`POST /changes/${number}/undo`, () => {
      const next = aChange((held[0]?.number ?? 0) + 1, { undoes: number });
      held = [next, ...held.map((one) => (one.number === number ? { ...one, undoneBy: next.number } : one))];
      return { status: 201, body: { number: next.number, items: [], warnings: [] } };
    });
  }
  const undone = () => portal.asked.filter(({ path }) => path.endsWith('/undo')).map(({ path }) => path);
  return { portal, ...renderRoutes([{ path: '/people', element: <Keys /> }], '/people'), undone };
}

test('Ctrl Z undoes the newest own change on any screen, also one that was not made here; each press one more, and a field keeps the keys', async () => {
  const { user, undone } = open([aChange(3, { by: { account: jonas, name: 'Jonas' } }), aChange(2), aChange(1)]);
  await user.keyboard('{Control>}zz{/Control}');
  await waitFor(() => expect(undone()).toEqual(['/changes/2/undo', '/changes/1/undo']));
  await told('Undone: Change 1');
  await user.type(screen.getByLabelText('a field'), '{Control>}z{/Control}');
  expect(undone()).toHaveLength(2);
});

test('Ctrl Shift Z, and Cmd Shift Z, do it again', async () => {
  const sets = [aChange(3, { undoes: 2, summary: 'Undo of 2' }), aChange(2, { undoneBy: 3 })];
  const { user, undone } = open(sets);
  await user.keyboard('{Meta>}{Shift>}Z{/Shift}{/Meta}');
  await waitFor(() => expect(undone()).toEqual(['/changes/3/undo']));
  await told('Done again: Change 2');
});

test('what was told of a change goes when the change does', async () => {
  const { user, portal } = open([aChange(2), aChange(1)]);
  portal.set('POST /changes/3/undo', { status: 201, body: { number: 4, items: [], warnings: [] } });
  await user.keyboard('{Control>}z{/Control}');
  await told('Undone: Change 2');
  await user.keyboard('{Control>}{Shift>}Z{/Shift}{/Control}');
  await told('Done again: Change 2');
  expect(screen.queryByText('Undone: Change 2', { selector: '.toast *' })).toBeNull();
});

test('what somebody else has changed since is left as it is: who and what is said, and the one before is offered', async () => {
  const theirs = aChange(3, { by: { account: jonas, name: 'Jonas Weber' }, summary: 'Ana Duarte lead on Atlas, 16 h a week' });
  const undo = { possible: false, why: 'Changed again since by change set 3', changedBy: [3] };
  const { user, undone } = open([theirs, aChange(2, { undo, summary: 'Ana Duarte lead on Atlas, 24 h a week' }), aChange(1)]);
  await user.keyboard('{Control>}z{/Control}');
  await told('This cannot be undone: Ana Duarte lead on Atlas, 24 h a week');
  await told('Jonas Weber changed it since: “Ana Duarte lead on Atlas, 16 h a week”');
  expect(undone()).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Undo the one before' }));
  await waitFor(() => expect(undone()).toEqual(['/changes/1/undo']));
});

test('a key that is held undoes one, and an own change is found behind any number of others', async () => {
  const others = Array.from({ length: 50 }, (_, n) => aChange(60 - n, { by: { account: jonas, name: 'Jonas' } }));
  const { user, undone, portal } = open(others);
  portal.set('GET /changes', ({ query }) => ({
    body: { items: query.has('by') && undone().length === 0 ? [aChange(2), aChange(1)] : others, nextCursor: null },
  }));
  portal.set('POST /changes/2/undo', { status: 201, body: { number: 61, items: [], warnings: [] } });
  await user.keyboard('{Control>}{z>3/}{/Control}');
  await told('Undone: Change 2');
  expect([undone(), portal.last('GET', '/changes')?.query.get('by')]).toEqual([['/changes/2/undo'], aChange(1).by.account]);
});

test('who has nothing to undo or to do again is told so', async () => {
  const { user } = open([]);
  await user.keyboard('{Control>}z{/Control}');
  await told('You have nothing to undo');
  await user.keyboard('{Control>}y{/Control}');
  await told('You have nothing to do again');
});
