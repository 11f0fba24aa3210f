import { type CSSProperties, type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';

interface Props {
  label: string;
  /** What it belongs to; it may leave the document while rows scroll away, and come back. */
  anchor: () => HTMLElement | null;
  scroller: RefObject<HTMLElement | null>;
  small?: boolean;
  /** What the focus is for is there: until then the panel itself holds it. */
  ready?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A panel at a cell, a sheet over the lower half on a phone. Escape and a click elsewhere close it; focus returns to the cell. */
export function Pop({ label, anchor, scroller, small = false, ready = true, onClose, children }: Props) {
  const own = useRef<HTMLDivElement>(null);
  const place = usePlace(own, anchor, scroller);
  const close = useRef(onClose);
  close.current = onClose;
  const find = useRef(anchor);
  find.current = anchor;
  useEffect(() => {
    const away = (event: PointerEvent) => {
      const target = event.target as Node;
      if (own.current?.contains(target) || find.current()?.contains(target)) return;
      if (target instanceof Element && target.closest('.cvb,.bar,.wcs,.toasts,[role=dialog]')) return;
      close.current();
    };
    document.addEventListener('pointerdown', away);
    return () => document.removeEventListener('pointerdown', away);
  }, []);
  useEffect(() => {
    const first = ready ? own.current?.querySelector<HTMLElement>('[data-autofocus]') : null;
    (first ?? own.current)?.focus({ preventScroll: true });
  }, [ready]);
  useEffect(
    () => () => {
      const left = document.activeElement;
      if (left === document.body || left === null) find.current()?.focus({ preventScroll: true });
    },
    [],
  );
  return createPortal(
    <div
      ref={own}
      className={small ? 'pop fx sm' : 'pop fx'}
      role="dialog"
      aria-label={label}
      tabIndex={-1}
      style={place}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key !== 'Escape') return;
        find.current()?.focus({ preventScroll: true });
        onClose();
      }}
    >
      {children}
    </div>,
    document.body,
  );
}

/** Below the anchor, above where there is more room, always inside the window. */
function usePlace(
  own: RefObject<HTMLDivElement | null>,
  anchor: () => HTMLElement | null,
  scroller: RefObject<HTMLElement | null>,
): CSSProperties {
  const [place, setPlace] = useState<CSSProperties>({ left: 12, top: 12 });
  const find = useRef(anchor);
  find.current = anchor;
  useLayoutEffect(() => {
    const put = () => {
      // A phone's sheet is placed by the style sheet.
      if (matchMedia('(max-width:860px)').matches) return setPlace({});
      const at = find.current()?.getBoundingClientRect();
      const box = own.current?.getBoundingClientRect();
      if (!at || !box) return;
      const left = Math.max(12, Math.min(at.left - 24, innerWidth - box.width - 12));
      const below = innerHeight - at.bottom - 16;
      const top = below >= box.height || below >= at.top ? Math.min(at.bottom + 7, innerHeight - box.height - 8) : at.top - box.height - 7;
      setPlace({ left, top: Math.max(8, top) });
    };
    put();
    const element = scroller.current;
    element?.addEventListener('scroll', put, { passive: true });
    addEventListener('resize', put);
    const resized = new ResizeObserver(put);
    if (own.current) resized.observe(own.current);
    return () => {
      element?.removeEventListener('scroll', put);
      removeEventListener('resize', put);
      resized.disconnect();
    };
  }, [own, scroller]);
  return place;
}
