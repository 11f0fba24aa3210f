const KEY = 'sidekick-recent-searches';
const MOST = 6;

/** Searches that led somewhere, newest first, kept in this browser alone. */
export function recentSearches(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter((one): one is string => typeof one === 'string').slice(0, MOST) : [];
  } catch {
    return [];
  }
}

export function rememberSearch(q: string): void {
  const words = q.trim();
  if (words.length < 2) return;
  store([words, ...recentSearches().filter((one) => one !== words)].slice(0, MOST));
}

export const forgetSearches = (): void => store([]);

function store(list: string[]): void {
  try {
    if (list.length === 0) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(list));
  } catch {
    // A browser without storage remembers nothing.
  }
}
