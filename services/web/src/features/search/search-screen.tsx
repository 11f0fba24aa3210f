import './search.css';
import { type FormEvent, useEffect, useState } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { rememberSearch } from '../../app/recent-searches.ts';
import { useSession } from '../../app/session.tsx';
import { useTitle } from '../../app/title.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { HitBody, keyOf, OtherSections, targetOf } from './hit.tsx';
import { OfferLink, WishLink } from './onward.tsx';
import { Correction, Facets, Notes, QueryHelp } from './parts.tsx';
import { type HitType, hitTypes, useAllHits } from './queries.ts';

/** `/search?q&type&exact`: the whole ranking; words, kind and exactness live in the address. */
export function SearchScreen() {
  const [params, setParams] = useSearchParams();
  const q = params.get('q') ?? '';
  const exact = params.get('exact') === 'true';
  const type = hitTypes.find(([kind]) => kind === params.get('type'))?.[0] ?? null;
  const { me } = useSession();
  useTitle(q === '' ? 'Search' : `${q} · Search`);
  const account = me?.account;
  useEffect(() => rememberSearch(account, q), [account, q]);
  const found = useAllHits({ q, exact, typing: false }, type);
  const pages = found.data?.pages ?? [];
  const first = pages[0];
  const notes = [...(first?.notes ?? []), ...pages.flatMap(({ notes: told }) => told.filter(({ kind }) => kind === 'moved')).slice(0, 1)];
  const hits = pages.flatMap(({ items }) => items);
  const choose = (kind: HitType | null) => setParams({ q, ...(kind && { type: kind }), ...(exact && { exact: 'true' }) });
  return (
    <main className="wrap searchpage">
      <h1 className="sr">Search</h1>
      <SearchForm q={q} ask={(text) => setParams({ q: text })} />
      {q.trim() === '' && <QueryHelp take={(example) => setParams({ q: example })} />}
      {first && q !== '' && <Correction q={q} answer={first} asTyped={() => setParams({ q, exact: 'true' })} />}
      {first && q !== '' && <Notes q={q} notes={notes} />}
      {first && q !== '' && <Facets counts={first.counts} type={type} choose={choose} />}
      {found.isLoading && <Lines count={8} label="Searching" />}
      {found.error && <ProblemNote error={found.error} retry={() => void found.refetch()} what="The search did not answer" />}
      {first && hits.length === 0 && q !== '' && (
        <Empty
          icon="search"
          title="Nothing for this"
          action={
            me && (
              <Link className="btn" to={`/new?title=${encodeURIComponent(q)}`}>
                Write the page
              </Link>
            )
          }
        >
          {me ? 'Ask a person with the skill, or write the page.' : 'You see public pages only. Sign in to search everything.'}
        </Empty>
      )}
      {q.trim() !== '' && <WishLink q={q} />}
      <ol className="hits">
        {hits.map((hit) => (
          <li key={keyOf(hit)}>
            <Link className="hit" data-k={hit.type} to={targetOf(hit)}>
              <HitBody hit={hit} />
            </Link>
            <OtherSections hit={hit} />
            <OfferLink hit={hit} />
          </li>
        ))}
      </ol>
      {first && hits.length > 0 && (
        <p className="muted">
          {hits.length} shown, {type === null ? first.total : first.counts[type]} places match, in {Math.max(1, Math.round(first.took))} ms
        </p>
      )}
      {found.hasNextPage && (
        <Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          Show more
        </Button>
      )}
    </main>
  );
}

function SearchForm({ q, ask }: { q: string; ask: (q: string) => void }) {
  const [text, setText] = useState(q);
  useEffect(() => setText(q), [q]);
  const send = (event: FormEvent) => {
    event.preventDefault();
    ask(text.trim());
  };
  return (
    <search>
      <form className="fm sform" onSubmit={send}>
        <input type="search" aria-label="Search pages, people, projects" value={text} onChange={({ target }) => setText(target.value)} />
        <Button type="submit" icon="search">
          Search
        </Button>
      </form>
    </search>
  );
}
