import { type FocusEvent, type PointerEvent, type ReactNode, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';

const restMs = 350;

interface Tip {
  text: string;
  left: number;
  /** Above what it tells, so that the coverage below stays in sight; below it where there is no room. */
  edge: { bottom: number } | { top: number };
}

interface Tips {
  onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  onFocus: (event: FocusEvent<HTMLElement>) => void;
  hide: () => void;
  shown: ReactNode;
}

/** The words of `data-tip`, which are the label too, beside what the pointer rests on or the keyboard has gone to. */
export function useTip(scroller: RefObject<HTMLElement | null>): Tips {
  const [tip, setTip] = useState<Tip | null>(null);
  const over = useRef<HTMLElement | null>(null);
  const pressed = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const hide = useCallback(() => {
    clearTimeout(timer.current);
    over.current = null;
    setTip(null);
  }, []);
  const show = useCallback(
    (target: HTMLElement, x?: number) => {
      hide();
      over.current = target;
      timer.current = setTimeout(() => setTip(tipOf(target, x)), restMs);
    },
    [hide],
  );
  useEffect(() => {
    const element = scroller.current;
    const ending = new AbortController();
    const { signal } = ending;
    // The focus scrolls to what it goes to: its words come when that has ended.
    const scrolled = () => (over.current && over.current === document.activeElement ? show(over.current) : hide());
    const press = (down: boolean) => () => {
      pressed.current = down;
      if (down) hide();
    };
    element?.addEventListener('scroll', scrolled, { passive: true, signal });
    document.addEventListener('pointerdown', press(true), { signal });
    for (const end of ['pointerup', 'pointercancel']) document.addEventListener(end, press(false), { signal });
    return () => {
      ending.abort();
      clearTimeout(timer.current);
    };
  }, [scroller, show, hide]);
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const target = event.pointerType === 'touch' ? null : tipped(event.target);
    if (target === over.current) return;
    hide();
    if (target && event.buttons === 0) show(target, event.clientX);
  };
  const onFocus = ({ target }: FocusEvent<HTMLElement>) => {
    const found = tipped(target);
    // What a press opens says more.
    if (found && !pressed.current) show(found);
  };
  const shown =
    tip &&
    createPortal(
      <div className="tipb" style={{ left: tip.left, ...tip.edge }} aria-hidden="true">
        {tip.text}
      </div>,
      document.body,
    );
  return { onPointerMove, onFocus, hide, shown };
}

const tipped = (target: EventTarget): HTMLElement | null => (target as HTMLElement).closest<HTMLElement>('[data-tip]');

function tipOf(target: HTMLElement, x?: number): Tip {
  const box = target.getBoundingClientRect();
  const left = Math.max(8, Math.min((x ?? Math.max(box.left, 0) + 48) - 24, innerWidth - 436));
  const edge = box.top > 120 ? { bottom: innerHeight - box.top + 6 } : { top: box.bottom + 6 };
  return { text: target.dataset['tip'] ?? '', left, edge };
}
