import { addDays } from '@sidekick/calendar/iso';
import { listOf, PageSummary } from '@sidekick/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { askAll } from '../../api/ask.ts';
import { shortDay } from '../../staffing/format.ts';
import { ProblemNote } from '../../ui/problem.tsx';

/** Pages that a person owns and whose review is due within two weeks. */
export function MyPages({ person, today }: { person: string; today: string }) {
  const pages = useQuery({
    queryKey: ['content', 'pages', 'all'],
    queryFn: ({ signal }) => askAll(listOf(PageSummary), '/pages', {}, signal),
  });
  const limit = `${addDays(today, 14)}T23:59:59Z`;
  const due = (pages.data ?? []).filter(
    (page) => page.owners.some(({ id }) => id === person) && page.dueAt !== null && page.dueAt <= limit,
  );
  due.sort((a, b) => ((a.dueAt ?? '') < (b.dueAt ?? '') ? -1 : 1));
  if (pages.error) return <ProblemNote error={pages.error} what="Your pages did not load" retry={() => void pages.refetch()} />;
  if (!pages.data) return null;
  return (
    <section>
      <div className="sec">
        <h2>Pages of mine that are due</h2>
      </div>
      {due.length === 0 && <p className="mid">None in the next two weeks.</p>}
      <ul className="feed">
        {due.map((page) => (
          <li key={page.id}>
            <time dateTime={page.dueAt ?? ''}>{shortDay((page.dueAt ?? '').slice(0, 10))}</time>
            <Link className="link" to={`/p/${page.path}`}>
              {page.title}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
