import { expect, test } from '@jest/globals';
import { screen } from '@testing-library/react';
import { idOf } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { aChange, aStaffing } from '../../testing/staffing.ts';
import { HistorySheet } from './history-sheet.tsx';

test('what a newer release made stands in the history between what this one knows, and cannot be taken back', async () => {
  const { portal } = aStaffing();
  const why = 'A newer release made this, and alone can take it back';
  const newer = aChange(2, {
    summary: 'Something that a newer release made: added',
    changes: [{ kind: 'rate', id: idOf(60), before: null, after: {} }],
    undo: { possible: false, why, changedBy: [] },
  });
  portal.set('GET /changes', { body: { items: [aChange(3), newer, aChange(1)], nextCursor: null } });
  renderRoutes([{ path: '/', element: <HistorySheet canEdit onClose={() => undefined} /> }], '/');
  await screen.findByText('Something that a newer release made: added');
  expect(screen.getByText('overtaken').getAttribute('title')).toBe(why);
  expect(screen.getAllByRole('button', { name: /^Undo: / })).toHaveLength(2);
});
