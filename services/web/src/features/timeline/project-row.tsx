import type { CoverageState } from '@sidekick/contracts';
import { type CSSProperties, memo } from 'react';
import { Link } from 'react-router-dom';
import { dayRange, hours } from '../../staffing/format.ts';
import { CoverageCell, coverageWords } from '../../ui/coverage-cell.tsx';
import { BarButton } from './bar.tsx';
import { type Cell, type ProjectRow, wantsOf } from './project-rows.ts';

interface Props {
  row: ProjectRow;
  index: number;
  now: number;
  canEdit: boolean;
  /** Bar that the keyboard has picked up. */
  moving: string | null;
  /** Week of this row whose popover is open. */
  selected: string | null;
  /** Coverage as a change that is under way would make it, by week. */
  ahead: ReadonlyMap<string, CoverageState | null> | null;
}

/** A project: name and wishes, bars by role, open lead slots, and its coverage a week. */
export const ProjectRowView = memo(function ProjectRowView({ row, index, now, canEdit, moving, selected, ahead }: Props) {
  const { project } = row;
  const base = index * 100;
  const selectedGap = selected === null ? null : (row.cells.find(({ week }) => week === selected)?.gap ?? null);
  return (
    <div className="row" style={{ height: row.height }} data-project={project.id}>
      <div className="c0">
        <div className="n">
          <Link to={`/projects/${project.id}`}>
            <bdi>{project.name}</bdi>
          </Link>
          {project.state === 'proposal' && <span className="tag">Proposal</span>}
        </div>
        <div className="m" title={project.client}>
          <bdi>{project.client || 'No client'}</bdi>
        </div>
        <div className="m" title={wantsOf(project)}>
          {wantsOf(project)}
        </div>
      </div>
      <div className="tr">
        <div className="past" />
        {row.plan && (
          <i
            className={['plan', row.plan.cutStart && 'cs', row.plan.cutEnd && 'ce'].filter(Boolean).join(' ')}
            style={{ '--l': row.plan.left, '--w': row.plan.width } as CSSProperties}
          />
        )}
        {row.bars.map((bar) => (
          <BarButton
            key={bar.assignment.id}
            bar={bar}
            line={base + bar.lane}
            now={now}
            moving={moving === bar.assignment.id}
            edges={canEdit}
          />
        ))}
        {row.openLead.map(({ span, from, to, lane }) => (
          <button
            key={from}
            type="button"
            tabIndex={-1}
            className="bar open"
            style={
              {
                '--l': span.left,
                '--w': span.width,
                '--lane': lane,
                '--p': now > span.left && span.left + span.width - now > 1 ? now - span.left + 0.05 : 0,
              } as CSSProperties
            }
            data-tip={`${project.name} has no confirmed lead ${dayRange(from, to)}`}
            aria-label={`${project.name} has no confirmed lead ${dayRange(from, to)}`}
            data-open={`${from} ${to ?? ''}`}
            data-l={base + lane}
            data-c={Math.floor(span.left)}
            data-e={Math.ceil(span.left + span.width)}
          >
            <span className="t">No lead</span>
          </button>
        ))}
        {row.stripTop !== null && (
          <div className="strip" style={{ '--top': `${row.stripTop}px` } as CSSProperties}>
            {row.cells.map((cell, column) => (
              <CellButton
                key={cell.week}
                cell={cell}
                column={column}
                line={base + 99}
                name={project.name}
                selected={selected === cell.week || (selectedGap !== null && cell.gap === selectedGap)}
                {...(ahead?.has(cell.week) ? { ahead: ahead.get(cell.week) ?? null } : {})}
              />
            ))}
          </div>
        )}
      </div>
    </div>
  );
});

interface CellProps {
  cell: Cell;
  column: number;
  line: number;
  name: string;
  selected: boolean;
  ahead?: CoverageState | null;
}

const CellButton = memo(function CellButton({ cell, column, line, name, selected, ahead }: CellProps) {
  const changed = ahead !== undefined && ahead !== cell.state;
  const state = changed ? ahead : cell.state;
  const title = changed
    ? `${name}: would be ${state === null ? 'not counted' : coverageWords[state]}, now ${cell.label} (${hours(cell.hours)})`
    : cell.label;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={selected ? 'cvb is-sel' : 'cvb'}
      data-week={cell.week}
      data-tip={title}
      data-l={line}
      data-c={column}
      data-e={column + 1}
      aria-haspopup="dialog"
    >
      <CoverageCell state={state} title={title} plain />
      {changed && <i className="chg" />}
    </button>
  );
});
