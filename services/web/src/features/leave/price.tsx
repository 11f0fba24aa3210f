import { FiguresAnswer, type PersonView, type ProjectView } from '@sidekick/contracts';
import { skipToken, useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { ask, bodyOf } from '../../api/ask.ts';
import { count, hours, weekRuns } from '../../staffing/format.ts';
import { ProjectLink } from '../../staffing/links.tsx';
import { grouped } from '../../staffing/lists.ts';
import { CoverageCell, coverageWords } from '../../ui/coverage-cell.tsx';

const State = z.enum(['alone', 'none', 'tentative', 'off', 'thin', 'below-skill', 'covered']).nullable();
const Absence = z.looseObject({
  changed: z.array(z.looseObject({ project: z.string(), week: z.string(), before: State, after: State })),
  lostCover: z.number(),
  lostHours: z.number(),
  strandedHours: z.number(),
});
type Absence = z.infer<typeof Absence>;

/** What it costs when a person is out on these days (reading A25: whole days). Null asks nothing. */
export const useAbsence = (person: string | null, days: { from: string; to: string } | null) =>
  useQuery({
    queryKey: ['staffing', 'absence', person, days?.from, days?.to],
    queryFn:
      person === null || days === null
        ? skipToken
        : async ({ signal }) => {
            const body = bodyOf('askFigures', { questions: [{ what: 'absenceTest', args: { person, days: [days.from, days.to] } }] });
            const { answers } = await ask(FiguresAnswer, '/figures', { method: 'POST', body, signal });
            return Absence.parse(answers[0]);
          },
  });

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
