import { nameKey, tidyName } from '@sidekick/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ask, becameOf, bodyOf } from '../../api/ask.ts';
import { useToast } from '../../app/session.tsx';
import { ulid } from '../../app/ulid.ts';
import { useUndo, wordsOf } from '../../staffing/changes.ts';
import { followingOf, Written } from '../../staffing/following.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import type { SkillRow } from './skill-rows.ts';

interface Props {
  row: SkillRow;
  rows: readonly SkillRow[];
  onClose: () => void;
}

/** Gives a skill another name, or several skills one; everywhere, as one change set. */
export function MergeDialog({ row, rows, onClose }: Props) {
  const [name, setName] = useState(row.name);
  const [merged, setMerged] = useState<readonly string[]>([]);
  const { merge, busy } = useMerge(onClose);
  const others = rows.filter(({ key }) => key !== row.key);
  const chosen = tidyName(name);
  // Naming it as another is called, or spelled, merges the two.
  const isCalled = ({ key, also }: SkillRow) => [key, ...also.map(nameKey)].includes(nameKey(chosen));
  const spellings = [row.name, ...others.filter((one) => merged.includes(one.key) || isCalled(one)).map((one) => one.name)];
  const isSame = chosen === '' || (chosen === row.name && spellings.length === 1);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!isSame) void merge(chosen, spellings);
  };
  return (
    <Dialog title={`Rename or merge ${row.name}`} onClose={onClose} busy={busy}>
      <form className="fm" noValidate onSubmit={send}>
        <Field label="Name" data-autofocus value={name} maxLength={120} onChange={({ target }) => setName(target.value)} />
        <label className="fd">
          Merge with it
          <select
            multiple
            size={Math.min(8, Math.max(2, others.length))}
            value={[...merged]}
            onChange={({ target }) => setMerged([...target.selectedOptions].map(({ value }) => value))}
          >
            {others.map((one) => (
              <option key={one.key} value={one.key}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
        <p className="xs">
          {isSame
            ? 'Another name stands everywhere from then on. Of two levels the higher stays.'
            : `${spellings.join(', ')} ${spellings.length === 1 ? 'is' : 'are'} called ${chosen} everywhere. Of two levels the higher stays.`}
        </p>
        <div className="acts">
          <Button type="submit" look="primary" busy={busy} disabled={isSame}>
            {spellings.length === 1 ? 'Rename' : 'Merge'}
          </Button>
          <Button disabled={busy} onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function useMerge(onDone: () => void) {
  const client = useQueryClient();
  const undo = useUndo();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [id] = useState(ulid);
  const merge = async (skill: string, spellings: string[]) => {
    setBusy(true);
    const said = `${spellings.join(', ')} ${spellings.length === 1 ? 'is' : 'are'} called ${skill} everywhere`;
    try {
      const body = bodyOf('mergeSkills', { id, skill, spellings });
      const answer = await followingOf(client).write((follow) => ask(Written, '/skills/merge', { method: 'POST', body, follow }), true);
      toast(said, { action: { label: 'Undo', run: () => void undo(answer.number, said) } });
      onDone();
    } catch (error) {
      toast(becameOf(error, 'Not renamed', 'it was renamed'), { tone: 'bad', detail: wordsOf(error) });
    }
    setBusy(false);
  };
  return { merge, busy };
}
