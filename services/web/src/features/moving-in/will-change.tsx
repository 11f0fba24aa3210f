import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { type Corrections, cellName, type Read, toggled } from './corrections.ts';
import type { At } from './sheet-grid.tsx';
import { countWordsOf, doWords } from './words.ts';

interface Props {
  read: Read;
  corrections: Corrections;
  set: (patch: Partial<Corrections>) => void;
  go: (at: At) => void;
}
const few = 30;

/** What would be written, by kind; what stands here and is not in the sheet; and which rules break. */
export function WillChange({ read, corrections, set, go }: Props) {
  const { changes, counts, missing, kept, broken, brokenCount } = read;
  const keep = (id: string, on: boolean) => set({ keep: toggled(corrections.keep, id, on) });
  const goes = (one: Read['missing'][number], on: boolean) =>
    one.byHand
      ? set({ remove: toggled(corrections.remove, one.id, on), keep: toggled(corrections.keep, one.id, false) })
      : keep(one.id, !on);
  return (
    <>
      {counts.length === 0 ? (
        <p className="mid">Nothing: what the sheet says is what stands here.</p>
      ) : (
        <ul className="mcounts">
          {counts.map((one) => (
            <li key={`${one.do} ${one.kind}`}>{countWordsOf(one)}</li>
          ))}
        </ul>
      )}
      {counts.some((one) => one.kind === 'project' && one.do === 'create') && (
        <p className="muted">A new project begins with its first entry in the sheet and ends with its last.</p>
      )}
      <Folded title={`Each of the ${changes.length} changes`} items={changes} count={changes.length}>
        {(one, at) => (
          <li key={at}>
            <b>{doWords[one.do]}</b> {one.words}
            {one.was !== null && one.do === 'change' && <small className="muted">was {one.was}</small>}
            {one.byHand && <small className="warn0">Somebody made or changed this here by hand.</small>}
            <span className="macts">
              {one.row !== null && one.column !== null && (
                <Button look="quiet" onClick={() => go({ row: one.row ?? 1, column: one.column ?? 1 })}>
                  {cellName(one.row, one.column)}
                </Button>
              )}
              {one.id !== null && one.kind !== 'project' && (
                <Button look="quiet" onClick={() => keep(one.id ?? '', true)}>
                  Keep it as it is
                </Button>
              )}
            </span>
          </li>
        )}
      </Folded>
      {missing.length > 0 && (
        <>
          <h3>Here in these weeks, and not in the sheet</h3>
          <p className="muted">What an earlier sheet wrote goes with it; what somebody made by hand stays unless you tick it.</p>
          <Listed items={missing}>
            {(one) => (
              <li key={one.id}>
                <label className="ck">
                  <input type="checkbox" checked={one.goes} onChange={(event) => goes(one, event.currentTarget.checked)} />
                  <span>
                    Remove {one.words}
                    {one.byHand && <small className="muted">made or changed by hand</small>}
                  </span>
                </label>
              </li>
            )}
          </Listed>
        </>
      )}
      {kept.length > 0 && (
        <>
          <h3>Kept as it stands here</h3>
          <Listed items={kept}>
            {(one) => (
              <li key={one.id}>
                {one.words}
                <span className="macts">
                  <Button look="quiet" onClick={() => keep(one.id, false)}>
                    Take the sheet’s
                  </Button>
                </span>
              </li>
            )}
          </Listed>
        </>
      )}
      {broken.length > 0 && (
        <Folded title={`${brokenCount === 1 ? '1 rule is' : `${brokenCount} rules are`} broken by this`} items={broken} count={brokenCount}>
          {(one, at) => <li key={at}>{one.message}</li>}
        </Folded>
      )}
    </>
  );
}

function Folded<T>({
  title,
  items,
  count,
  children,
}: {
  title: string;
  items: readonly T[];
  count: number;
  children: (one: T, at: number) => React.ReactNode;
}) {
  const [open, setOpen] = useState(false);
  if (items.length === 0) return null;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {open && <Listed items={items}>{children}</Listed>}
      {open && count > items.length && <p className="muted">and {count - items.length} more</p>}
    </details>
  );
}

/** The first of a list, and more of it when asked. */
export function Listed<T>({ items, children }: { items: readonly T[]; children: (one: T, at: number) => React.ReactNode }) {
  const [most, setMost] = useState(few);
  return (
    <>
      <ul className="mlist">{items.slice(0, most).map(children)}</ul>
      {items.length > most && (
        <Button look="quiet" onClick={() => setMost(most + 200)}>
          Show {Math.min(200, items.length - most)} more of {items.length - most}
        </Button>
      )}
    </>
  );
}
