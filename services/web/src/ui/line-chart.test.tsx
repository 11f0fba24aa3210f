import { expect, test } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import { renderRoutes } from '../testing/render.tsx';
import { LineChart, niceTop } from './line-chart.tsx';

test('the top of an axis is a round number near the highest value', () => {
  expect([0, 0.3, 1, 3, 7, 20, 81.25, 430].map(niceTop)).toEqual([1, 0.3, 1, 3, 8, 20, 100, 500]);
});

test('lines are drawn over their columns, and stand as a table behind; what is not drawn stands there too', async () => {
  const line = (name: string, values: number[]) => ({ key: name, name, values });
  const lines = [line('Ana', [0, 5, 10]), ...['B', 'C', 'D', 'E', 'F'].map((name) => line(name, [1, 1, 1]))];
  const chart = (
    <LineChart
      title="Hours"
      columns={['2 Nov', '9 Nov', '16 Nov']}
      column="Week of"
      lines={lines}
      words={(value) => `${value} h`}
      now={1}
    />
  );
  const { container, user } = renderRoutes([{ path: '/', element: chart }], '/');
  expect([...container.querySelectorAll('.lch-d path[class^=ln]')].map((path) => path.getAttribute('d'))).toEqual([
    'M0 100L50 50L100 0',
    ...Array.from({ length: 4 }, () => 'M0 90L50 90L100 90'),
  ]);
  expect(container.querySelector('.ahead')?.getAttribute('x')).toBe('50');
  await user.click(screen.getByRole('button', { name: 'As a table: Hours' }));
  const table = within(container.querySelector('table') as HTMLElement);
  expect(table.getAllByRole('row').map(({ textContent }) => textContent)).toEqual([
    'Week ofAnaBCDEF',
    '2 Nov0 h1 h1 h1 h1 h1 h',
    '9 Nov, now5 h1 h1 h1 h1 h1 h',
    '16 Nov10 h1 h1 h1 h1 h1 h',
  ]);
  expect(container.querySelector('figcaption')?.textContent).toBe('HoursAnaBCDE1 more in the table');
});

test('steps keep their value until the next column', () => {
  const chart = (
    <LineChart title="People" columns={['a', 'b']} column="Week" lines={[{ key: 'x', name: 'x', values: [1, 2] }]} words={String} steps />
  );
  const { container } = renderRoutes([{ path: '/', element: chart }], '/');
  expect(container.querySelector('.ln0')?.getAttribute('d')).toBe('M0 50H100V0');
});

test('a line breaks where there is no value, and the table has a dash there', async () => {
  const lines = [{ key: 'x', name: 'x', values: [1, null, 2] }];
  const chart = <LineChart title="People" columns={['a', 'b', 'c']} column="Week" lines={lines} words={String} />;
  const { container, user } = renderRoutes([{ path: '/', element: chart }], '/');
  expect(container.querySelector('.ln0')?.getAttribute('d')).toBe('M0 50M100 0');
  await user.click(screen.getByRole('button', { name: 'As a table: People' }));
  expect([...container.querySelectorAll('td')].map(({ textContent }) => textContent)).toEqual(['1', '–', '2']);
});
