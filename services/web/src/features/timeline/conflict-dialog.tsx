import type { BrokenRule } from '@sidekick/contracts';
import { useId, useState } from 'react';
import { BrokenRules, ReasonField } from '../../staffing/consequences.tsx';
import { useDraft } from '../../staffing/draft.ts';
import { KeptNote } from '../../staffing/record-form.tsx';
import { keptDraft } from '../../staffing/use-merging.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem.tsx';

interface Props {
  /** The assignment that was moved: what is typed is kept for it. */
  id: string;
  /** What would be saved, in one sentence. */
  said: string;
  broken: readonly BrokenRule[];
  busy: boolean;
  error: Error | null;
  /** Answers whether it went. */
  onSave: (reason: string) => Promise<boolean>;
  onPutBack: () => void;
}

/** A change that breaks rules: save anyway with a reason, or put back. The reason is there again when the same bar is moved once more. */
export function ConflictDialog({ id, said, broken, busy, error, onSave, onPutBack }: Props) {
  const draft = useDraft(`move:${id}`, () => ({ reason: '' }));
  const { reason } = draft.value;
  const [tried, setTried] = useState(false);
  const form = useId();
  // What is being saved cannot be put back: Undo takes it back.
  const putBack = () => {
    if (!busy) onPutBack();
  };
  const save = async () => {
    if (await onSave(reason.trim())) draft.clear();
  };
  return (
    <Dialog title={said} onClose={putBack}>
      <form
        id={form}
        className="fm"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (reason.trim() !== '') void save();
        }}
      >
        <KeptNote kept={keptDraft(draft, (kept) => kept.reason)} />
        <BrokenRules broken={broken} />
        <ReasonField
          value={reason}
          onChange={(text) => draft.set({ reason: text })}
          error={tried && reason.trim() === '' ? 'Say why: the rule refuses this without a reason' : null}
          autoFocus
        />
        {error && <ProblemNote error={error} what="This was not saved" done="this was saved" />}
        <div className="acts">
          <Button look="primary" type="submit" busy={busy}>
            Save anyway
          </Button>
          <Button busy={busy} onClick={putBack}>
            Put back
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
