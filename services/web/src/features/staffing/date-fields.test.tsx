import { expect, test } from '@jest/globals';
import { screen } from '@testing-library/react';
import { useState } from 'react';
import { renderRoutes } from '../../testing/render.tsx';
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
