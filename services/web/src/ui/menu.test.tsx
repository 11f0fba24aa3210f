import { expect, test } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import { renderRoutes } from '../testing/render.tsx';
import { Menu } from './menu.tsx';

const element = (
  <Menu>
    <Menu.Target>
      <button type="button">Open</button>
    </Menu.Target>
    <Menu.Dropdown>
      <Menu.Label>Views</Menu.Label>
      <Menu.Item>First</Menu.Item>
      <Menu.Divider />
      <Menu.Item>Second</Menu.Item>
    </Menu.Dropdown>
  </Menu>
);

test('a menu holds nothing that takes the focus but its items, of which the first has it, and the arrows go on', async () => {
  const { user } = renderRoutes([{ path: '/', element }], '/');
  await user.click(screen.getByRole('button', { name: 'Open' }));
  const first = await screen.findByRole('menuitem', { name: 'First' });
  await waitFor(() => expect(document.activeElement).toBe(first));
  const takesFocus = [...screen.getByRole('menu').querySelectorAll('[tabindex],button,a,input')];
  expect(takesFocus.map((one) => one.getAttribute('role'))).toEqual(['menuitem', 'menuitem']);
  await user.keyboard('{ArrowDown}');
  expect(document.activeElement).toBe(screen.getByRole('menuitem', { name: 'Second' }));
});
