import type { SearchHit } from '@sidekick/contracts';
import { useEffect } from 'react';
import { Link } from 'react-router-dom';
import { recentSearches } from '../../app/recent-searches.ts';
import { useSession } from '../../app/session.tsx';
import { Icon } from '../../ui/icons.tsx';
import { HitBody, keyOf, targetOf } from './hit.tsx';
import { QueryHelp } from './parts.tsx';
import type { Group } from './queries.ts';

interface ResultsProps {
  id: string;
  groups: Group[];
  active: number;
  open: (to: string, beside: boolean) => void;
}

export function Results({ id, groups, active, open }: ResultsProps) {
  const starts = groups.map((_, at) => groups.slice(0, at).reduce((sum, { hits }) => sum + hits.length, 0));
  return (
    <div role="listbox" id={id} aria-label="Results">
      {groups.map(({ type, label, hits, total }, at) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of a listbox has no element of its own
        <div key={type} role="group" aria-label={label}>
          <div className="gh" aria-hidden="true">
            <span>{label}</span>
            <span>{hits.length < total ? `${hits.length} of ${total}` : total}</span>
          </div>
          {hits.map((hit, row) => (
            <Option
              key={keyOf(hit)}
              hit={hit}
              id={`${id}-${(starts[at] ?? 0) + row}`}
              on={(starts[at] ?? 0) + row === active}
              open={open}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

function Option({ hit, id, on, open }: { hit: SearchHit; id: string; on: boolean; open: ResultsProps['open'] }) {
  useEffect(() => {
    if (on) document.getElementById(id)?.scrollIntoView({ block: 'nearest' });
  }, [on, id]);
  const to = targetOf(hit);
  return (
    <a
      href={to}
      id={id}
      role="option"
      aria-selected={on}
      tabIndex={-1}
      className={on ? 'hit on' : 'hit'}
      data-k={hit.type}
      onClick={(event) => {
        event.preventDefault();
        open(to, event.ctrlKey || event.metaKey);
      }}
    >
      <HitBody hit={hit} />
    </a>
  );
}

export function Recent({ take }: { take: (q: string) => void }) {
  const { me } = useSession();
  const recent = recentSearches(me?.account);
  if (recent.length === 0) return <QueryHelp take={take} />;
  return (
    <section>
      <div className="gh">
        <span>Searched lately</span>
      </div>
      {recent.map((q) => (
        <button key={q} type="button" className="hit" onClick={() => take(q)}>
          <Icon name="clock" />
          <span className="t">{q}</span>
        </button>
      ))}
    </section>
  );
}

export function Nothing({ q, close }: { q: string; close: () => void }) {
  const { me } = useSession();
  return (
    <div className="none0" role="status">
      <b>Nothing for this.</b>{' '}
      {me ? (
        <>
          Ask a person with the skill, or{' '}
          <Link className="link" to={`/new?title=${encodeURIComponent(q.slice(0, 200))}`} onClick={close}>
            write the page
          </Link>
          .
        </>
      ) : (
        'You see public pages only. Sign in to search everything.'
      )}
    </div>
  );
}
