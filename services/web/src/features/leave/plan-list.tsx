import type { LeaveLength } from '@sidekick/contracts';
import { count, dayRangeWithYear, weekdayAndDay } from '../../staffing/format.ts';
import { ProjectLink } from '../../staffing/links.tsx';
import { CoverageCell, coverageWords } from '../../ui/coverage-cell.tsx';
import type { LeavePlan } from './leave-draft.ts';
import { workWords } from './leave-words.ts';
import type { Absence, Names } from './price.tsx';
import type { Days } from './repeats.ts';

export const daysWords = ({ from, to }: Days): string =>
  from === to ? `${weekdayAndDay(from)} ${from.slice(0, 4)}` : dayRangeWithYear(from, to);

interface Props {
  plan: LeavePlan;
  lengthOf: (index: number) => LeaveLength | undefined;
  absences: readonly Absence[] | undefined;
  names: Names;
}

/** Every day of leave that comes again with what it takes and what it leaves, and those that are left out. */
export function PlanList({ plan: { kept, left }, lengthOf, absences, names }: Props) {
  return (
    <>
      <h3>{count(kept.length, 'time')}</h3>
      <ol className="plan" aria-label="Days asked for">
        {kept.map((days, index) => (
          <li key={days.from}>
            <b>{daysWords(days)}</b> <span className="muted">{lengthOf(index) && workWords(lengthOf(index) as LeaveLength)}</span>
            <Cost absence={absences?.[index]} names={names} />
          </li>
        ))}
      </ol>
      {left.length > 0 && <p className="xs">Left out: {left.map((days) => `${daysWords(days)} (${days.why})`).join(', ')}</p>}
    </>
  );
}

/** What a stretch leaves, a project each. */
export function Cost({ absence, names }: { absence: Absence | undefined; names: Names }) {
  return absence?.changed.map(({ project, week, after }) => (
    <span key={`${project} ${week}`} className="cost">
      <CoverageCell state={after} />
      <span>
        <ProjectLink id={project} projects={names.projects} /> {after ? coverageWords[after] : 'not counted'}
      </span>
    </span>
  ));
}
