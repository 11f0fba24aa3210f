import { type FocusEvent, type KeyboardEvent, useMemo } from 'react';
import type { Records } from './bars.ts';
import type { useBarMoves } from './use-bar-moves.ts';
import { useSelection } from './use-selection.ts';

interface Options extends Pick<ReturnType<typeof useBarMoves>, 'keys' | 'deedKeys' | 'selected'> {
  canEdit: boolean;
  /** Those whose bars are drawn: what is hidden is not changed unseen. */
  records: Records | undefined;
  /** What the rows are, and which of them are shown. */
  by: 'project' | 'person';
  rows: ReadonlySet<string>;
}

const barAt = (target: EventTarget) => (target as HTMLElement).dataset['bar'];

/** Bars that are selected, and who has the keys of the bar that has the focus. */
export function useBarFocus({ canEdit, records, by, rows, keys, deedKeys, selected: moved }: Options) {
  const selection = useSelection(canEdit, records, by, rows);
  moved.current = selection.list;
  const [cut, selected] = [deedKeys.cut, selection.ids];
  const marks = useMemo(() => ({ cut, selected }), [cut, selected]);
  /** A bar that is picked up or about to be split has its keys alone; else they select, do a deed, or move. */
  const onBarKey = (event: KeyboardEvent<HTMLElement>): boolean => {
    const id = barAt(event.target);
    if (id && id === keys.held) keys.onKeyDown(event);
    else if (id && id === cut?.id) deedKeys.onKeyDown(event);
    else {
      // What had the focus may have gone without losing it.
      if (keys.held) keys.leave(keys.held);
      if (cut) deedKeys.leave(cut.id);
      return selection.onKeyDown(event) || deedKeys.onKeyDown(event) || keys.onKeyDown(event);
    }
    return true;
  };
  /** What is left by pointer or Tab is no longer picked up or split. (Where the window loses the focus, the bar keeps it in there.) */
  const onBlur = (event: FocusEvent<HTMLElement>) => {
    const id = barAt(event.target);
    if (!id || event.target === document.activeElement) return;
    keys.leave(id);
    deedKeys.leave(id);
  };
  return { selection, marks, onBarKey, onBlur };
}
