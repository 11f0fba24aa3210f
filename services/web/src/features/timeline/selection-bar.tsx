import { count } from '../../staffing/format.ts';
import { Button } from '../../ui/button.tsx';
import type { Records } from './bars.ts';
import { SelectionDialog } from './selection-dialog.tsx';
import type { Selection } from './use-selection.ts';

/** At the bottom while bars are selected: how many, and what can be done with all of them. */
export function SelectionBar({ selection, records }: { selection: Selection; records: Records }) {
  const { list, selecting, action, setAction, clear } = selection;
  if (list.length === 0 && !selecting) return null;
  const isEmpty = list.length === 0;
  return (
    <>
      <div className="selbar" role="toolbar" aria-label="Selected assignments">
        <b>{isEmpty ? 'Choose bars' : `${count(list.length, 'assignment')} selected`}</b>
        <Button disabled={isEmpty} onClick={() => setAction('move')}>
          Move…
        </Button>
        <Button disabled={isEmpty} onClick={() => setAction('person')}>
          Reassign…
        </Button>
        <Button disabled={isEmpty} onClick={() => setAction('state')}>
          State…
        </Button>
        <Button disabled={isEmpty} icon="trash" onClick={() => setAction('delete')}>
          Delete…
        </Button>
        <Button look="quiet" icon="x" aria-label="Select nothing" title="Select nothing (Escape)" onClick={clear} />
      </div>
      {action && !isEmpty && <SelectionDialog key={action} action={action} list={list} records={records} onClose={() => setAction(null)} />}
    </>
  );
}
