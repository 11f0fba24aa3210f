import { useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { Saved } from './views.ts';

/** `?saved=` of a link becomes what is saved under it, once the views are here; of one that is not there it stays, and is told. */
export function useLinkedView(views: readonly Saved[] | undefined, show: (view: Saved) => void): void {
  const [params] = useSearchParams();
  const id = params.get('saved');
  const latest = useRef(show);
  latest.current = show;
  useEffect(() => {
    const linked = id === null ? undefined : views?.find((one) => one.id === id);
    if (linked) latest.current(linked);
  }, [id, views]);
}
