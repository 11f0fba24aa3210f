import { useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { OrphanedDraftNote } from '../../app/orphaned-drafts.tsx';
import { ulid } from '../../app/ulid.ts';
import { useUnsaved } from '../../app/unsaved.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { toast } from '../../ui/toast.tsx';
import { asDraft, type Draft, isDraft, newPageKey } from './draft.ts';

/** In the place of a page that was removed: what was written on it and never saved is not lost with it. */
export function Gone({ page }: { page: string }) {
  const unsaved = useUnsaved<Draft>(`page:${page}`, { fits: isDraft });
  const [draft, setDraft] = useState(unsaved.kept?.value ?? null);
  const box = 'sk-gone';
  return (
    <main className="wrap">
      <Empty
        icon="page"
        title="This page is not there any more"
        action={
          <Link className="btn" to="/p/">
            To the handbook
          </Link>
        }
      />
      <OrphanedDraftNote texts={unsaved.orphanedDrafts} take={setDraft} about={({ fields }) => fields.title} />
      {draft && (
        <section className="fm" aria-label="What you wrote">
          <div className="fd">
            <label htmlFor={box}>What you wrote on “{draft.fields.title}” and never saved</label>
            <textarea id={box} readOnly rows={16} value={asDraft(draft, page).fields.body} />
          </div>
          <BeginAnew draft={() => asDraft(draft, page)} dropped={unsaved.drop} />
        </section>
      )}
    </main>
  );
}

/** Makes an unsaved new page of what was written on one that was removed. `dropped` is told once that keeps it. */
export function BeginAnew({ draft, dropped }: { draft: () => Draft; dropped: () => void }) {
  // A name of its own, so that it takes the place of no other text.
  const [params] = useState(() => new URLSearchParams({ from: ulid() }).toString());
  const next = useUnsaved<Draft>(newPageKey + params, { fits: isDraft });
  const navigate = useNavigate();
  const begin = () => {
    if (!next.keep({ id: ulid(), fields: { ...draft().fields, message: '' }, base: null, chosen: [] })) {
      toast('No new page was begun', { tone: 'bad', detail: 'This browser has no room to keep it. Copy your text.' });
      return;
    }
    dropped();
    void navigate(`/new?${params}`);
  };
  return (
    <div className="acts">
      <Button look="primary" onClick={begin}>
        Begin a new page with it
      </Button>
    </div>
  );
}
