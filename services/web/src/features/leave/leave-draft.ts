import type { TimeOff, TimeOffView } from '@sidekick/contracts';
import { ulid } from '../../app/ulid.ts';
import { rangeText } from '../staffing/date-fields.tsx';
import { number } from '../staffing/format.ts';
import { commandFor } from '../staffing/record-form.tsx';
import type { Names } from './price.tsx';

/** Leave as typed. */
export interface LeaveDraft {
  id: string;
  person: string;
  range: string;
  amount: 'whole' | 'half' | 'hours';
  hours: string;
  kind: string;
  note: string;
  state: TimeOff['state'];
  reason: string;
  tried: boolean;
}

export function leaveDraft(leave: TimeOffView | null, person: string, manager: boolean): LeaveDraft {
  const common = { reason: '', tried: false };
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
  const perDay = 'hours' in leave.amount ? number(leave.amount.hours) : '4';
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

/** The amount is one of two shapes: a merge patch must take the other one's key away. */
export function replaced(body: Record<string, unknown>, leave: TimeOffView) {
  const command = commandFor('timeOff', leave.id, body, { ...leave });
  if (command?.do !== 'change') return command;
  const gone = 'hours' in leave.amount ? { hours: null } : { portion: null };
  const amount = body['amount'] as Record<string, unknown>;
  const other = Object.keys(gone)[0] ?? '';
  return { ...command, patch: { ...command.patch, amount: other in amount ? amount : { ...gone, ...amount } } };
}

export function personOptions(names: Names, chosen: string) {
  const options = [...names.people.values()]
    .sort((a, b) => a.private.name.localeCompare(b.private.name))
    .map(({ id, private: { name } }) => ({ value: id, label: name }));
  return chosen === '' ? [{ value: '', label: 'Choose a person' }, ...options] : options;
}
