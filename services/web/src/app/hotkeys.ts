import { useEffect, useRef } from 'react';
import { composing } from './input-method.ts';

/** Milliseconds in which the second key of a pair such as `g t` counts. */
const pairMs = 900;

/** Whether keys belong to a field just now, so that single letters are text. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/**
 * Keys of the whole portal: `/` and Ctrl/Cmd K search; `g h`, `g b`, `g t`, `g p`, `g l` go to Home, the handbook, the timeline, people, leave.
 * Letters do nothing while a field or a dialog has them, and no search opens behind a dialog that covers the screen.
 */
export function useHotkeys(keys: { search: () => void; go: (path: string) => void }): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    let pending = Number.NEGATIVE_INFINITY;
    const pressed = (event: KeyboardEvent) => {
      if (composing(event)) return;
      const { key, ctrlKey, metaKey, altKey } = event;
      if ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === 'k') {
        event.preventDefault();
        // Behind a form that covers the screen it could not be seen, and one Escape would close both.
        if (!document.querySelector('[aria-modal=true]')) latest.current.search();
        return;
      }
      if (ctrlKey || metaKey || altKey || event.defaultPrevented || isTyping(event.target)) return;
      if (document.querySelector('[role=dialog]')) return;
      if (key === '/') {
        event.preventDefault();
        latest.current.search();
      } else if (key === 'g') {
        pending = event.timeStamp;
      } else {
        const path = event.timeStamp - pending < pairMs ? places.get(key) : undefined;
        pending = Number.NEGATIVE_INFINITY;
        if (path !== undefined) latest.current.go(path);
      }
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}

const places = new Map([
  ['h', '/'],
  ['b', '/p/'],
  ['t', '/staffing'],
  ['p', '/staffing?by=person'],
  ['l', '/leave'],
]);
