import type { Owner, PageView } from '@sidekick/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { useSession } from '../../app/session.tsx';
import { lists } from '../../staffing/held.ts';
import { onDay } from '../../ui/instants.ts';
import { hrefOf } from './queries.ts';
import { useOverdue } from './stale-note.tsx';
import { Toc } from './toc.tsx';

/** Beside the page: what is on it, who cares for it, who points at it. */
export function Side({ page }: { page: PageView }) {
  return (
    <aside className="side" aria-label="About this page">
      <Toc headings={page.headings} />
      <Care page={page} />
      <LinkedFrom pages={page.linkedFrom} />
    </aside>
  );
}

function Care({ page }: { page: PageView }) {
  const { me } = useSession();
  const owners = useOwnerNames(page.owners);
  const overdue = useOverdue(page) > 0;
  return (
    <section>
      <h2>Care</h2>
      <dl>
        {owners.length > 0 && <dt>Owners</dt>}
        {owners.length > 0 && (
          <dd>
            {owners.map(({ id, name, isPerson }, index) => (
              <span key={id}>
                {index > 0 && ', '}
                {isPerson ? (
                  <Link className="nl" to={`/people/${id}`}>
                    <bdi>{name}</bdi>
                  </Link>
                ) : (
                  name
                )}
              </span>
            ))}
          </dd>
        )}
        {me && owners.length === 0 && <dt>Owners</dt>}
        {me && owners.length === 0 && <dd className="muted">nobody yet</dd>}
        {page.reviewedAt && <dt>Reviewed</dt>}
        {page.reviewedAt && <dd>{onDay(page.reviewedAt)}</dd>}
        {page.dueAt && <dt>Due</dt>}
        {page.dueAt && (
          <dd className={overdue ? 'warn b' : undefined}>
            {onDay(page.dueAt)}
            {overdue ? ', overdue' : ''}
          </dd>
        )}
        {page.reviewEveryWeeks && <dt>Every</dt>}
        {page.reviewEveryWeeks && <dd>{page.reviewEveryWeeks === 1 ? 'week' : `${page.reviewEveryWeeks} weeks`}</dd>}
        <dt>Changed</dt>
        <dd>
          {onDay(page.changedAt)}
          {me && page.changedBy !== '' && `, ${page.changedBy}`}
          {me && (
            <>
              <br />
              <Link className="link" to={`/history/${page.id}`}>
                History
              </Link>
            </>
          )}
        </dd>
        {me && page.source && <dt>Source</dt>}
        {me && page.source && <dd>{page.source}</dd>}
      </dl>
    </section>
  );
}

/** Owners with their names. A person is looked up among the people of staffing; an imported page may name somebody by word alone. */
function useOwnerNames(owners: Owner[]): { id: string; name: string; isPerson: boolean }[] {
  const { me } = useSession();
  const people = useQuery({ ...lists.people, enabled: me != null && owners.some(({ type }) => type === 'person') });
  return owners
    .map(({ id }) => {
      const known = people.data?.value.find((person) => person.id === id);
      return { id, name: known?.private.name ?? id, isPerson: known !== undefined };
    })
    .filter(({ name }) => !/^[0-9A-Z]{26}$/.test(name));
}

/** Links shown at first; the rest one click away. */
const few = 5;

function LinkedFrom({ pages }: { pages: PageView['linkedFrom'] }) {
  const [all, setAll] = useState(false);
  if (pages.length === 0) return null;
  const shown = all ? pages : pages.slice(0, few);
  return (
    <section>
      <h2>Linked from {pages.length === 1 ? '1 page' : `${pages.length} pages`}</h2>
      <ul className="in">
        {shown.map(({ id, path, title }) => (
          <li key={id}>
            <Link className="link" to={hrefOf(path)}>
              {title}
            </Link>
          </li>
        ))}
        {shown.length < pages.length && (
          <li>
            <button type="button" className="btn quiet" onClick={() => setAll(true)}>
              and {pages.length - shown.length} more
            </button>
          </li>
        )}
      </ul>
    </section>
  );
}
