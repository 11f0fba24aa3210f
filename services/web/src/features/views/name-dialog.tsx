import '../../ui/form.css';
import { nameKey } from '@sidekick/contracts';
import { type FormEvent, useState } from 'react';
import { becameOf } from '../../api/ask.ts';
import { wordsOf } from '../../staffing/changes.ts';
import { Choice, TextField } from '../../staffing/fields.tsx';
import { isolated } from '../../staffing/people-names.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { nameError } from './saving.ts';
import type { Saved } from './views.ts';

interface Props {
  title: string;
  /** The view that gets another name; null for a new one. */
  renamed: Saved | null;
  views: readonly Saved[];
  /** Whether one for everybody may be made. */
  canShare: boolean;
  /** What it will show, in words. */
  words: string;
  onSave: (name: string, shared: boolean) => Promise<void>;
  onClose: () => void;
}

/** The name of a view, and for whom it is. */
export function NameDialog({ title, renamed, views, canShare, words, onSave, onClose }: Props) {
  const [name, setName] = useState(renamed?.name ?? '');
  const [whose, setWhose] = useState<'own' | 'all'>(renamed?.shared ? 'all' : 'own');
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const [busy, setBusy] = useState(false);
  const [was, setWas] = useState(renamed?.name);
  const shared = whose === 'all';
  const twin = views.find((one) => one.id !== renamed?.id && one.shared === shared && nameKey(one.name) === nameKey(name));
  const wrong =
    name.trim() === ''
      ? 'Give it a name'
      : twin
        ? `${shared ? 'A view for everybody' : 'A view of yours'} is called ${isolated(twin.name)} already`
        : null;
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (wrong || busy) return;
    if (renamed && renamed.name !== was) {
      setWas(renamed.name);
      setError(new Error(`Somebody has called it ${isolated(renamed.name)} meanwhile: Rename once more replaces that`));
      return;
    }
    setBusy(true);
    try {
      await onSave(name, shared);
      onClose();
    } catch (failed) {
      setError(failed instanceof Error ? failed : new Error(wordsOf(failed)));
      setBusy(false);
    }
  };
  const atName = (tried ? wrong : null) ?? nameError(error);
  return (
    <Dialog title={title} onClose={onClose} busy={busy}>
      <form className="fm" aria-label={title} noValidate onSubmit={(event) => void send(event)}>
        <TextField
          label="Name"
          value={name}
          onChange={(next) => {
            setName(next);
            setError(null);
          }}
          error={atName}
          help={renamed ? undefined : words}
          autoFocus
        />
        {!renamed && canShare && (
          <div className="fd">
            <Choice
              label="For"
              value={whose}
              onChange={setWhose}
              options={[
                { value: 'own', label: 'Me alone' },
                { value: 'all', label: 'Everybody' },
              ]}
            />
          </div>
        )}
        {error && !atName && (
          <p className="bad" role="alert">
            {becameOf(error, 'Not saved', 'it was saved')}: {wordsOf(error)}
          </p>
        )}
        <div className="acts">
          <Button look="primary" type="submit" busy={busy}>
            {renamed ? 'Rename' : 'Save'}
          </Button>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
