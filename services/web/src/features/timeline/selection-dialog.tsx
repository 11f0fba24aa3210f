import type { Assignment, AssignmentView } from '@sidekick/contracts';
import { type FormEvent, useMemo, useState } from 'react';
import { BrokenRules, Consequences, ReasonField, usePreview } from '../../staffing/consequences.tsx';
import { useDraft } from '../../staffing/draft.ts';
import { Choice, SelectField, TextField } from '../../staffing/fields.tsx';
import { count } from '../../staffing/format.ts';
import { rulesOf } from '../../staffing/guarded-save.ts';
import { KeptNote } from '../../staffing/record-form.tsx';
import { keptDraft } from '../../staffing/use-merging.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import type { Records } from './bars.ts';
import { type Deed, handed, inState, removal, shifted } from './deeds.ts';
import { useDeeds } from './use-deeds.ts';
import type { SelectionAction } from './use-selection.ts';

interface Props {
  action: SelectionAction;
  list: readonly AssignmentView[];
  records: Records;
  onClose: () => void;
}

const titles = { move: 'Move', person: 'Reassign', state: 'Change the state of', delete: 'Delete' } as const;
const buttons = { move: 'Move', person: 'Reassign', state: 'Change', delete: 'Delete' } as const;

interface Typed {
  weeks: string;
  person: string;
  state: Assignment['state'];
}

/** Weeks as typed, below none for earlier; null where it is no whole number of weeks, or more than two years of them. */
function weeksIn(text: string): number | null {
  const plain = text.trim().replace('−', '-');
  return /^[+-]?\d{1,3}$/.test(plain) && Math.abs(Number(plain)) <= 104 ? Number(plain) : null;
}

/** What is typed as a deed, or what is missing. */
function deedOf({ action, list, records }: Props, { weeks, person, state }: Typed): Deed | string {
  if (action === 'delete') return removal(list, records);
  if (action === 'state') return inState(list, state, records) ?? `All of them are ${state} already`;
  if (action === 'person')
    return person === '' ? 'Choose a person' : (handed(list, person, records) ?? 'All of them are with this person already');
  const by = weeksIn(weeks);
  if (by === null) return 'Say a whole number of weeks, such as 2, or -2 for earlier';
  return shifted(list, by, records) ?? 'No weeks move nothing';
}

/** One change for all that is selected: what it would break and change is told before it is saved, and broken rules are accepted with one reason. */
export function SelectionDialog(props: Props) {
  const { action, list, records, onClose } = props;
  const [typed, setTyped] = useState<Typed>({ weeks: '1', person: '', state: 'confirmed' });
  const [tried, setTried] = useState(false);
  const draft = useDraft(`move:${action}:${list.map(({ id }) => id).join(' ')}`, () => ({ reason: '' }));
  const { reason } = draft.value;
  const deeds = useDeeds();
  const deed = useMemo(() => deedOf({ action, list, records, onClose }, typed), [action, list, records, onClose, typed]);
  const ready = typeof deed === 'string' ? null : deed;
  const preview = usePreview(ready ? [...ready.commands] : null, deeds.busy);
  const broken = deeds.refused.length > 0 ? deeds.refused : (preview.answer?.broken ?? []);
  const isBroken = rulesOf(broken).length > 0;
  const set = (over: Partial<Typed>) => {
    deeds.put();
    setTyped((old) => ({ ...old, ...over }));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!ready || (isBroken && reason.trim() === '')) return;
    if (!(await deeds.run(ready, isBroken ? reason.trim() : undefined, broken))) return;
    draft.clear();
    onClose();
  };
  const wrong = tried && typeof deed === 'string' ? deed : null;
  return (
    <Dialog title={`${titles[action]} ${count(list.length, 'assignment')}`} busy={deeds.busy} onClose={onClose}>
      <form className="fm" noValidate onSubmit={(event) => void submit(event)}>
        <KeptNote kept={keptDraft(draft, (kept) => kept.reason)} />
        <Fields action={action} typed={typed} records={records} wrong={wrong} onChange={set} />
        <BrokenRules broken={broken} />
        {preview.answer && <Consequences answer={preview.answer} names={records} />}
        {preview.error && <ProblemNote error={preview.error} what="This would not be saved as it is" />}
        {isBroken && (
          <ReasonField
            value={reason}
            onChange={(text) => draft.set({ reason: text })}
            error={tried && reason.trim() === '' ? 'Say why: the rule refuses this without a reason' : null}
          />
        )}
        <div className="acts">
          <Button look="primary" type="submit" busy={deeds.busy}>
            {isBroken ? `${buttons[action]} anyway` : buttons[action]}
          </Button>
          <Button busy={deeds.busy} onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface FieldsProps extends Pick<Props, 'action' | 'records'> {
  typed: Typed;
  wrong: string | null;
  onChange: (over: Partial<Typed>) => void;
}

function Fields({ action, typed, records, wrong, onChange }: FieldsProps) {
  const people = useMemo(
    () =>
      [...records.people.values()]
        .map(({ id, private: { name } }) => ({ value: id, label: name }))
        .sort((a, b) => a.label.localeCompare(b.label)),
    [records.people],
  );
  if (action === 'move')
    return (
      <TextField
        label="Weeks later"
        type="number"
        value={typed.weeks}
        onChange={(weeks) => onChange({ weeks })}
        help="Below none for earlier: -2"
        error={wrong}
        autoFocus
      />
    );
  if (action === 'person')
    return (
      <SelectField
        label="Person"
        value={typed.person}
        onChange={(person) => onChange({ person })}
        options={[{ value: '', label: 'Choose a person' }, ...people]}
        error={wrong}
      />
    );
  if (action === 'delete') return null;
  return (
    <>
      <Choice
        label="State"
        value={typed.state}
        onChange={(state) => onChange({ state })}
        options={[
          { value: 'confirmed', label: 'Confirmed' },
          { value: 'tentative', label: 'Tentative' },
        ]}
      />
      {wrong && <p className="xs bad">{wrong}</p>}
    </>
  );
}
