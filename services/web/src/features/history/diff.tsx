import type { RevisionView } from '@sidekick/contracts';
import { useMemo, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { linesOf, type Row, rowsOf } from '../editor/index.ts';

/** Lines taken out and lines that came, the unchanged ones between them folded. Two texts that differ altogether stand side by side. */
export function Diff({ old, now }: { old: RevisionView; now: RevisionView }) {
  // Whichever was chosen first, the older text is what the newer one is told against.
  const [from, to] = old.id < now.id ? [old, now] : [now, old];
  const rows = useMemo(() => rowsOf(linesOf(from.body), linesOf(to.body)), [from, to]);
  if (from.body === to.body && from.title === to.title) return <p className="muted">The two texts are the same.</p>;
  return (
    <>
      {from.title !== to.title && (
        <p>
          Title: <del>{from.title}</del> <ins>{to.title}</ins>
        </p>
      )}
      {rows && (
        <pre className="text diff">
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line of a text has no other name than its number
            <Line key={at} row={row} />
          ))}
        </pre>
      )}
      {!rows && (
        <>
          <p className="muted">Too much differs to compare line by line: the older text first, then the newer.</p>
          <div className="beside">
            <pre className="text">{from.body}</pre>
            <pre className="text">{to.body}</pre>
          </div>
        </>
      )}
    </>
  );
}

function Line({ row }: { row: Row }) {
  const [open, setOpen] = useState(false);
  if (row.kind === 'hidden') {
    if (open) return row.lines.map((line) => `  ${line}\n`).join('');
    return (
      <Button look="quiet" onClick={() => setOpen(true)}>
        {row.lines.length} lines are the same
      </Button>
    );
  }
  if (row.kind === 'same') return `  ${row.text}\n`;
  return row.kind === 'old' ? <del>{`- ${row.text}\n`}</del> : <ins>{`+ ${row.text}\n`}</ins>;
}
