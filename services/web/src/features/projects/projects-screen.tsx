import type { ProjectView, TimelineAnswer } from '@sidekick/contracts';
import { Link, useMatch } from 'react-router-dom';
import { useSession } from '../../app/session.tsx';
import { useTitle } from '../../app/title.ts';
import { useAddress } from '../../staffing/address.ts';
import { count, dayRangeWithYear, shortDay } from '../../staffing/format.ts';
import { ListHead } from '../../staffing/list-head.tsx';
import { useProjects } from '../../staffing/queries.ts';
import { useClose } from '../../staffing/use-close.ts';
import { Button } from '../../ui/button.tsx';
import { CoverageCell, coverageWords } from '../../ui/coverage-cell.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { hasAll, useRangedTimeline, wantsOf, words } from '../timeline/index.ts';
import { ProjectForm } from './project-form.tsx';

const states = { agreed: 'Agreed', proposal: 'Proposal', lost: 'Lost' } as const;
const order = { agreed: 0, proposal: 1, lost: 2 } as const;

/** `/projects`: every project with its coverage; `/projects/new` opens the form of a new one. */
export function ProjectsScreen() {
  useTitle('Projects');
  const isNew = useMatch('/projects/new') !== null;
  const { is } = useSession();
  const projects = useProjects();
  const { timeline, today, weeks } = useRangedTimeline();
  const [params, patch] = useAddress();
  const filter = words(params);
  const shown = (projects.data ?? [])
    .filter((project) => hasAll(filter, textsOf(project)))
    .sort((a, b) => order[a.state] - order[b.state] || a.priority - b.priority || a.name.localeCompare(b.name));
  const close = useClose('/projects');
  return (
    <main className="wrap">
      <ListHead
        title="Projects"
        find="Find by name, client or skill"
        placeholder="Name, client or skill"
        shown={projects.data ? shownOf(shown.length, projects.data.length) : ''}
      >
        <Link className="btn" to="/staffing">
          Timeline
        </Link>
        {is('manager') && (
          <>
            <Link className="btn" to="/staffing/exchange?kind=projects">
              Import and export
            </Link>
            <Link className="btn primary" to="/projects/new">
              Add a project
            </Link>
          </>
        )}
      </ListHead>
      {projects.error && <ProblemNote error={projects.error} retry={() => void projects.refetch()} what="The projects did not load" />}
      {!projects.data && !projects.error && <Lines count={8} />}
      {projects.data?.length === 0 && (
        <Empty
          icon="time"
          title="No project yet"
          action={
            is('manager') && (
              <>
                <Link className="btn primary" to="/projects/new">
                  Add a project
                </Link>
                <Link className="btn" to="/staffing/exchange?kind=projects">
                  Import from CSV
                </Link>
              </>
            )
          }
        >
          From when to when, who leads it, what the sidekick must know. The first gaps show at once.
        </Empty>
      )}
      {projects.data && projects.data.length > 0 && shown.length === 0 && (
        <Empty
          icon="filter"
          title="No project matches"
          action={<Button onClick={() => patch({ q: null }, { replace: true })}>Show all projects</Button>}
        >
          “{params.get('q')}” is in no name, client or skill.
        </Empty>
      )}
      {shown.length > 0 && <ProjectsTable projects={shown} timeline={timeline} weeks={weeks} />}
      {isNew && is('manager') && <ProjectForm id="new" project={null} today={today} onClose={close} />}
    </main>
  );
}

const textsOf = (project: ProjectView): string[] => [project.name, project.client, ...project.requiredSkills.map(({ skill }) => skill)];
const shownOf = (shown: number, all: number): string => (shown === all ? count(all, 'project') : `${shown} of ${count(all, 'project')}`);

interface TableProps {
  projects: readonly ProjectView[];
  timeline: TimelineAnswer | undefined;
  weeks: number;
}

function ProjectsTable({ projects, timeline, weeks }: TableProps) {
  const figures = new Map((timeline?.projects ?? []).map((figure) => [figure.id, figure]));
  return (
    <div className="scrollx">
      <table className="lst pjs stack">
        <thead>
          <tr>
            <th>Name</th>
            <th>Days</th>
            <th>Asks for</th>
            <th className="num">Priority</th>
            <th>Coverage, {count(weeks, 'week')}</th>
          </tr>
        </thead>
        <tbody>
          {projects.map((project) => (
            <tr key={project.id}>
              <td>
                <Link className="b" to={`/projects/${project.id}`}>
                  <bdi>{project.name}</bdi>
                </Link>{' '}
                {project.state !== 'agreed' && <span className="tag">{states[project.state]}</span>}
                <small>
                  <bdi>{project.client}</bdi>
                </small>
              </td>
              <td className="nw">{dayRangeWithYear(project.from, project.to)}</td>
              <td>{wantsOf(project)}</td>
              <td className="num">{project.priority}</td>
              <td>{timeline ? <MiniStrip figure={figures.get(project.id)} timeline={timeline} /> : <ComingStrip weeks={weeks} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The room that coverage will take, so that the columns stay where they are when it comes. */
function ComingStrip({ weeks }: { weeks: number }) {
  return (
    <span className="ministrip" aria-hidden="true">
      {Array.from({ length: weeks }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: empty cells are alike and never change order
        <CoverageCell key={index} state={null} title="" />
      ))}
    </span>
  );
}

function MiniStrip({ figure, timeline }: { figure: TimelineAnswer['projects'][number] | undefined; timeline: TimelineAnswer }) {
  if (!figure?.coverage.some((state) => state !== null)) return <span className="muted">does not count</span>;
  return (
    <span className="ministrip">
      {figure.coverage.map((state, index) => (
        <CoverageCell
          key={timeline.weeks[index] ?? index}
          state={state}
          title={`Week of ${shortDay(timeline.mondays[index] ?? '')}: ${state === null ? 'does not count' : coverageWords[state]}`}
        />
      ))}
    </span>
  );
}
