import { screens } from '@sidekick/contracts';

const patterns = screens.map((screen) => {
  const parts = screen.replace(/\/\*$/, '').replaceAll(/:\w+/g, '[^/]+');
  return new RegExp(`^${parts === '/' ? '' : parts}${screen.endsWith('/*') ? '(/.*)?' : ''}/?$`);
});

/** Whether the web UI has a screen at an address outside `/p/`. */
export const isScreen = (path: string): boolean => patterns.some((pattern) => pattern.test(path));
