import { expect, jest, test } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { renderRoutes } from '../testing/render.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { RangeField } from './date-fields.tsx';

function Form() {
  const [text, setText] = useState('');
  return <RangeField label="Days" text={text} onText={setText} today="2026-11-30" />;
}

test('Enter says at the field what is wrong with the days, though the focus stays there', async () => {
  const { user } = renderRoutes([{ path: '/', element: <Form /> }], '/');
  await user.type(screen.getByLabelText('Days'), '7 dec - 4 dec');
  expect(screen.queryByText(/The end is before the start/)).toBeNull();
  await user.keyboard('{Enter}');
  expect(screen.getByText(/The end is before the start/)).toBeTruthy();
});

test('Escape in the calendar closes the calendar, and the form stays', async () => {
  const close = jest.fn();
  const form = (
    <Sheet title="Leave" onClose={close}>
      <Form />
    </Sheet>
  );
  const { user } = renderRoutes([{ path: '/', element: form }], '/');
  await user.click(await screen.findByRole('button', { name: 'Pick days' }));
  const day = await screen.findByRole('button', { name: '30 November 2026' });
  day.focus();
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('button', { name: '30 November 2026' })).toBeNull());
  expect(close).not.toHaveBeenCalled();
});
