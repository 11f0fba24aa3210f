import { expect, jest, test } from '@jest/globals';
import { Popover } from '@mantine/core';
import { render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { renderRoutes } from '../testing/render.tsx';
import { Ui } from '../ui/mantine.tsx';
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

test('a press in the calendar is none outside of what it opened from', async () => {
  const close = jest.fn();
  // As in a browser: what opens hangs beside the page, not in what opened it.
  render(
    <Ui>
      <Popover opened onChange={close} withinPortal>
        <Popover.Target>
          <button type="button">Ask</button>
        </Popover.Target>
        <Popover.Dropdown data-testid="asked">
          <Form />
        </Popover.Dropdown>
      </Popover>
    </Ui>,
  );
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Pick days' }));
  // Nothing has a place in jsdom, for which what opens is hidden once it is placed.
  const dayOf = (name: string) => screen.findByRole('button', { name, hidden: true });
  const first = await dayOf('16 November 2026');
  expect(screen.getByTestId('asked').contains(first)).toBe(false);
  await user.click(first);
  await user.click(await dayOf('20 November 2026'));
  expect((screen.getByLabelText('Days') as HTMLInputElement).value).toBe('16 Nov 2026 – 20 Nov 2026');
  expect(close).not.toHaveBeenCalled();
});
