import { type ProjectView, SearchAnswer } from '@sidekick/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { ask } from '../../api/ask.ts';
import { reasonOf } from '../../staffing/change-row.tsx';
import { count, dayRangeWithYear, hours } from '../../staffing/format.ts';
import { Changes } from '../../staffing/history.tsx';
import { useChangesAbout } from '../../staffing/queries.ts';
import { EditLink, Facts, Section } from '../../staffing/record-page.tsx';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { hrefOf } from '../handbook/index.ts';
import type { Records } from '../timeline/index.ts';
import { laterBy } from './slip.ts';

export const stateWords = { agreed: 'Agreed', proposal: 'Proposal', lost: 'Lost' } as const;

/** Dates, state, what the project asks of its sidekick. */
export function About({ project, edit }: { project: ProjectView; edit: string | null }) {
  const { state, client, from, to, priority, policy, minimumHours, wantedHours, requiredSkills, description, baseline } = project;
  return (
    <>
      <Section id="about" title="About" action={edit && <EditLink to={edit} at="dates" what="dates and state" />}>
        <Facts
          items={[
            ['Client', <bdi key="client">{client || 'none'}</bdi>],
            ['Days', dayRangeWithYear(from, to)],
            ...(baseline ? [['First planned', <Baseline key="baseline" {...{ baseline, to }} />] as const] : []),
            ['State', stateWords[state]],
            ['Priority', priority === 1 ? '1, first' : String(priority)],
          ]}
        />
      </Section>
      <Section id="asks" title="What it asks for" action={edit && <EditLink to={edit} at="cover" what="what it asks for" />}>
        {policy === 'no-sidekick' ? (
          <p className="mid">No sidekick needed.</p>
        ) : (
          <Facts
            items={[
              ['Sidekick', `${hours(wantedHours)} a week wanted, ${hours(minimumHours)} at least`],
              [
                'Skills',
                requiredSkills.length === 0
                  ? 'any'
                  : requiredSkills.map(({ skill, level }, index) => (
                      <span key={skill}>
                        {index > 0 && ', '}
                        <Link className="nl" to={`/people?q=${encodeURIComponent(skill)}`} title="Everybody with this skill">
                          <bdi>{skill}</bdi>
                        </Link>{' '}
                        {level}
                      </span>
                    )),
              ],
            ]}
          />
        )}
      </Section>
      {(description || edit) && (
        <Section id="description" title="Description" action={edit && <EditLink to={edit} at="description" what="the description" />}>
          <p className={description ? 'prj-d' : 'mid'}>{description ? <bdi>{description}</bdi> : 'Nothing is written yet.'}</p>
        </Section>
      )}
    </>
  );
}

/** The dates before it slipped, and by how much it ends later than that. */
function Baseline({ baseline, to }: { baseline: NonNullable<ProjectView['baseline']>; to: string | null }) {
  const by = laterBy(baseline.to, to);
  return (
    <>
      {dayRangeWithYear(baseline.from, baseline.to)}
      {by !== null && (
        <small>
          It ends {count(Math.abs(by), 'day')} {by > 0 ? 'later' : 'sooner'} now
        </small>
      )}
    </>
  );
}

/** Change sets about the project that were made for a reason that somebody wrote, or although a rule stood in the way. */
export function Decided({ project, records, canEdit }: { project: string; records: Records; canEdit: boolean }) {
  const { sets, more, older, isLoading, error, retry } = useChangesAbout(project);
  const decided = sets.filter((set) => reasonOf(set) !== null);
  return (
    <Section id="decided" title="Decisions and their reasons">
      {error && <ProblemNote error={error} retry={retry} what="The decisions did not load" />}
      {isLoading && <Lines count={2} />}
      {!isLoading && !error && decided.length === 0 && <p className="mid">No reason was written with a change, and no rule was broken.</p>}
      <Changes sets={decided} names={records} canEdit={canEdit} />
      {more && (
        <p className="acts">
          <span className="xs">Of the newest {sets.length} changes.</span>
          <Button look="quiet" onClick={older}>
            Look further back
          </Button>
        </p>
      )}
    </Section>
  );
}

/** A name as a phrase of the query language, where a quotation mark would end it. */
const phraseOf = (name: string): string => `"${name.replaceAll('"', ' ')}"`;
/** Sections asked for; pages named in them are fewer. */
const mostSections = 30;

/** Handbook pages that name the project. */
export function NamedIn({ name }: { name: string }) {
  const q = phraseOf(name);
  const search = useQuery({
    queryKey: ['search', 'named', q],
    queryFn: ({ signal }) => ask(SearchAnswer, '/search', { query: { q, exact: true, type: 'section', limit: mostSections }, signal }),
  });
  // Where nothing holds the phrase the answer is that of its words.
  const isNamed = !search.data?.notes.some(({ kind }) => kind === 'phrase');
  const sections = isNamed ? (search.data?.items ?? []).filter((hit) => hit.type === 'section') : [];
  const pages = sections.filter(({ id }, index) => sections.findIndex((one) => one.id === id) === index);
  return (
    <Section id="pages" title="In the handbook">
      {search.error && <ProblemNote error={search.error} retry={() => void search.refetch()} what="The pages did not load" />}
      {search.isPending && <Lines count={2} />}
      {search.data && pages.length === 0 && <p className="mid">No page names it.</p>}
      <ul className="pgs">
        {pages.map((hit) => (
          <li key={hit.id}>
            <Link className="nl" to={hrefOf(hit.path, hit.anchor)}>
              {hit.trail.at(-1) ?? hit.title.map(({ text }) => text).join('')}
            </Link>
          </li>
        ))}
      </ul>
      {isNamed && (search.data?.total ?? 0) > mostSections && (
        <p className="xs">
          <Link className="link" to={`/search?q=${encodeURIComponent(q)}&type=section`}>
            All {search.data?.total} sections
          </Link>
        </p>
      )}
    </Section>
  );
}
