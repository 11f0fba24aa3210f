const storageKey = 'sidekick-recent-searches';
/** An account; null for readers without one, who share a list; undefined while it is not known, when nothing is read or kept. */
type Reader = string | null | undefined;
const keyOf = (account: string | null) => `${storageKey}:${account ?? ''}`;
const most = 6;

/** Searches that led somewhere, newest first, kept in this browser alone. */
export function recentSearches(account: Reader): string[] {
  if (account === undefined) return [];
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(account)) ?? '[]');
    return Array.isArray(stored) ? stored.filter((one): one is string => typeof one === 'string').slice(0, most) : [];
  } catch {
    return [];
  }
}

export function rememberSearch(account: Reader, q: string): void {
  const words = q.trim();
  if (words.length < 2 || account === undefined) return;
  store(account, [words, ...recentSearches(account).filter((one) => one !== words)].slice(0, most));
}

/** Forgets every list of this browser, also those of before lists had an account. */
export function forgetSearches(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(storageKey)) localStorage.removeItem(key);
  } catch {
    // A browser without storage remembers nothing.
  }
}

function store(account: string | null, list: string[]): void {
  try {
    localStorage.setItem(keyOf(account), JSON.stringify(list));
  } catch {
    // A browser without storage remembers nothing.
  }
}
