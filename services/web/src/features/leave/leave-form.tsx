import type { TimeOffView } from '@sidekick/contracts';
import { useSession } from '../../app/session.tsx';
import { useRested } from '../staffing/consequences.tsx';
import { RangeField, readRange } from '../staffing/date-fields.tsx';
import { useDraft } from '../staffing/draft.ts';
import { Choice, SelectField, TextArea, TextField, typedNumber } from '../staffing/fields.tsx';
import { dayRange } from '../staffing/format.ts';
import { fieldError, useGuardedSave } from '../staffing/guarded-save.ts';
import { commandFor, RecordForm } from '../staffing/record-form.tsx';
import { type LeaveDraft, leaveDraft, personOptions, replaced } from './leave-draft.ts';
import { type Names, Price, useAbsence } from './price.tsx';

interface Props {
  leave: TimeOffView | null;
  names: Names;
  today: string;
  onClose: () => void;
}

/** The state of the form: what is typed, what it costs, and the ways to save. */
function useLeaveForm({ leave, names, today, onClose }: Props) {
  const { me, is } = useSession();
  const manager = is('manager');
  const [draft, set, { clear }] = useDraft<LeaveDraft>(leave ? `leave ${leave.id} ${leave.version}` : 'leave new', () =>
    leaveDraft(leave, me?.person ?? '', manager),
  );
  const guarded = useGuardedSave();
  const range = readRange(draft.range, today);
  const perDay = typedNumber(draft.hours, 0.25, 24);
  const days = useRested(range.ok && range.to !== null && draft.person ? `${draft.person} ${range.from} ${range.to}` : '');
  const [who = null, from = '', to = ''] = days === '' ? [] : days.split(' ');
  const absence = useAbsence(who, who ? { from, to } : null);
  const done = () => {
    clear();
    onClose();
  };
  const submit = async () => {
    set({ tried: true });
    if (!range.ok || !draft.person || (draft.amount === 'hours' && perDay === null)) return;
    const amount = draft.amount === 'hours' ? { hours: perDay } : { portion: draft.amount === 'whole' ? 1 : 0.5 };
    const body = {
      person: draft.person,
      from: range.from,
      to: range.to,
      amount,
      state: draft.state,
      private: { kind: draft.kind.trim() || null, note: draft.note.trim() || null },
    };
    const command =
      leave && JSON.stringify(leave.amount) !== JSON.stringify(amount)
        ? replaced(body, leave)
        : commandFor('timeOff', draft.id, body, leave);
    if (!command) return done();
    const name = names.people.get(draft.person)?.private.name ?? 'Somebody';
    const said = `Leave of ${name}, ${dayRange(range.from, range.to ?? range.from)}, is ${draft.state}`;
    if (await guarded.submit({ commands: [command], said }, draft.reason)) done();
  };
  const remove = async () => {
    if (!leave) return;
    const said = `Leave ${dayRange(leave.from, leave.to)} is withdrawn`;
    if (await guarded.run({ commands: [{ do: 'delete', kind: 'timeOff', id: leave.id, version: leave.version }], said })) done();
  };
  return { draft, set, guarded, manager, range, perDay, absence, done, submit, remove };
}

/** Asks for leave, or changes it; what it costs follows the days while they are typed. */
export function LeaveForm(props: Props) {
  const { leave, names, today } = props;
  const { draft, set, guarded, manager, range, perDay, absence, done, submit, remove } = useLeaveForm(props);
  return (
    <RecordForm
      title={leave ? 'Leave' : manager ? 'Add leave' : 'Ask for leave'}
      guarded={guarded}
      reason={draft.reason}
      onReason={(reason) => set({ reason })}
      tried={draft.tried}
      onSubmit={() => void submit()}
      saveLabel={leave ? 'Save' : draft.state === 'requested' ? 'Ask' : 'Add'}
      onClose={done}
      onRemove={leave ? () => void remove() : null}
    >
      {manager && (
        <SelectField
          label="Person"
          value={draft.person}
          onChange={(person) => set({ person })}
          options={personOptions(names, draft.person)}
          error={(draft.tried && draft.person === '' ? 'Choose a person' : null) ?? fieldError(guarded.error, 'person')}
          disabled={leave !== null}
        />
      )}
      <RangeField
        label="From – to, both included"
        text={draft.range}
        onText={(text) => set({ range: text })}
        today={today}
        autoFocus={leave === null}
        error={(draft.tried && !range.ok ? range.message : null) ?? fieldError(guarded.error, 'to') ?? fieldError(guarded.error, 'from')}
      />
      <Choice
        label="Each day"
        value={draft.amount}
        onChange={(amount) => set({ amount })}
        options={[
          { value: 'whole', label: 'Whole' },
          { value: 'half', label: 'Half' },
          { value: 'hours', label: 'Hours' },
        ]}
      />
      {draft.amount === 'hours' && (
        <TextField
          label="Hours off a day"
          type="number"
          value={draft.hours}
          onChange={(hours) => set({ hours })}
          error={(perDay === null ? 'Hours are a number up to 24' : null) ?? fieldError(guarded.error, 'amount')}
        />
      )}
      <TextField
        label="Kind"
        value={draft.kind}
        onChange={(kind) => set({ kind })}
        list="kinds"
        help="You and managers see it; everyone else sees “away”"
      />
      <datalist id="kinds">
        {['Holiday', 'Parental leave', 'Training', 'Sick leave'].map((kind) => (
          <option key={kind} value={kind} />
        ))}
      </datalist>
      <TextArea label="Note" value={draft.note} onChange={(note) => set({ note })} />
      {manager && (
        <Choice
          label="State"
          value={draft.state}
          onChange={(state) => set({ state })}
          options={[
            { value: 'requested', label: 'Requested' },
            { value: 'approved', label: 'Approved' },
            { value: 'declined', label: 'Declined' },
          ]}
        />
      )}
      {absence.data && (
        <section className="fd" aria-live="polite">
          <h3>What it costs{draft.amount === 'whole' ? '' : ', if it were whole days'}</h3>
          <Price absence={absence.data} names={names} />
        </section>
      )}
    </RecordForm>
  );
}
