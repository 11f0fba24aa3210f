import type { BudgetView, PersonView, RateView, SettingsView } from '@sidekick/contracts';
import { ulid } from '../../app/ulid.ts';
import { dayText, readDay } from '../../staffing/date-fields.tsx';
import type { FormRead, Typed } from '../../staffing/form-types.ts';
import { editable } from '../../staffing/format.ts';
import { fieldOf } from '../../staffing/three-way.ts';
import { exampleDay } from '../../staffing/typed-dates.ts';
import { tidyNumber } from '../../ui/typed-number.ts';
import { editableAmount, typedAmount } from './amounts.ts';

/** What contracts bound amounts by. */
const mostOfRate = 1_000_000_000;
const mostOfBudget = 10_000_000_000_000;
const mostHours = 10_000_000;

/** A rate as typed. */
export interface RateDraft extends Typed {
  /** Blank: on every project without a rate of its own. */
  project: string;
  from: string;
  amount: string;
}

export const rateFields = (projectName: (id: string) => string) => [
  fieldOf<RateDraft, 'amount'>('amount', 'An hour', ['amount']),
  fieldOf<RateDraft, 'from'>('from', 'From', ['from']),
  fieldOf<RateDraft, 'project'>('project', 'On', ['project'], (id) => (id === '' ? 'every project' : projectName(id))),
];

export function rateDraft(rate: RateView | null, currency: string, first: string): RateDraft {
  if (!rate) return { reason: '', id: ulid(), project: '', from: dayText(first), amount: '' };
  const { id, project, from, amount } = rate;
  return { reason: '', id, project: project ?? '', from: dayText(from), amount: editableAmount(amount, currency) };
}

/** The first rate of a person prices all that they did: it begins with them, and every other one today. */
export const firstDay = ({ contract, patterns }: PersonView, others: number, today: string): string =>
  others > 0 ? today : (contract.from ?? [...patterns].map(({ from }) => from).sort()[0] ?? today);

export function readRate({ project, from: typed, amount }: RateDraft, person: string, currency: string, today: string): FormRead<'rate'> {
  const errors = new Map<string, string>();
  const from = readDay(typed, today);
  if (from === null) errors.set('from', 'Say from which day on');
  if (from === undefined) errors.set('from', `“${typed.trim()}” is no day we know. Try ${exampleDay()}`);
  const money =
    amount.trim() === '' ? { ok: false as const, message: 'Say what an hour costs' } : typedAmount(amount, currency, mostOfRate);
  if (!money.ok) errors.set('amount', money.message);
  if (!from || !money.ok) return { body: null, errors };
  return { body: { person, project: project || null, from, amount: money.minor }, errors };
}

/** A budget as typed; blank is none. */
export interface BudgetDraft extends Typed {
  money: string;
  hours: string;
}

export const budgetFields = [
  fieldOf<BudgetDraft, 'money'>('money', 'Money', ['money']),
  fieldOf<BudgetDraft, 'hours'>('hours', 'Hours', ['hours']),
];

export const budgetDraft = (budget: BudgetView | null, currency: string): BudgetDraft => ({
  reason: '',
  id: budget?.id ?? ulid(),
  money: budget?.money == null ? '' : editableAmount(budget.money, currency),
  hours: budget?.hours == null ? '' : editable(budget.hours),
});

export function readBudget({ money, hours }: BudgetDraft, project: string, currency: string): FormRead<'budget'> {
  const errors = new Map<string, string>();
  const typed = money.trim() === '' ? null : typedAmount(money, currency, mostOfBudget);
  if (typed && !typed.ok) errors.set('money', typed.message);
  const inHours = hours.trim() === '' ? null : typedHoursOf(hours);
  if (inHours === undefined) errors.set('hours', `“${hours.trim()}” is no number of hours we know. Try 120 or ${editable(120.5)}`);
  if (typed === null && inHours === null) errors.set('money', 'Say what it may cost, in money, in hours or in both');
  if (errors.size > 0) return { body: null, errors };
  return { body: { project, money: typed?.ok ? typed.minor : null, hours: inHours ?? null }, errors };
}

/** Undefined where it is no number of hours, or more than may be kept. */
function typedHoursOf(text: string): number | undefined {
  const digits = /^(\d{1,8}(?:\.\d{1,2})?)(?: ?h)?$/i.exec(tidyNumber(text).trim())?.[1];
  const hours = digits === undefined ? Number.NaN : Number(digits);
  return hours <= mostHours ? hours : undefined;
}

/** The currency as chosen. */
export interface CurrencyDraft extends Typed {
  currency: string;
}
export const currencyFields = [fieldOf<CurrencyDraft, 'currency'>('currency', 'Currency', ['currency'])];
export const currencyDraft = (settings: SettingsView | null, currency: string): CurrencyDraft => ({
  ...{ reason: '', id: settings?.id ?? ulid() },
  currency: settings?.currency ?? currency,
});
