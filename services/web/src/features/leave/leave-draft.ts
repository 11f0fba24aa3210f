import type { TimeOff, TimeOffView } from '@sidekick/contracts';
import { ulid } from '../../app/ulid.ts';
import { rangeText, readRange } from '../../staffing/date-fields.tsx';
import type { FormRead, Typed } from '../../staffing/form-types.ts';
import { editable } from '../../staffing/format.ts';
import { isHere, nameAmong, peopleByName } from '../../staffing/people-names.ts';
import { type FormField, fieldOf } from '../../staffing/three-way.ts';
import { typedNumber } from '../../staffing/typed-hours.ts';
import type { Names } from './price.tsx';
import type { Days } from './repeats.ts';

/** Leave as typed. */
export interface LeaveDraft extends Typed {
  person: string;
  range: string;
  amount: 'whole' | 'half' | 'hours';
  hours: string;
  kind: string;
  note: string;
  state: TimeOff['state'];
  /** How new leave comes again: once, or so many weeks from one to the next; `weeks` is read where it is `n`. */
  every: 'once' | '1' | '2' | 'n';
  weeks: string;
  /** The weekdays of a leave of one day that comes again, `25` for Tuesday and Friday; blank: that of its day. */
  on: string;
  /** `26 Feb` or `10 times`. */
  end: string;
}

/** The days that a form asks for, one record each. */
export interface LeavePlan {
  kept: readonly Days[];
  /** Left out, since nothing of them is worked. */
  left: readonly (Days & { why: string })[];
  error: { field: 'weeks' | 'end' | 'range'; message: string } | null;
}

const states = { requested: 'Requested', approved: 'Approved', declined: 'Declined' } as const;
const amounts = { whole: 'whole days', half: 'half days', hours: 'hours' } as const;
const perDay = ({ amount, hours }: LeaveDraft) => (amount === 'hours' ? `${hours} h a day` : amounts[amount]);

/** What of a leave is typed where. */
export const leaveFields: FormField<LeaveDraft>[] = [
  fieldOf<LeaveDraft, 'person'>('person', 'Person', ['person']),
  fieldOf<LeaveDraft, 'range'>('range', 'From – to', ['from', 'to']),
  {
    key: 'amount',
    label: 'Each day',
    paths: ['amount'],
    of: perDay,
    words: perDay,
    take: ({ amount, hours }) => ({ amount, hours }),
  },
  fieldOf<LeaveDraft, 'kind'>('kind', 'Kind', ['private.kind']),
  fieldOf<LeaveDraft, 'note'>('note', 'Note', ['private.note']),
  fieldOf<LeaveDraft, 'state'>('state', 'State', ['state'], (value) => states[value]),
];

/** The form of a leave as it is; of a new one, which begins as the one that it is asked `again` after, where there is one. */
export function leaveDraft(leave: TimeOffView | null, person: string, manager: boolean, again: TimeOffView | null = null): LeaveDraft {
  const common = { reason: '', every: 'once' as const, weeks: '3', on: '', end: '' };
  if (!leave && again) return { ...leaveDraft(again, person, manager), id: ulid(), state: 'requested' };
  if (!leave) {
    return {
      ...common,
      id: ulid(),
      person,
      range: '',
      amount: 'whole',
      hours: '4',
      kind: '',
      note: '',
      state: manager ? 'approved' : 'requested',
    };
  }
  const amount = 'hours' in leave.amount ? 'hours' : leave.amount.portion === 1 ? 'whole' : 'half';
  const perDay = 'hours' in leave.amount ? editable(leave.amount.hours) : '4';
  const { kind, note } = leave.private ?? { kind: null, note: null };
  return {
    ...common,
    id: leave.id,
    person: leave.person,
    range: rangeText(leave.from, leave.to),
    amount,
    hours: perDay,
    kind: kind ?? '',
    note: note ?? '',
    state: leave.state,
  };
}

/** What the form says as a record, or what is wrong where. Of leave that comes again it is the first that the plan keeps. */
export function readLeave(draft: LeaveDraft, today: string, plan: LeavePlan): FormRead<'timeOff'> {
  const errors = new Map<string, string>();
  const range = readRange(draft.range, today);
  const hours = typedNumber(draft.hours, 0.25, 24);
  if (draft.person === '') errors.set('person', 'Choose a person');
  if (!range.ok) errors.set('range', range.message);
  if (draft.amount === 'hours' && hours === null)
    errors.set('hours', 'Hours off a day are a number up to 24. For a part of the day choose Half');
  if (plan.error) errors.set(plan.error.field, plan.error.message);
  const [first] = plan.kept;
  if (!first || errors.size > 0) return { body: null, errors };
  const amount = draft.amount === 'hours' ? { hours: hours ?? 0 } : { portion: draft.amount === 'whole' ? 1 : 0.5 };
  const { person, state, kind, note } = draft;
  const own = { kind: kind.trim() || null, note: note.trim() || null };
  const set = plan.kept.length > 1 ? { set: draft.id } : {};
  return { body: { person, ...first, amount, state, private: own, ...set }, errors };
}

/** Those who may be away: nobody whose contract is over, unless the leave is theirs already. */
export function personOptions(names: Names, chosen: string, today: string) {
  const people = [...names.people.values()].filter((person) => person.id === chosen || isHere(person, today));
  const options = peopleByName(people).map((person) => ({ value: person.id, label: nameAmong(person, names.people) }));
  return chosen === '' ? [{ value: '', label: 'Choose a person' }, ...options] : options;
}
