import { type RefObject, useLayoutEffect } from 'react';

/** Where toasts may stand, the one preferred first. */
const places = ['right', 'left', 'top'] as const;
const controls = 'a, button, input, select, textarea, summary, [role=button], [role=option], [role=tab]';
/** Pixels between the points at which a place is looked at: less than the least size of a control. */
const step = 20;
/** Milliseconds in which what opens or closes comes to rest. */
const restMs = 150;

/** Whether no control that can be reached lies under a box: what a dialog has covered cannot be. */
function isFree(box: DOMRect, own: HTMLElement): boolean {
  for (let y = box.top; y < box.bottom + step; y += step) {
    for (let x = box.left; x < box.right + step; x += step) {
      const hit = document.elementsFromPoint(Math.min(x, box.right), Math.min(y, box.bottom)).find((element) => !own.contains(element));
      if (hit?.closest(controls)) return false;
    }
  }
  return true;
}

/**
 * Toasts never stand over a control: the first place with none under it is taken. Where there is none, they stay at the right and
 * the page is given as much room below as they take (`--toasts`), so that everything can be scrolled or drawn clear of them.
 */
export function usePlaceOfToasts(own: RefObject<HTMLElement | null>, shown: readonly unknown[]): void {
  useLayoutEffect(() => {
    const element = own.current;
    const root = document.documentElement;
    if (!element || typeof document.elementsFromPoint !== 'function') return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const put = () => {
      timer = undefined;
      root.style.setProperty('--toasts', '0px');
      if (element.childElementCount === 0) return;
      for (const place of places) {
        element.dataset['at'] = place;
        if (isFree(element.getBoundingClientRect(), element)) return;
      }
      element.dataset['at'] = 'right';
      root.style.setProperty('--toasts', `${Math.ceil(element.getBoundingClientRect().height) + 24}px`);
    };
    const later = () => {
      timer ??= setTimeout(put, restMs);
    };
    put();
    // While one stands, a dialog or a drawer may open or close, which takes it a moment.
    const opened = new MutationObserver(later);
    if (shown.length > 0) opened.observe(document.body, { childList: true, subtree: true });
    addEventListener('resize', later);
    return () => {
      clearTimeout(timer);
      opened.disconnect();
      removeEventListener('resize', later);
    };
  }, [shown, own]);
}
