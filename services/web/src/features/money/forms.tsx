import { type BudgetView, currencies, type PersonView, type ProjectView, type RateView, type SettingsView } from '@sidekick/contracts';
import { useMemo } from 'react';
import { DayField } from '../../staffing/date-fields.tsx';
import { SelectField, TextField } from '../../staffing/fields.tsx';
import { RecordForm } from '../../staffing/record-form.tsx';
import { useRecordForm } from '../../staffing/use-record-form.ts';
import { currencyName } from './amounts.ts';
import {
  type BudgetDraft,
  budgetDraft,
  budgetFields,
  type CurrencyDraft,
  currencyDraft,
  currencyFields,
  firstDay,
  type RateDraft,
  rateDraft,
  rateFields,
  readBudget,
  readRate,
} from './drafts.ts';

interface Frame {
  currency: string;
  today: string;
  onClose: () => void;
}

interface RateProps extends Frame {
  /** `new`, or which rate it is. */
  id: string;
  rate: RateView | null;
  person: PersonView;
  /** Of the person, already kept. */
  others: number;
  projects: readonly ProjectView[];
}

/** What an hour of a person costs, from when on and where. */
export function RateForm({ id, rate, person, others, projects, currency, today, onClose }: RateProps) {
  const isNew = id === 'new';
  const names = useMemo(() => new Map(projects.map((project) => [project.id, project.name])), [projects]);
  const fields = useMemo(() => rateFields((project) => names.get(project) ?? 'a project that is gone'), [names]);
  const { name } = person.private;
  const { typed, set, submit, remove, wrong, frame } = useRecordForm<RateView, RateDraft>({
    kind: 'rate',
    subject: `rate:${person.id}:${id}`,
    isNew,
    record: rate,
    fields,
    draft: (record) => rateDraft(record, currency, firstDay(person, others, today)),
    read: (draft) => readRate(draft, person.id, currency, today),
    said: () => `The rate of ${name} is ${isNew ? 'added' : 'changed'}`,
    onClose,
  });
  return (
    <RecordForm
      title={isNew ? `New rate of ${name}` : `Rate of ${name}`}
      frame={frame}
      onSubmit={() => void submit()}
      saveLabel={isNew ? 'Add' : 'Save'}
      onRemove={isNew ? null : () => void remove(`The rate of ${name} is removed`)}
    >
      <TextField
        label={`An hour, in ${currency}`}
        type="number"
        value={typed.amount}
        onChange={(amount) => set({ amount })}
        help={currencyName(currency)}
        error={wrong('amount')}
        autoFocus={isNew}
      />
      <DayField label="From" text={typed.from} onText={(from) => set({ from })} today={today} error={wrong('from')} />
      <SelectField
        label="On"
        value={typed.project}
        onChange={(project) => set({ project })}
        options={[
          { value: '', label: 'Every project without a rate of its own' },
          ...[...projects].sort((a, b) => a.name.localeCompare(b.name)).map(({ id: value, name: label }) => ({ value, label })),
        ]}
        help="A rate of a project counts there from its day on, whatever the general one becomes"
        error={wrong('project')}
      />
    </RecordForm>
  );
}

interface BudgetProps extends Frame {
  budget: BudgetView | null;
  project: ProjectView;
}

/** What a project may cost. */
export function BudgetForm({ budget, project, currency, onClose }: BudgetProps) {
  const isNew = budget === null;
  const { typed, set, submit, remove, wrong, frame } = useRecordForm<BudgetView, BudgetDraft>({
    kind: 'budget',
    subject: `budget:${project.id}`,
    isNew,
    record: budget,
    fields: budgetFields,
    draft: (record) => budgetDraft(record, currency),
    read: (draft) => readBudget(draft, project.id, currency),
    said: () => `The budget of ${project.name} is ${isNew ? 'set' : 'changed'}`,
    onClose,
  });
  return (
    <RecordForm
      title={
        <>
          Budget of <bdi>{project.name}</bdi>
        </>
      }
      frame={frame}
      onSubmit={() => void submit()}
      saveLabel={isNew ? 'Set' : 'Save'}
      onRemove={isNew ? null : () => void remove(`The budget of ${project.name} is removed`)}
    >
      <TextField
        label={`Money, in ${currency}`}
        type="number"
        value={typed.money}
        onChange={(money) => set({ money })}
        help={`${currencyName(currency)}. Leave blank for none`}
        error={wrong('money', 'money', 'project')}
        autoFocus
      />
      <TextField
        label="Hours"
        type="number"
        value={typed.hours}
        onChange={(hours) => set({ hours })}
        help="Leave blank for none"
        error={wrong('hours')}
      />
    </RecordForm>
  );
}

/** The currency of the installation. */
export function CurrencyForm({ settings, currency, onClose }: Frame & { settings: SettingsView | null }) {
  const isNew = settings === null;
  const { typed, set, submit, wrong, frame } = useRecordForm<SettingsView, CurrencyDraft>({
    kind: 'settings',
    subject: 'settings:currency',
    isNew,
    record: settings,
    fields: currencyFields,
    draft: (record) => currencyDraft(record, currency),
    read: (draft) => ({ body: { currency: draft.currency }, errors: new Map() }),
    said: (draft) => `Amounts are in ${draft.currency}`,
    onClose,
  });
  return (
    <RecordForm title="Currency" frame={frame} onSubmit={() => void submit()} saveLabel="Save" onRemove={null}>
      <SelectField
        label="Currency"
        value={typed.currency}
        onChange={(value) => set({ currency: value })}
        options={currencies().map((code) => ({ value: code, label: `${code} · ${currencyName(code)}` }))}
        help="Of all rates and budgets. Their numbers stay as they are: nothing is converted"
        error={wrong('currency')}
      />
    </RecordForm>
  );
}
