import type { LeaveLength, TimeOffView } from '@sidekick/contracts';
import { useSession } from '../../app/session.tsx';
import { Consequences, usePreview, useRested } from '../../staffing/consequences.tsx';
import { RangeField } from '../../staffing/date-fields.tsx';
import { Choice, SelectField, TextArea, TextField } from '../../staffing/fields.tsx';
import { count, dayRangeWithYear } from '../../staffing/format.ts';
import { rulesOf } from '../../staffing/guarded-save.ts';
import { sum } from '../../staffing/lists.ts';
import { useHolidays } from '../../staffing/queries.ts';
import { RecordForm } from '../../staffing/record-form.tsx';
import { useRecordForm } from '../../staffing/use-record-form.ts';
import { Icon } from '../../ui/icons.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { AgainFields } from './again-fields.tsx';
import { type LeaveDraft, type LeavePlan, leaveDraft, leaveFields, personOptions, readLeave } from './leave-draft.ts';
import { leavePlan, moreLeave, planId } from './leave-plan.ts';
import { workWords } from './leave-words.ts';
import { PlanList } from './plan-list.tsx';
import { type Names, Price, together, useAbsence } from './price.tsx';

interface Props {
  /** `new`, or which leave it is: the form stays open when somebody else removes it. */
  id: string;
  leave: TimeOffView | null;
  names: Names;
  today: string;
  onClose: () => void;
  /** The decided leave after which a new one is asked. */
  again?: TimeOffView | undefined;
  /** Whose new leave it is to begin with; absent: the reader's own. */
  person?: string;
}

/** The state of the form: what is typed, what it costs, and the ways to save. */
function useLeaveForm({ id, leave, names, today, onClose, person: whose, again }: Props) {
  const { me, is } = useSession();
  const manager = is('manager');
  const nameOf = (person: string) => names.people.get(person)?.private.name ?? 'Somebody';
  const holidays = useHolidays();
  const planOf = (typed: LeaveDraft): LeavePlan => leavePlan(typed, today, names.people.get(typed.person), holidays.data);
  const form = useRecordForm<TimeOffView, LeaveDraft>({
    kind: 'timeOff',
    subject: ['leave:', id, whose && ` ${whose}`, again && ` after ${again.id}`].filter(Boolean).join(''),
    isNew: id === 'new',
    record: leave,
    fields: leaveFields,
    draft: (record) => leaveDraft(record, whose ?? me?.person ?? '', manager, again),
    read: (typed) => readLeave(typed, today, planOf(typed)),
    more: (typed) => moreLeave(typed, today, planOf(typed)),
    says: isDeclining,
    said: (typed) => `Leave of ${nameOf(typed.person)}, ${saidDays(typed, planOf(typed))}, is ${typed.state}`,
    onClose,
  });
  const { typed, guarded } = form;
  const plan = planOf(typed);
  const asked = typed.person && plan.kept.length > 0 ? [typed.person, ...plan.kept.map(({ from, to }) => `${from}/${to}`)].join(' ') : '';
  const [who = '', ...spans] = useRested(asked).split(' ');
  const absence = useAbsence(
    who || null,
    spans.map((span) => ({ from: span.slice(0, 10), to: span.slice(11) })),
  );
  const more = id === 'new' && form.command ? moreLeave(typed, today, plan) : [];
  const preview = usePreview(form.command ? [form.command, ...more] : null, guarded.busy || guarded.saved);
  const broken = preview.answer?.broken ?? guarded.refused;
  return { ...form, manager, plan, holidays, absence, preview: form.command ? preview : null, broken };
}

/** As understood: of `Friday`, the day that it is. */
const saidDays = ({ range }: LeaveDraft, { kept: [first, ...more] }: LeavePlan): string => {
  if (!first) return range;
  const days = dayRangeWithYear(first.from, first.to);
  return more.length === 0 ? days : `${days} and ${count(more.length, 'time')} more`;
};

