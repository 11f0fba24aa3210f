import { useEffect, useRef } from 'react';

interface Gesture {
  /** Whether a press has begun one that goes on. */
  isLive: () => boolean;
  move: (event: PointerEvent) => void;
  /** Let go, given up by the browser or with the screen, or by Escape. */
  end: (how: 'drop' | 'cancel' | 'escape') => void;
}

/** What the document tells of a gesture by pointer, wherever it goes; Escape is the gesture's own while it goes on. */
export function useGesture(gesture: Gesture): void {
  const latest = useRef(gesture);
  latest.current = gesture;
  useEffect(() => {
    const move = (event: PointerEvent) => {
      if (latest.current.isLive()) latest.current.move(event);
    };
    const up = () => latest.current.end('drop');
    const cancel = () => latest.current.end('cancel');
    const key = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !latest.current.isLive()) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current.end('escape');
    };
    document.addEventListener('pointermove', move);
    document.addEventListener('pointerup', up);
    document.addEventListener('pointercancel', cancel);
    document.addEventListener('keydown', key, true);
    return () => {
      document.removeEventListener('pointermove', move);
      document.removeEventListener('pointerup', up);
      document.removeEventListener('pointercancel', cancel);
      document.removeEventListener('keydown', key, true);
      latest.current.end('cancel');
    };
  }, []);
}
