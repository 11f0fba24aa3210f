import { expect, jest, test } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { aMe } from '../testing/builders.ts';
import { fakePortal } from '../testing/portal.ts';
import { renderRoutes } from '../testing/render.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { RegionField } from './region-field.tsx';
import { typedRegion } from './regions.ts';

const regions = [
  { code: 'PT', name: 'Portugal', calendar: true },
  { code: 'US', name: 'United States', calendar: true },
  { code: 'US-CA', name: 'United States, California', calendar: true },
  { code: 'AX', name: 'Åland Islands', calendar: false },
];

function Form() {
  const [value, setValue] = useState('');
  return <RegionField value={value} onChange={setValue} error={null} />;
}

test('a region is found by its name or code and chosen by keys; a name that is typed becomes its code', async () => {
  fakePortal({ 'GET /me': { body: aMe() }, 'GET /holidays/regions': { body: { items: regions } } });
  const { user } = renderRoutes([{ path: '/', element: <Form /> }], '/');
  const field = screen.getByRole<HTMLInputElement>('combobox', { name: 'Region of holidays' });
  await user.type(field, 'calif');
  await waitFor(() =>
    expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toEqual(['United States, CaliforniaUS-CA']),
  );
  await user.keyboard('{Enter}');
  expect(field.value).toBe('US-CA');
  await user.clear(field);
  await user.type(field, 'portugal');
  await user.tab();
  expect([field.value, screen.queryByRole('listbox')]).toEqual(['PT', null]);
  screen.getByText('Portugal');
});

test('Escape closes the list, and only then the form', async () => {
  fakePortal({ 'GET /me': { body: aMe() }, 'GET /holidays/regions': { body: { items: regions } } });
  const close = jest.fn();
  const form = (
    <Sheet title="Person" onClose={close}>
      <Form />
    </Sheet>
  );
  const { user } = renderRoutes([{ path: '/', element: form }], '/');
  await user.type(await screen.findByRole('combobox', { name: 'Region of holidays' }), 'uni');
  await screen.findByRole('listbox');
  await user.keyboard('{Escape}');
  expect([screen.queryByRole('listbox'), close.mock.calls.length]).toEqual([null, 0]);
  await user.keyboard('{Escape}');
  expect(close).toHaveBeenCalledTimes(1);
});

test('a code in any case is known, part of a name is not', () => {
  expect(['pt', 'us-ca', 'åland islands', 'Port', ''].map((text) => typedRegion(text, regions)?.code)).toEqual([
    'PT',
    'US-CA',
    'AX',
    undefined,
    undefined,
  ]);
});
