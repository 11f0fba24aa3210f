import { expect, test } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { renderRoutes } from '../testing/render.tsx';
import { Sheet } from './sheet.tsx';

function Screen() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        History
      </button>
      {open && (
        <Sheet title="Who changed what" onClose={() => setOpen(false)}>
          <button type="button">Undo</button>
        </Sheet>
      )}
    </>
  );
}

test('Escape closes a sheet and gives the focus back to what opened it', async () => {
  const { user } = renderRoutes([{ path: '/', element: <Screen /> }], '/');
  const opener = screen.getByRole('button', { name: 'History' });
  await user.click(opener);
  const inside = await screen.findByRole('button', { name: 'Undo' });
  inside.focus();
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(document.activeElement).toBe(opener);
});
