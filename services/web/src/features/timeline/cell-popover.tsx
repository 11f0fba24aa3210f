import { addDays } from '@sidekick/calendar/iso';
import type { RefObject } from 'react';
import { FigureButton } from '../../staffing/figure-button.tsx';
import { dayRange, hours } from '../../staffing/format.ts';
import { nameOf } from '../../staffing/people-names.ts';
import { Button } from '../../ui/button.tsx';
import { coverageWords } from '../../ui/coverage-cell.tsx';
import type { Records } from './bars.ts';
import { coverageMeanings } from './coverage-meanings.ts';
import { overlaps } from './geometry.ts';
import { Pop } from './pop.tsx';
import type { Cell, ProjectRow } from './project-rows.ts';

interface Props {
  row: ProjectRow;
  cell: Cell;
  records: Records;
  canEdit: boolean;
  anchor: () => HTMLElement | null;
  scroller: RefObject<HTMLElement | null>;
  onClose: () => void;
  onAssign: () => void;
}

/** A week that is no gap: its state, and who works on the project. */
export function CellPopover({ row, cell, records, canEdit, anchor, scroller, onClose, onAssign }: Props) {
  const week = { from: cell.monday, to: addDays(cell.monday, 6) };
  const working = row.bars.filter(({ assignment }) => overlaps(assignment, week));
  const away = records.timeOff.filter(
    (one) => one.state === 'approved' && overlaps(one, week) && working.some(({ assignment }) => assignment.person === one.person),
  );
  return (
    <Pop label={cell.label} anchor={anchor} scroller={scroller} small onClose={onClose}>
      <div className="pop-h">
        <h2>
          <bdi>{row.project.name}</bdi>, {dayRange(week.from, week.to)}
        </h2>
        <Button look="quiet" icon="x" aria-label="Close" onClick={onClose} data-autofocus={canEdit ? undefined : true} />
      </div>
      <div className="bd">
        <p className="mid">
          {cell.state === null
            ? 'This week does not count: the project is not active, or needs no sidekick.'
            : `${coverageMeanings[cell.state]} (${coverageWords[cell.state]}), `}
          {cell.state !== null && (
            <FigureButton question={{ what: 'coverage', args: { project: row.project.id, week: cell.week } }}>
              {hours(cell.hours)} sidekick
            </FigureButton>
          )}
        </p>
        <ul className="why">
          {working.map(({ assignment, name, tentative }) => (
            <li key={assignment.id}>
              <bdi className="b">{name}</bdi>
              <span>
                {assignment.role}, {hours(assignment.hoursPerWeek)} a week{tentative ? ', tentative' : ''}
              </span>
            </li>
          ))}
          {away.map((one) => (
            <li key={one.id}>
              <bdi className="b">{nameOf(one.person, records.people)}</bdi>
              <span>away {dayRange(one.from, one.to)}</span>
            </li>
          ))}
        </ul>
      </div>
      {canEdit && (
        <footer>
          <Button data-autofocus onClick={onAssign}>
            Assign someone…
          </Button>
        </footer>
      )}
    </Pop>
  );
}
