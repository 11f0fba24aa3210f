import { addDays } from '@sidekick/calendar/iso';
import type { RefObject } from 'react';
import { FigureButton } from '../../staffing/figure-button.tsx';
import { dayRange, hours } from '../../staffing/format.ts';
import { PersonLink, ProjectLink } from '../../staffing/links.tsx';
import { Button } from '../../ui/button.tsx';
import { coverageWords } from '../../ui/coverage-cell.tsx';
import type { Records } from './bars.ts';
import { coverageMeanings } from './coverage-meanings.ts';
import { overlaps } from './geometry.ts';
import { Pop } from './pop.tsx';
import type { Cell, ProjectRow } from './project-rows.ts';
import { WeekNoteLine } from './week-note.tsx';

interface Props {
  row: ProjectRow;
  cell: Cell;
  records: Records;
  canEdit: boolean;
  anchor: () => HTMLElement | null;
  scroller: RefObject<HTMLElement | null>;
  onClose: () => void;
  onAssign: () => void;
  onNote: (noted: string) => void;
}

/** A week that is no gap: its state, and who works on the project. */
export function CellPopover({ row, cell, records, canEdit, anchor, scroller, onClose, onAssign, onNote }: Props) {
  const week = { from: cell.monday, to: addDays(cell.monday, 6) };
  const working = row.bars.filter(({ assignment }) => overlaps(assignment, week));
  const away = records.timeOff.filter(
    (one) => one.state === 'approved' && overlaps(one, week) && working.some(({ assignment }) => assignment.person === one.person),
  );
  return (
    <Pop label={cell.label} anchor={anchor} scroller={scroller} small onClose={onClose}>
      <div className="pop-h">
        <h2>
          <ProjectLink id={row.project.id} projects={records.projects} />, {dayRange(week.from, week.to)}
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
        {cell.wanted > 0 && (
          <p className="mid">
            Wanted beside it, nobody yet:{' '}
            <FigureButton question={{ what: 'wanted', args: { project: row.project.id, week: cell.week } }}>
              {hours(cell.wanted)}
            </FigureButton>
          </p>
        )}
        <ul className="why">
          {working.map(({ assignment, tentative }) => (
            <li key={assignment.id}>
              <PersonLink id={assignment.person} people={records.people} className="nl b" />
              <span>
                {assignment.role}, {hours(assignment.hoursPerWeek)} a week{tentative ? ', tentative' : ''}
              </span>
            </li>
          ))}
          {away.map((one) => (
            <li key={one.id}>
              <PersonLink id={one.person} people={records.people} className="nl b" />
              <span>away {dayRange(one.from, one.to)}</span>
            </li>
          ))}
        </ul>
        <WeekNoteLine {...{ row, cell, canEdit, onNote }} />
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
