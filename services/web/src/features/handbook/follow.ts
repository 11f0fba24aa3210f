import type { MouseEvent } from 'react';
import { useNavigate } from 'react-router-dom';

/**
 * Follows plain links into the handbook within the app. Unlike the router's own links these ask nothing of the router until they
 * are clicked: hundreds of them cost a visit to another page nothing.
 */
export function useFollow(): (event: MouseEvent) => void {
  const navigate = useNavigate();
  return (event) => {
    const to = inAppTarget(event.nativeEvent);
    if (to === null) return;
    event.preventDefault();
    const { pathname, search, hash } = window.location;
    void navigate(to, { replace: to === pathname + search + hash });
  };
}

/** The path of a plain click on a link into the handbook; null for anything the browser should do itself. */
export function inAppTarget(event: globalThis.MouseEvent): string | null {
  if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || link.target === '_blank' || link.hasAttribute('download')) return null;
  const url = new URL(link.href, window.location.href);
  if (url.origin !== window.location.origin || !url.pathname.startsWith('/p/')) return null;
  const here = url.pathname === window.location.pathname && url.hash !== '';
  return here ? null : url.pathname + url.search + url.hash;
}
