import { type PointerEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';

const restMs = 350;

interface Tip {
  text: string;
  left: number;
  /** Above what it tells, so that the coverage below stays in sight; below it where there is no room. */
  edge: { bottom: number } | { top: number };
}

/** The words of `data-tip` beside what the pointer rests on. Told by focus too, since the same words are its label. */
export function useTip(scroller: RefObject<HTMLElement | null>): {
  onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  hide: () => void;
  shown: ReactNode;
} {
  const [tip, setTip] = useState<Tip | null>(null);
  const over = useRef<HTMLElement | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const hide = () => {
    clearTimeout(timer.current);
    over.current = null;
    setTip(null);
  };
  useEffect(() => {
    const element = scroller.current;
    const gone = () => {
      clearTimeout(timer.current);
      over.current = null;
      setTip(null);
    };
    element?.addEventListener('scroll', gone, { passive: true });
    document.addEventListener('pointerdown', gone);
    return () => {
      clearTimeout(timer.current);
      element?.removeEventListener('scroll', gone);
      document.removeEventListener('pointerdown', gone);
    };
  }, [scroller]);
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const target = event.pointerType === 'touch' ? null : (event.target as HTMLElement).closest<HTMLElement>('[data-tip]');
    if (target === over.current) return;
    hide();
    over.current = target;
    const { clientX } = event;
    if (target && event.buttons === 0) timer.current = setTimeout(() => setTip(tipOf(target, clientX)), restMs);
  };
  const shown =
    tip &&
    createPortal(
      <div className="tipb" style={{ left: tip.left, ...tip.edge }} aria-hidden="true">
        {tip.text}
      </div>,
      document.body,
    );
  return { onPointerMove, hide, shown };
}

function tipOf(target: HTMLElement, x: number): Tip {
  const box = target.getBoundingClientRect();
  const left = Math.max(8, Math.min(x - 24, innerWidth - 436));
  const edge = box.top > 120 ? { bottom: innerHeight - box.top + 6 } : { top: box.bottom + 6 };
  return { text: target.dataset['tip'] ?? '', left, edge };
}
