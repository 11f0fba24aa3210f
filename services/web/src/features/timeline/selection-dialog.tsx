import type { Assignment, AssignmentView } from '@sidekick/contracts';
import { type FormEvent, useMemo, useState } from 'react';
import { BrokenRules, Consequences, ReasonField, usePreview } from '../../staffing/consequences.tsx';
import { useDraft } from '../../staffing/draft.ts';
import { Choice, SelectField, TextField } from '../../staffing/fields.tsx';
import { count } from '../../staffing/format.ts';
import { rulesOf } from '../../staffing/guarded-save.ts';
import { isOffered, nameAmong, peopleByName } from '../../staffing/people-names.ts';
import { KeptNote } from '../../staffing/record-form.tsx';
import { useToday } from '../../staffing/today.ts';
import { keptDraft } from '../../staffing/use-merging.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import type { Records } from './bars.ts';
import { type Deed, handed, inState, overNewest, removal, shifted, whoAll, whoIn } from './deeds.ts';
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
function deedOf({ action, list, records }: Omit<Props, 'onClose'>, { weeks, person, state }: Typed): Deed | string {
  if (action === 'delete') return removal(list, records);
  if (action === 'state') return inState(list, state, records) ?? `All of them are ${state} already`;
  if (action === 'person')
    return person === '' ? 'Choose a person' : (handed(list, person, records) ?? 'All of them are with this person already');
  const by = weeksIn(weeks);
  if (by === null) return 'Say a whole number of weeks, such as 2, or -2 for earlier';
  return shifted(list, by, records) ?? 'No weeks move nothing';
}

/**
 * One change for all that was selected when it opened, by name: what it would break and change is told before it is saved, and broken
 * rules are accepted with one reason. What others save meanwhile is kept, or told where this would overwrite it.
 */
export function SelectionDialog({ action, list, records, onClose }: Props) {
  const [base, setBase] = useState(list);
  const [typed, setTyped] = useState<Typed>({ weeks: '1', person: '', state: 'confirmed' });
  const [tried, setTried] = useState(false);
  const draft = useDraft(`move:${action}:${base.map(({ id }) => id).join(' ')}`, () => ({ reason: '' }));
  const { reason } = draft.value;
  const deeds = useDeeds();
  const deed = useMemo(() => deedOf({ action, list: base, records }, typed), [action, base, records, typed]);
  const made = typeof deed === 'string' ? null : deed;
  const ready = made && overNewest(made, list);
  const overtaken = deeds.busy || !made ? [] : made.on.filter((one) => overNewest({ ...made, on: [one] }, list) === null);
  const preview = usePreview(ready ? [...ready.commands] : null, deeds.busy);
  const broken = deeds.refused.length > 0 ? deeds.refused : (preview.answer?.broken ?? []);
  const isBroken = rulesOf(broken).length > 0;
  const set = (over: Partial<Typed>) => {
    deeds.put();
    setTyped((old) => ({ ...old, ...over }));
  };
  const takeNewest = () => {
    deeds.put();
    setBase(list);
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
    <Dialog title={`${titles[action]} ${count(base.length, 'assignment')}`} busy={deeds.busy} onClose={onClose}>
      <form className="fm" noValidate onSubmit={(event) => void submit(event)}>
        <KeptNote kept={keptDraft(draft, (kept) => kept.reason)} />
        <Named list={base} records={records} />
        <Fields action={action} typed={typed} records={records} wrong={wrong} onChange={set} />
        {overtaken.length > 0 && (
          <div className="conf bad0" role="alert">
            <Icon name="warn" />
            <span>
              Somebody has changed {whoAll(overtaken, records)} meanwhile: this would overwrite it.{' '}
              <Button onClick={takeNewest}>Take the newest</Button>
            </span>
          </div>
        )}
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

/** Names that are told before the rest is counted. */
const named = 5;

/** What is meant, by name: not all of it need be in view. */
function Named({ list, records }: Pick<Props, 'list' | 'records'>) {
  const more = list.length - named;
  return (
    <ul className="rules mid">
      {list.slice(0, named).map((one) => (
        <li key={one.id}>{whoIn(one, records)}</li>
      ))}
      {more > 0 && <li>and {more} more</li>}
    </ul>
  );
}

interface FieldsProps extends Pick<Props, 'action' | 'records'> {
  typed: Typed;
  wrong: string | null;
  onChange: (over: Partial<Typed>) => void;
}

function Fields({ action, typed, records, wrong, onChange }: FieldsProps) {
  const { people } = records;
  const { today } = useToday();
  const offered = useMemo(
    () =>
      peopleByName(people.values())
        .filter(({ id }) => isOffered(id, people, today))
        .map((one) => ({ value: one.id, label: nameAmong(one, people) })),
    [people, today],
  );
  if (action === 'move')
    return (
      <TextField
        label="Weeks later"
        type="number"
        value={typed.weeks}
        onChange={(weeks) => onChange({ weeks })}
        help="With a minus for earlier, such as -2"
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
        options={[{ value: '', label: 'Choose a person' }, ...offered]}
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