/** What becomes of decided leave after which somebody asks anew. */
function AgainNote({ leave }: { leave: TimeOffView }) {
  const days = dayRangeWithYear(leave.from, leave.to);
  return (
    <p className="conf fd">
      <Icon name="info" />
      <span>
        {leave.state === 'approved'
          ? `Your leave ${days} is approved and stands. This asks for other days; whoever approves them takes the earlier ones back, so say in the note which.`
          : `Your leave ${days} was declined and stays so. This asks anew.`}
      </span>
    </p>
  );
}

const totalOf = (all: readonly LeaveLength[]): LeaveLength | null =>
  all.length === 0 ? null : { days: sum(all.map(({ days }) => days)), hours: sum(all.map((one) => one.hours)) };

const isDeclining = ({ state }: LeaveDraft): boolean => state === 'declined';

/** Of several days each is tried alone, and whole. */
const priceTitle = ({ amount }: LeaveDraft, { kept }: LeavePlan): string =>
  ['What it costs', kept.length > 1 && ', each by itself', amount !== 'whole' && ' at most: whole days were counted']
    .filter(Boolean)
    .join('');

/** Asks for leave, or changes it; what it costs follows the days while they are typed. */
export function LeaveForm(props: Props) {
  const { id, names, today, again, leave } = props;
  const { typed: draft, shown, set, manager, plan, holidays, absence, preview, broken, wrong, submit, remove, frame } = useLeaveForm(props);
  const lengths = new Map((preview?.answer?.leave ?? []).map((one) => [one.timeOff, one]));
  const length = totalOf([...lengths.values()]);
  const price = absence.data && together(absence.data);
  const isNew = id === 'new';
  return (
    <RecordForm
      title={isNew ? (manager ? 'Add leave' : 'Ask for leave') : 'Leave'}
      frame={frame}
      broken={broken}
      onSubmit={() => void submit(broken)}
      saveLabel={isNew ? (draft.state === 'requested' ? 'Ask' : 'Add') : 'Save'}
      onRemove={isNew ? null : () => void remove(`Leave ${shown.range} is withdrawn`)}
    >
      {again && <AgainNote leave={again} />}
      {manager && (
        <SelectField
          label="Person"
          value={draft.person}
          onChange={(person) => set({ person })}
          options={personOptions(names, draft.person, today)}
          error={wrong('person', 'person')}
          disabled={!isNew}
        />
      )}
      <RangeField
        label="From – to, both included"
        text={draft.range}
        onText={(text) => set({ range: text })}
        today={today}
        autoFocus={isNew}
        error={wrong('range', 'to', 'from')}
      />
      {isNew && <AgainFields draft={draft} set={set} today={today} wrong={wrong} />}
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
          error={wrong('hours', 'amount')}
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
      {isDeclining(draft) && leave?.state !== 'declined' && rulesOf(broken).length === 0 && (
        <TextField
          label="Why not?"
          value={draft.reason}
          onChange={(reason) => set({ reason })}
          help="The person and managers see it, nobody else"
        />
      )}
      <section className="fd" aria-live="polite">
        {draft.every !== 'once' && !holidays.data && holidays.error && (
          <ProblemNote
            error={holidays.error}
            what="The holidays did not load, and leave that comes again leaves them out"
            retry={() => void holidays.refetch()}
          />
        )}
        {length && (
          <p>
            <b>{workWords(length)}</b> of the pattern
          </p>
        )}
        {preview?.error && !frame.guarded.error && <ProblemNote error={preview.error} what="This would not be saved as it is" />}
        {manager && preview?.answer && <Consequences answer={preview.answer} names={names} />}
        {isNew && plan.kept.length + plan.left.length > 1 && (
          <PlanList plan={plan} lengthOf={(index) => lengths.get(planId(draft, index))} absences={absence.data} names={names} />
        )}
        {absence.error && <ProblemNote error={absence.error} what="What it costs is not known" retry={() => void absence.refetch()} />}
        {price && (
          <>
            <h3>{priceTitle(draft, plan)}</h3>
            <Price absence={price} names={names} />
          </>
        )}
      </section>
    </RecordForm>
  );
}
