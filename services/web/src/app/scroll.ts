/** Where the router keeps places, by the key of a visit; each document begins with the visit `default`. */
const kept = 'react-router-scroll-positions';

/** A page opened by its address begins at its anchor or its top: the place of what this tab showed before belongs to a reload alone. */
export function forgetPlaceOfFirst(): void {
  const [entry] = (performance.getEntriesByType?.('navigation') ?? []) as PerformanceNavigationTiming[];
  if (entry && entry.type !== 'navigate') return;
  try {
    const { default: _first, ...places } = JSON.parse(sessionStorage.getItem(kept) ?? '{}');
    sessionStorage.setItem(kept, JSON.stringify(places));
  } catch {
    // A browser that keeps nothing has no place to forget.
  }
}
