import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Button } from './button.tsx';
import { Icon } from './icons.tsx';
import { usePlaceOfToasts } from './toast-place.ts';

/** Milliseconds a toast stays; the pointer or the focus on it holds it. */
const toastMs = 10_000;

export interface Toast {
  id: number;
  text: string;
  /** A second, quieter line. */
  detail?: string | undefined;
  tone: 'good' | 'bad';
  action?: { label: string; run: () => void } | undefined;
  /** What it is about: taken away with it. */
  about?: string | undefined;
}

let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();
const changed = (next: readonly Toast[]) => {
  toasts = next;
  for (const listener of listeners) listener();
};

/** Says what was done, with at most one action (mostly Undo). Returns a function that takes it away. */
export function toast(text: string, options: Partial<Pick<Toast, 'detail' | 'tone' | 'action' | 'about'>> = {}): () => void {
  const id = nextId++;
  changed([...toasts.slice(-2), { id, text, tone: 'good', ...options }]);
  return () => dismiss(id);
}

function dismiss(id: number): void {
  changed(toasts.filter((one) => one.id !== id));
}

/** Takes away what tells of something that is so no more. */
export const dropToasts = (about: string): void => changed(toasts.filter((one) => one.about !== about));

/** Takes all of them away, their actions with them. */
export const clearToasts = (): void => changed([]);

export function Toasts() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  const own = useRef<HTMLElement>(null);
  usePlaceOfToasts(own, shown);
  return (
    <section ref={own} className="toasts" aria-live="polite" aria-label="Notices">
      {shown.map((one) => (
        <ToastRow key={one.id} one={one} />
      ))}
    </section>
  );
}

function ToastRow({ one }: { one: Toast }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => dismiss(one.id), toastMs);
    return () => clearTimeout(timer);
  }, [held, one.id]);
  const hold = {
    onMouseEnter: () => setHeld(true),
    onMouseLeave: () => setHeld(false),
    onFocus: () => setHeld(true),
    onBlur: () => setHeld(false),
  };
  return (
    <div className={one.tone === 'bad' ? 'toast bad0' : 'toast'} {...hold}>
      <Icon name={one.tone === 'bad' ? 'warn' : 'check'} />
      <span>
        {one.text}
        {one.detail && <small>{one.detail}</small>}
      </span>
      {one.action && (
        <Button
          onClick={() => {
            dismiss(one.id);
            one.action?.run();
          }}
        >
          {one.action.label}
        </Button>
      )}
      <Button look="quiet" icon="x" aria-label="Dismiss" onClick={() => dismiss(one.id)} />
    </div>
  );
}
