import type { CoverageState } from '@sidekick/contracts';
import { type CSSProperties, memo } from 'react';
import { Link } from 'react-router-dom';
import { dayRange, dayRangeWithYear, hours, shortDay } from '../../staffing/format.ts';
import { isolated } from '../../staffing/people-names.ts';
import { CoverageCell, coverageWords } from '../../ui/coverage-cell.tsx';
import { BarButton } from './bar.tsx';
import { useInView } from './in-view.ts';
import { PlaceButton } from './place-bar.tsx';
import { PlannedLink } from './planned-bar.tsx';
import { type ProjectRow, type StripCell, statesInWords, wantsOf, worstOf } from './project-rows.ts';
import { columnsOver, type Scale } from './scale.ts';

interface Props {
  row: ProjectRow;
  index: number;
  now: number;
  scale: Scale;
  canEdit: boolean;
  /** Bar that the keyboard has picked up. */
  moving: string | null;
  /** Week of this row whose popover is open. */
  selected: string | null;
  /** Coverage as a change that is under way would make it, by week. */
  ahead: ReadonlyMap<string, CoverageState | null> | null;
}

/** A project: name and wishes, bars by role, open lead slots, and its coverage a week. */
export const ProjectRowView = memo(function ProjectRowView({ row, index, now, scale, canEdit, moving, selected, ahead }: Props) {
  const { project } = row;
  const strip = useInView(row.strip);
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
        {row.baseline && project.baseline && (
          <i
            className="first"
            style={{ '--l': row.baseline.left, '--w': row.baseline.width } as CSSProperties}
            title={`First planned ${dayRangeWithYear(project.baseline.from, project.baseline.to)}`}
          />
        )}
        {row.bars.map((bar) => (
          <BarButton
            key={bar.assignment.id}
            bar={bar}
            line={base + bar.lane}
            now={now}
            scale={scale}
            moving={moving === bar.assignment.id}
            edges={canEdit}
          />
        ))}
        {row.places.map((bar) => (
          <PlaceButton
            key={bar.place.id}
            bar={bar}
            line={base + row.placeLane + bar.lane}
            lane={row.placeLane + bar.lane}
            now={now}
            scale={scale}
            edges={canEdit}
          />
        ))}
        {row.planned.map((bar) => (
          <PlannedLink
            key={bar.id}
            bar={bar}
            line={base + row.plannedLane + bar.lane}
            lane={row.plannedLane + bar.lane}
            now={now}
            scale={scale}
          />
        ))}
        {row.openLead.map((open) => (
          <OpenLead key={open.from} open={open} line={base} name={project.name} now={now} scale={scale} />
        ))}
        {row.stripTop !== null && (
          <div className="strip" style={{ '--top': `${row.stripTop}px` } as CSSProperties}>
            {strip.map(({ cell }) => (
              <StripButton
                key={cell.key}
                cell={cell}
                scale={scale}
                line={base + 99}
                name={project.name}
                selected={cell.cells.some(({ week, gap }) => selected === week || (selectedGap !== null && gap === selectedGap))}
                ahead={ahead}
              />
            ))}
          </div>
        )}
      </div>
    </div>
  );
});

interface OpenProps {
  open: ProjectRow['openLead'][number];
  line: number;
  name: string;
  now: number;
  scale: Scale;
}

/** A run of weeks that nobody leads. */
function OpenLead({ open: { span, from, to, lane }, line, name, now, scale }: OpenProps) {
  const [column, end] = columnsOver(span, scale);
  const pad = now > span.left && span.left + span.width - now > scale.room + 0.4 ? now - span.left + 0.05 : 0;
  const words = `${name} has no confirmed lead ${dayRange(from, to)}`;
  return (
    <button
      type="button"
      tabIndex={-1}
      className="bar open"
      style={{ '--l': span.left, '--w': span.width, '--lane': lane, '--p': pad } as CSSProperties}
      data-tip={words}
      aria-label={words}
      data-open={`${from} ${to ?? ''}`}
      data-l={line + lane}
      data-c={column}
      data-e={end}
    >
      <span className="t">No lead</span>
    </button>
  );
}

interface CellProps {
  cell: StripCell;
  scale: Scale;
  line: number;
  name: string;
  selected: boolean;
  /** Coverage as a change that is under way would make it, by week. */
  ahead: ReadonlyMap<string, CoverageState | null> | null;
}

/** A week's coverage, or the worst of a month's weeks with how many are in which state. */
const StripButton = memo(function StripButton({ cell: { cells, words, left, width }, scale, line, name, selected, ahead }: CellProps) {
  const now = cells.map(({ state }) => state);
  const then = cells.map(({ week, state }) => (ahead?.has(week) ? (ahead.get(week) ?? null) : state));
  const changed = then.some((state, index) => state !== now[index]);
  const state = worstOf(then);
  // What opens is the first week of the worst state, since that is what the cell shows.
  const shown = cells[Math.max(0, now.indexOf(worstOf(now)))];
  const noted = cells.filter(({ note }) => note !== null);
  const notes = noted.map(({ monday, note }) => `\nNote, week of ${shortDay(monday)}: ${note}`).join('');
  const label = words === null ? (shown?.label ?? '') : `${isolated(name)}, ${words}: ${statesInWords(now)}${notes}`;
  const would = words === null ? (state === null ? 'not counted' : coverageWords[state]) : statesInWords(then);
  const title = changed ? `${name}: would be ${would}, now ${label}${words === null ? ` (${hours(shown?.hours ?? 0)})` : ''}` : label;
  const [column, end] = columnsOver({ left, width }, scale);
  return (
    <button
      type="button"
      tabIndex={-1}
      className={selected ? 'cvb is-sel' : 'cvb'}
      style={{ gridColumn: `${left + 1} / span ${width}` }}
      data-week={shown?.week}
      data-weeks={words === null ? undefined : cells.map(({ week }) => week).join(' ')}
      data-tip={title}
      data-l={line}
      data-c={column}
      data-e={end}
      aria-haspopup="dialog"
    >
      <CoverageCell state={state} title={title} plain />
      {changed && <i className="chg" />}
      {noted.length > 0 && <i className="wn" />}
    </button>
  );
});
