import { useSyncExternalStore } from 'react';

export type ThemeChoice = 'light' | 'dark' | 'auto';
const key = 'sidekick-theme';

/** What the reader chose; `auto` follows the system. `public/theme.js` applies it before the first paint and on every change. */
export function useThemeChoice(): [ThemeChoice, (choice: ThemeChoice) => void] {
  return [useSyncExternalStore(subscribe, readChoice), setChoice];
}

/** The theme on screen now. */
export function useTheme(): 'light' | 'dark' {
  return useSyncExternalStore(watchRoot, () => (document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light'));
}

function readChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(key);
    return stored === 'light' || stored === 'dark' ? stored : 'auto';
  } catch {
    return 'auto';
  }
}

function setChoice(choice: ThemeChoice): void {
  try {
    if (choice === 'auto') localStorage.removeItem(key);
    else localStorage.setItem(key, choice);
  } catch {
    // A browser without storage keeps the system's theme.
  }
  dispatchEvent(new Event(key));
}

function subscribe(changed: () => void): () => void {
  addEventListener(key, changed);
  addEventListener('storage', changed);
  return () => {
    removeEventListener(key, changed);
    removeEventListener('storage', changed);
  };
}

function watchRoot(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}
