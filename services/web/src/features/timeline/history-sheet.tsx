import { useState } from 'react';
import { Link } from 'react-router-dom';
import { ChangeRow } from '../../staffing/change-row.tsx';
import { useChanges, useRecords } from '../../staffing/queries.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Lines } from '../../ui/skeleton.tsx';

/** Who changed what, newest first, each with Undo for those who may. */
export function HistorySheet({ canEdit, onClose }: { canEdit: boolean; onClose: () => void }) {
  const [limit, setLimit] = useState(50);
  const changes = useChanges(limit);
  const { records } = useRecords();
  return (
    <Sheet title="Who changed what" onClose={onClose}>
      <p className="acts">
        <Link className="btn" to="/staffing/history">
          Filter, export
        </Link>
      </p>
      {changes.error && <ProblemNote error={changes.error} retry={() => void changes.refetch()} />}
      {!changes.data && !changes.error && <Lines count={6} />}
      {changes.data?.items.length === 0 && <p className="mid">Nothing was changed yet.</p>}
      <ul className="hist">
        {changes.data?.items.map((set) => (
          <ChangeRow key={set.number} set={set} canEdit={canEdit} names={records} />
        ))}
      </ul>
      {changes.data?.nextCursor && limit < 200 && (
        <p className="acts">
          <Button onClick={() => setLimit(200)}>Show more</Button>
        </p>
      )}
      <span className="gap" />
    </Sheet>
  );
}
