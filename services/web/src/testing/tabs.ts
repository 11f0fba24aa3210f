import { claimTab, tabId } from '../app/tab.ts';

/** Tabs of one browser: they share localStorage, hold locks, and this document stands for the one that is in front. */
export function fakeTabs() {
  const held = new Set<string>();
  const locks = {
    request: (name: string, { signal }: { signal: AbortSignal }, granted: () => Promise<void>) => {
      if (held.has(name)) return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      held.add(name);
      return granted();
    },
    query: async () => ({ held: [...held].map((name) => ({ name })) }),
  };
  Object.defineProperty(navigator, 'locks', { value: locks, configurable: true });
  const close = (id = tabId()) => void held.delete(`sidekick-tab:${id}`);
  return {
    open: async () => {
      sessionStorage.clear();
      await claimTab();
      return tabId();
    },
    /** Goes to a tab that was opened before. */
    show: async (id: string) => {
      close(id);
      sessionStorage.setItem('sidekick-tab', id);
      await claimTab();
    },
    /** The browser copies sessionStorage, and the document loads while the other lives on. */
    duplicate: claimTab,
    reload: async () => {
      close();
      await claimTab();
    },
    close,
  };
}
