import { FiguresAnswer, type PersonView, type ProjectView } from '@sidekick/contracts';
import { skipToken, useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { ask, bodyOf } from '../../api/ask.ts';
import { count, hours, weekRuns } from '../../staffing/format.ts';
import { ProjectLink } from '../../staffing/links.tsx';
import { grouped, sum } from '../../staffing/lists.ts';
import { CoverageCell, coverageStates, coverageWords } from '../../ui/coverage-cell.tsx';
import type { Days } from './repeats.ts';

const State = z.enum(['alone', 'none', 'tentative', 'off', 'thin', 'below-skill', 'covered']).nullable();
const Absence = z.looseObject({
  changed: z.array(z.looseObject({ project: z.string(), week: z.string(), before: State, after: State })),
  lostCover: z.number(),
  lostHours: z.number(),
  strandedHours: z.number(),
});
export type Absence = z.infer<typeof Absence>;
type Changed = Absence['changed'][number];

/** What it costs when a person is out on these days, each stretch by itself (reading A25: whole days). Without any nothing is asked. */
export const useAbsence = (person: string | null, days: readonly Days[]) =>
  useQuery({
    queryKey: ['staffing', 'absence', person, ...days.flatMap(({ from, to }) => [from, to])],
    queryFn:
      person === null || days.length === 0
        ? skipToken
        : async ({ signal }) => {
            const questions = days.map(({ from, to }) => ({
              what: 'absenceTest' as const,
              args: { person, days: [from, to] as [string, string] },
            }));
            const body = bodyOf('askFigures', { questions });
            const { answers } = await ask(FiguresAnswer, '/figures', { method: 'POST', body, signal });
            return answers.map((answer) => Absence.parse(answer));
          },
  });

/** The price of several stretches. A week that holds days of two is lost once. */
export function together(all: readonly Absence[]): Absence {
  const changed = [
    ...grouped(
      all.flatMap((one) => one.changed),
      ({ project, week }) => `${project} ${week}`,
    ).values(),
  ].map(worst);
  return {
    changed,
    lostCover: all.length === 1 ? (all[0]?.lostCover ?? 0) : changed.filter(({ before }) => before === 'covered').length,
    lostHours: sum(all.map(({ lostHours }) => lostHours)),
    strandedHours: sum(all.map(({ strandedHours }) => strandedHours)),
  };
}

/** Of one project and week, what it comes to at the worst. */
const worst = (same: readonly Changed[]): Changed => {
  const rank = ({ after }: Changed) => (after === null ? coverageStates.length : coverageStates.indexOf(after));
  return same.reduce((a, b) => (rank(b) < rank(a) ? b : a));
};

export interface Names {
  people: ReadonlyMap<string, PersonView>;
  projects: ReadonlyMap<string, ProjectView>;
}

/** The price of an absence in words: weeks that lose cover, hours lost and hours nobody could take over. */
export function Price({ absence, names }: { absence: Absence; names: Names }) {
  const { changed, lostCover, lostHours, strandedHours } = absence;
  return (
    <div className="price">
      <p>
        {lostCover === 0 ? <b className="good">No covered week is lost</b> : <b className="bad">{count(lostCover, 'covered week')} lost</b>}
        {' · '}
        {hours(lostHours)} of work falls away
        {strandedHours > 0.05 && <b className="bad"> · {hours(strandedHours)} nobody could take over</b>}
      </p>
      <ul>
        {[...grouped(changed, ({ project, after }) => `${project} ${after}`)].map(([key, weeks]) => (
          <li key={key}>
            <CoverageCell state={weeks[0]?.after ?? null} />
            <span>
              <ProjectLink id={weeks[0]?.project ?? ''} projects={names.projects} /> would be{' '}
              {weeks[0]?.after ? coverageWords[weeks[0].after] : 'not counted'} {weekRuns(weeks.map(({ week }) => week))}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
