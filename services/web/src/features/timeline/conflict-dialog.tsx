import type { BrokenRule } from '@sidekick/contracts';
import { useId, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { BrokenRules, ReasonField } from '../staffing/consequences.tsx';

interface Props {
  /** What would be saved, in one sentence. */
  said: string;
  broken: readonly BrokenRule[];
  busy: boolean;
  error: Error | null;
  onSave: (reason: string) => void;
  onPutBack: () => void;
}

/** A change that breaks rules: save anyway with a reason, or put back. */
export function ConflictDialog({ said, broken, busy, error, onSave, onPutBack }: Props) {
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const form = useId();
  return (
    <Dialog title={said} onClose={onPutBack}>
      <form
        id={form}
        className="fm"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (reason.trim() !== '') onSave(reason.trim());
        }}
      >
        <BrokenRules broken={broken} />
        <ReasonField
          value={reason}
          onChange={setReason}
          error={tried && reason.trim() === '' ? 'Say why: the rule refuses this without a reason' : null}
          autoFocus
        />
        {error && <ProblemNote error={error} what="This was not saved" />}
        <div className="acts">
          <Button look="primary" type="submit" busy={busy}>
            Save anyway
          </Button>
          <Button onClick={onPutBack}>Put back</Button>
        </div>
      </form>
    </Dialog>
  );
}
