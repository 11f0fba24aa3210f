import { expect, test } from '@jest/globals';
import { screens } from '@sidekick/contracts';
import { paths } from './router.tsx';

test('the gateway knows every screen, and answers 404 to what has none', () => {
  const outside = paths.filter((path) => path !== '*' && path !== '/p/*');
  expect([...outside].sort()).toEqual([...screens].sort());
});
