import type { RefObject } from 'react';
import { rulesOf } from '../../staffing/guarded-save.ts';
import type { Move } from './use-move.ts';

interface Props {
  hint: RefObject<HTMLDivElement | null>;
  move: Move | null;
  /** Moved by keys: the words stand at the lower edge. */
  keyboard: boolean;
  said: (move: Move) => string;
}

/** At the pointer while something moves: the new days, and what would break, before it is let go. */
export function DropHint({ hint, move, keyboard, said }: Props) {
  const on = move !== null && !move.dropped;
  const style = keyboard ? { transform: 'translate(16px, calc(100dvh - 120px))' } : undefined;
  return (
    <div ref={hint} className="drop" hidden={!on} style={style} role={keyboard ? 'status' : undefined}>
      {move && <b>{said(move)}</b>}
      {move && rulesOf(move.broken).length > 0 && (
        <ul>
          {rulesOf(move.broken).map((rule) => (
            <li key={`${rule.code} ${rule.message}`}>{rule.message}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
