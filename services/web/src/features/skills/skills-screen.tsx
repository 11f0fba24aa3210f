import '../../ui/grid.css';
import '../../staffing/staffing.css';
import './skills.css';
import { type PersonView, type ProjectView, SkillsAnswer } from '@sidekick/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link } from 'react-router-dom';
import { ask } from '../../api/ask.ts';
import { useSession } from '../../app/session.tsx';
import { useTitle } from '../../app/title.ts';
import { useAddress } from '../../staffing/address.ts';
import { count } from '../../staffing/format.ts';
import { PersonLink, ProjectLink } from '../../staffing/links.tsx';
import { ListHead } from '../../staffing/list-head.tsx';
import { byId } from '../../staffing/lists.ts';
import { isOffered } from '../../staffing/people-names.ts';
import { usePeople, useProjects, useWishes } from '../../staffing/queries.ts';
import { skillLevelWords } from '../../staffing/skills-field.tsx';
import { useToday } from '../../staffing/today.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { hasAll, words } from '../timeline/index.ts';
import { MergeDialog } from './merge-dialog.tsx';
import { SkillMatrix } from './skill-matrix.tsx';
import { type SkillRow, skillRows } from './skill-rows.ts';

/** The list of skills with all that lists tell of them; its key is not that of the words that fields offer. */
const useSkills = () =>
  useQuery({ queryKey: ['staffing', 'skill-list'], queryFn: ({ signal }) => ask(SkillsAnswer, '/skills', { signal }) });

/** `/skills`: the group's words for what people can do; `?view=matrix` sets levels, a row a person. */
export function SkillsScreen() {
  useTitle('Skills');
  const { today } = useToday();
  const [skills, people, projects, wishes] = [useSkills(), usePeople(), useProjects(), useWishes()];
  const [params, patch] = useAddress();
  const all = [skills, people, projects, wishes];
  const error = all.find((one) => one.error)?.error ?? null;
  const known = useMemo(
    () =>
      skills.data && people.data && projects.data && wishes.data
        ? {
            ...{ people: byId(people.data), projects: byId(projects.data) },
            rows: skillRows({ items: skills.data.items, people: byId(people.data), projects: projects.data, wishes: wishes.data }, today),
          }
        : null,
    [skills.data, people.data, projects.data, wishes.data, today],
  );
  const filter = words(params);
  const isMatrix = params.get('view') === 'matrix';
  const shown = (known?.rows ?? []).filter(({ name, also }) => hasAll(filter, [name, ...also]));
  return (
    <main className="wrap">
      <ListHead title="Skills" find="Find a skill" placeholder="Skill" shown={known ? shownOf(shown.length, known.rows.length) : ''}>
        <Link className="btn" to="/people">
          People
        </Link>
        <Button onClick={() => patch({ view: isMatrix ? null : 'matrix' })}>{isMatrix ? 'As a list' : 'People × skills'}</Button>
      </ListHead>
      {error && <ProblemNote error={error} retry={() => all.forEach(({ refetch }) => void refetch())} what="The skills did not load" />}
      {!known && !error && <Lines count={8} />}
      <p className="xs">
        Levels: {[1, 2, 3, 4, 5].map((level) => `${level} ${skillLevelWords(level)}`).join(' · ')}. A project asks for a level at least.
      </p>
      {known?.rows.length === 0 && (
        <Empty icon="people" title="No skill is named yet">
          Skills are named at people, at what a project asks for and as wishes.
        </Empty>
      )}
      {known && known.rows.length > 0 && shown.length === 0 && (
        <Empty
          icon="filter"
          title="No skill matches"
          action={<Button onClick={() => patch({ q: null }, { replace: true })}>Show all</Button>}
        >
          “{params.get('q')}” is in no name of a skill.
        </Empty>
      )}
      {known && shown.length > 0 && !isMatrix && <SkillTable shown={shown} {...known} />}
      {known && shown.length > 0 && isMatrix && (
        <SkillMatrix rows={shown} people={[...known.people.values()].filter(({ id }) => isOffered(id, known.people, today))} />
      )}
    </main>
  );
}

const shownOf = (shown: number, all: number): string =>
  shown === all ? count(all, 'skill', 'skills') : `${shown} of ${count(all, 'skill', 'skills')}`;

interface TableProps {
  shown: readonly SkillRow[];
  rows: readonly SkillRow[];
  people: ReadonlyMap<string, PersonView>;
  projects: ReadonlyMap<string, ProjectView>;
}

function SkillTable({ shown, rows, people, projects }: TableProps) {
  const manager = useSession().is('manager');
  const [renamed, setRenamed] = useState<SkillRow | null>(null);
  return (
    <div className="scrollx">
      <table className="lst skl">
        <thead>
          <tr>
            <th>Skill</th>
            <th className="skl-h">Who has it</th>
            <th>Asked for by</th>
            <th>Wish to learn it</th>
            {manager && <th className="skl-a">Change</th>}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.key}>
              <td>
                <Link className="b" to={`/people?q=${encodeURIComponent(row.name)}`} title="Everybody with this skill">
                  <bdi>{row.name}</bdi>
                </Link>
                {row.also.length > 0 && <small>also {row.also.join(', ')}</small>}
              </td>
              <td data-l="Who has it">
                {row.held.length === 0 && 'nobody'}
                {row.held.map(({ person, level }, index) => (
                  <span key={person}>
                    {index > 0 && ', '}
                    <PersonLink id={person} people={people} /> {level}
                  </span>
                ))}
              </td>
              <td data-l="Asked for by">
                {row.asked.length === 0 && '–'}
                {row.asked.map(({ project, level }, index) => (
                  <span key={project}>
                    {index > 0 && ', '}
                    <ProjectLink id={project} projects={projects} /> {level}
                  </span>
                ))}
              </td>
              <td data-l="Wish to learn it">
                {row.wished.length === 0 && '–'}
                {row.wished.map((person, index) => (
                  <span key={person}>
                    {index > 0 && ', '}
                    <PersonLink id={person} people={people} />
                  </span>
                ))}
              </td>
              {manager && (
                <td>
                  <Button look="quiet" aria-label={`Rename or merge ${row.name}`} onClick={() => setRenamed(row)}>
                    Rename or merge
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {renamed && <MergeDialog row={renamed} rows={rows} onClose={() => setRenamed(null)} />}
    </div>
  );
}
