import { type KeyboardEvent, type MouseEvent, useCallback, useMemo, useState } from 'react';
import { count } from '../../staffing/format.ts';
import { speak } from '../../staffing/speak.ts';
import type { Records } from './bars.ts';
import { useBox } from './use-box.ts';

/** What is done with all that is selected. */
export type SelectionAction = 'move' | 'person' | 'state' | 'delete';

const none: ReadonlySet<string> = new Set();
const barAt = (target: EventTarget) => (target as HTMLElement).closest<HTMLElement>('[data-bar]')?.dataset['bar'];

/**
 * Several bars at once: a click with Shift, Ctrl or Cmd or `x` or Space on a bar selects it or lets it go, a box drawn with Alt selects what it
 * touches; while selecting is on, a plain click and a plain box do. Escape lets all go.
 */
export function useSelection(canEdit: boolean, records: Records | undefined, by: 'project' | 'person', rows: ReadonlySet<string>) {
  const [ids, setIds] = useState(none);
  const [selecting, setSelecting] = useState(false);
  const [action, setAction] = useState<SelectionAction | null>(null);
  // What stands in no row that is shown is not changed unseen.
  const list = useMemo(
    () => (records && ids.size > 0 ? records.assignments.filter((one) => ids.has(one.id) && rows.has(one[by])) : []),
    [records, ids, by, rows],
  );
  const put = (next: ReadonlySet<string>) => {
    setIds(next);
    speak(next.size === 0 ? 'Nothing is selected' : `${count(next.size, 'assignment')} selected`);
  };
  const toggle = (id: string) => {
    const next = new Set(list.map((one) => one.id));
    if (!next.delete(id)) next.add(id);
    put(next);
  };
  const clear = useCallback(() => {
    setIds(none);
    setSelecting(false);
    speak('Nothing is selected');
  }, []);
  const box = useBox({
    isOn: (event) => canEdit && (event.altKey || selecting),
    onBox: (found) => put(new Set([...list.map(({ id }) => id), ...found])),
  });
  /** Whether the click selects. */
  const onClick = (event: MouseEvent<HTMLElement>): boolean => {
    const id = barAt(event.target);
    if (!canEdit || !id || !(selecting || event.shiftKey || event.ctrlKey || event.metaKey)) return false;
    toggle(id);
    return true;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): boolean => {
    if (!canEdit || event.ctrlKey || event.metaKey || event.altKey) return false;
    const id = (event.target as HTMLElement).dataset['bar'];
    const removes = event.key === 'Delete' || event.key === 'Backspace';
    if (id && (event.key === 'x' || event.key === ' ')) toggle(id);
    else if (event.key === 'Escape' && (ids.size > 0 || selecting)) clear();
    else if (removes && list.length > 1 && id && ids.has(id)) setAction('delete');
    else return false;
    event.preventDefault();
    // Some browsers press a button when Space is let go, whatever became of the key before.
    if (event.key === ' ') event.target.addEventListener('keyup', (up) => up.preventDefault(), { once: true });
    return true;
  };
  return { ids, list, selecting, setSelecting, toggle, clear, action, setAction, box, onClick, onKeyDown };
}
export type Selection = ReturnType<typeof useSelection>;
