import type { ImportReport, MissingTarget } from '@sidekick/contracts';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router-dom';
import { Button } from '../../ui/button.tsx';
import { hrefOf } from '../handbook/index.ts';

const kinds: Record<MissingTarget['kind'], string> = {
  page: 'no such page',
  anchor: 'no such heading on the page',
  image: 'no such image',
  file: 'no such file',
};

/** Rows shown at first. */
const few = 200;

/** Links that lead nowhere by the page they stand on, or by what they lead to: one target mended mends all its pages. */
export function DeadLinks({ report: { missing, nearest } }: { report: Pick<ImportReport, 'missing' | 'nearest'> }) {
  const [by, setBy] = useState<'page' | 'target'>('page');
  const near = new Map(nearest.map((one) => [`${one.page} ${one.target}`, one]));
  const rows = by === 'page' ? missing.map((one) => ({ ...one, pages: [one.page] })) : byTarget(missing);
  return (
    <>
      <nav className="seg sorted" aria-label="Sorted by">
        {(['page', 'target'] as const).map((each) => (
          <button key={each} type="button" aria-pressed={by === each} onClick={() => setBy(each)}>
            {each === 'page' ? 'By page' : 'By target'}
          </button>
        ))}
      </nav>
      <Rows
        label="Links that lead nowhere"
        heads={by === 'page' ? ['Page', 'Leads to', 'Why not'] : ['Leads to', 'On', 'Why not']}
        rows={rows.map(({ page, target, kind, pages }) => {
          const likely = near.get(`${page} ${target}`);
          const why = (
            <>
              {kinds[kind]}
              {likely && (
                <>
                  ; did it mean{' '}
                  <Link className="link" to={hrefOf(likely.path)}>
                    {likely.title}
                  </Link>
                  ?
                </>
              )}
            </>
          );
          const on = pages.length === 1 ? page : `${pages.length} pages, as ${pages.slice(0, 3).join(', ')}`;
          const key = `${page} ${target} ${kind}`;
          return by === 'page' ? { key, cells: [page, target], why } : { key, cells: [target, on], why };
        })}
      />
    </>
  );
}

/** Links to other addresses of the server that the source's site stood on. */
export function OutsideLinks({ outside }: Pick<ImportReport, 'outside'>) {
  const rows = outside.map(({ page, target }) => ({
    key: `${page} ${target}`,
    cells: [page, target] as [string, string],
    why: 'not of this site',
  }));
  return <Rows label="Links out of the site" heads={['Page', 'Leads to', 'Why not']} rows={rows} />;
}

interface Row {
  key: string;
  cells: [string, string];
  why: ReactNode;
}

function Rows({ label, heads, rows }: { label: string; heads: string[]; rows: Row[] }) {
  const [all, setAll] = useState(false);
  return (
    <>
      <section className="scrollx" aria-label={label}>
        <table className="lk">
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head}>{head}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, all ? undefined : few).map(({ key, cells, why }) => (
              <tr key={key}>
                <td className="mono">{cells[0]}</td>
                <td className="mono">{cells[1]}</td>
                <td>{why}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {!all && rows.length > few && (
        <Button look="quiet" onClick={() => setAll(true)}>
          Show all {rows.length}
        </Button>
      )}
    </>
  );
}

function byTarget(missing: readonly MissingTarget[]) {
  const targets = new Map<string, MissingTarget & { pages: string[] }>();
  for (const one of missing) {
    const key = `${one.kind} ${one.target}`;
    const known = targets.get(key);
    if (known) known.pages.push(one.page);
    else targets.set(key, { ...one, pages: [one.page] });
  }
  return [...targets.values()].sort((a, b) => b.pages.length - a.pages.length || (a.target < b.target ? -1 : 1));
}
