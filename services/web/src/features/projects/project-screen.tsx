import './project-page.css';
import { weekOf, weeksBetween } from '@sidekick/calendar/iso';
import { CrewWeeks, KnowledgeOverTime, type ProjectView, WholeGaps } from '@sidekick/contracts';
import { useRef } from 'react';
import { Link, useMatch, useParams } from 'react-router-dom';
import { z } from 'zod';
import { useSession } from '../../app/session.tsx';
import { useTitle } from '../../app/title.ts';
import { useAddress } from '../../staffing/address.ts';
import { useFigures } from '../../staffing/figures.ts';
import { count, dayRangeWithYear } from '../../staffing/format.ts';
import { GoneRecord } from '../../staffing/gone-record.tsx';
import { History } from '../../staffing/history.tsx';
import { useProjects, useRecords } from '../../staffing/queries.ts';
import { EditButton, RecordPageSkeleton } from '../../staffing/record-page.tsx';
import { useToday } from '../../staffing/today.ts';
import { useClose } from '../../staffing/use-close.ts';
import { useSeen } from '../../staffing/use-seen.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { ProjectFeed } from '../calendars/index.ts';
import { ProjectMoney } from '../money/index.ts';
import { ProjectOffers } from '../offers/index.ts';
import { Panels, type Records } from '../timeline/index.ts';
import { Coverage, Gaps } from './coverage.tsx';
import { Crew } from './crew.tsx';
import { Places } from './places.tsx';
import { ProjectForm } from './project-form.tsx';
import { ProjectKnowledge } from './project-knowledge.tsx';
import { About, Decided, NamedIn, stateWords } from './project-side.tsx';
import { weeksOfPage } from './project-weeks.ts';
import { SlipForm } from './slip-form.tsx';
import { WeekNotes } from './week-notes.tsx';

const Figures = z.tuple([CrewWeeks, WholeGaps, KnowledgeOverTime]);

/** `/projects/<id>`: everything about a project, changed in place; `/projects/<id>/edit` opens the form over it. */
export function ProjectScreen() {
  const { id = '' } = useParams();
  const manager = useSession().is('manager');
  const { today } = useToday();
  const projects = useProjects();
  const { records, error, retry } = useRecords();
  const project = projects.data?.find((one) => one.id === id) ?? null;
  useTitle(project?.name ?? 'Project');
  const isEdited = useMatch('/projects/:id/edit') !== null;
  const loaded = projects.isSuccess && !projects.isFetching;
  const failed = error ?? projects.error;
  const seen = useSeen({ kind: 'project', id: isEdited ? id : null, there: isEdited && project !== null, loaded });
  const close = useClose(`/projects/${id}`);
  const [params, patch] = useAddress();
  const slips = params.has('slip') && manager;
  return (
    <main className="wrap">
      {failed && !(records && project) && <ProblemNote error={failed} retry={retry} what="The project did not load" />}
      {!(records && project) && !loaded && !failed && <RecordPageSkeleton label="Loading the project" />}
      {records && project && <ProjectPage key={id} project={project} records={records} manager={manager} />}
      {records && loaded && !project && <GoneRecord id={id} what="project" names={records} list="/projects" canEdit={manager} />}
      {isEdited && seen && <ProjectForm key={`form ${id}`} id={id} project={project} today={today} onClose={close} />}
      {records && project && slips && (
        <SlipForm key={`slip ${id}`} {...{ project, records, today }} onClose={() => patch({ slip: null }, { replace: true })} />
      )}
    </main>
  );
}

function ProjectPage({ project, records, manager }: { project: ProjectView; records: Records; manager: boolean }) {
  const { today } = useToday();
  const scroller = useRef<HTMLDivElement>(null);
  const weeks = weeksOfPage(project, today);
  const range: [string, string] = [weeks[0] ?? weekOf(today), weeks.at(-1) ?? weekOf(today)];
  const args = { project: project.id, weeks: range };
  const { figures, error, retry } = useFigures(
    [
      { what: 'crew', args },
      { what: 'wholeGaps', args },
      { what: 'knowledgeOverTime', args },
    ],
    Figures,
  );
  const edit = manager ? `/projects/${project.id}/edit` : null;
  // All at once: what came later would push down what is being read.
  if (!figures && !error) return <RecordPageSkeleton label="Counting coverage and knowledge" />;
  return (
    <>
      <Head project={project} edit={edit} />
      <div className="two">
        <div className="rp-c">
          <Crew project={project} records={records} weeks={weeks} today={today} canEdit={manager} />
          <Places project={project} weeks={weeks} today={today} canEdit={manager} />
          {error && <ProblemNote error={error} retry={retry} what="The figures did not load" />}
          {figures && (
            <>
              <Coverage project={project} records={records} crew={figures[0]} today={today} edit={edit} />
              <Gaps project={project} gaps={figures[1]} crew={figures[0]} today={today} canEdit={manager} />
              <ProjectKnowledge project={project.id} weeks={figures[2]} records={records} today={today} />
            </>
          )}
          <ProjectMoney project={project} />
          <Decided project={project.id} records={records} canEdit={manager} />
          <History about={project.id} of="project" names={records} canEdit={manager} />
        </div>
        <aside className="rp-c">
          <About project={project} edit={edit} />
          <ProjectOffers project={project} records={records} today={today} />
          <WeekNotes project={project} today={today} />
          <NamedIn name={project.name} />
          <ProjectFeed project={project} />
        </aside>
      </div>
      <Panels records={records} rows={[]} bars={[]} today={today} canEdit={manager} scroller={scroller} />
    </>
  );
}

function Head({ project, edit }: { project: ProjectView; edit: string | null }) {
  return (
    <div className="rp-h">
      <div>
        <h1>
          <bdi>{project.name}</bdi> {project.state !== 'agreed' && <span className="tag">{stateWords[project.state]}</span>}
        </h1>
        <div className="muted">
          {project.client && (
            <>
              <bdi>{project.client}</bdi> ·{' '}
            </>
          )}
          {dayRangeWithYear(project.from, project.to)}
          {project.to !== null && `, ${count(weeksIn(project.from, project.to), 'week')}`}
        </div>
      </div>
      <span className="grow" />
      <div className="acts">
        <Link className="btn" to="/projects">
          All projects
        </Link>
        {edit && project.state !== 'lost' && (
          <Link className="btn" to="?slip=1" preventScrollReset>
            It slips…
          </Link>
        )}
        {edit && <EditButton to={edit} />}
      </div>
    </div>
  );
}

const weeksIn = (from: string, to: string): number => weeksBetween(weekOf(from), weekOf(to)) + 1;
