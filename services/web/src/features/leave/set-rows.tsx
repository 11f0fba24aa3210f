import { useState } from 'react';
import { useGuardedSave } from '../../staffing/guarded-save.ts';
import { PersonLink } from '../../staffing/links.tsx';
import { nameOf } from '../../staffing/people-names.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { LeaveRow, looks, type RowProps } from './leave-row.tsx';
import type { LeaveSet } from './leave-sets.ts';
import { lengthOfAll, mayOpen, whenWords } from './leave-words.ts';

/** Leave that was asked for at once: one row, which shows each day below it when asked, and withdraws all of them together. */
export function SetRows({ set, ...rest }: RowProps & { set: LeaveSet }) {
  const { names, own, manager } = rest;
  const [first] = set;
  const [open, setOpen] = useState(false);
  const guarded = useGuardedSave();
  const withdraw = () =>
    guarded.run({
      commands: set.map(({ id, version }) => ({ do: 'delete', kind: 'timeOff', id, version })),
      said: `Leave of ${nameOf(first.person, names.people, 'Somebody')} ${whenWords(set)} is withdrawn`,
    });
  return (
    <>
      <tr>
        <td>
          <PersonLink id={first.person} people={names.people} className="b" />
        </td>
        <td>
          <button type="button" className="lnk nl" aria-expanded={open} onClick={() => setOpen(!open)}>
            {whenWords(set)}
          </button>
        </td>
        <td>{lengthOfAll(set)}</td>
        <td>{first.private === null ? 'away' : (first.private.kind ?? '–')}</td>
        <td>
          <span className={looks[first.state]}>{first.state}</span>
          {mayOpen(first, manager, own) && (
            <Button look="quiet" busy={guarded.busy} onClick={() => void withdraw()}>
              Withdraw all {set.length}
            </Button>
          )}
          {guarded.stale && <small className="warn">Somebody answered or changed one of them meanwhile.</small>}
          {guarded.error && <ProblemNote error={guarded.error} what="This was not withdrawn" done="it was withdrawn" />}
        </td>
      </tr>
      {open && set.map((leave) => <LeaveRow key={leave.id} {...rest} leave={leave} inSet />)}
    </>
  );
}
