import type { Command, PersonView } from '@sidekick/contracts';
import { Link } from 'react-router-dom';
import { useSession } from '../../app/session.tsx';
import { BrokenRules, Consequences, usePreview } from '../../staffing/consequences.tsx';
import { DayField } from '../../staffing/date-fields.tsx';
import { Choice, TextArea, TextField } from '../../staffing/fields.tsx';
import { useRecords } from '../../staffing/queries.ts';
import { RecordForm } from '../../staffing/record-form.tsx';
import { useRegions } from '../../staffing/regions.ts';
import { SkillsField } from '../../staffing/skills-field.tsx';
import { useRecordForm } from '../../staffing/use-record-form.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { ownFields, type PersonDraft, personDraft, personFields, readPerson } from './person-draft.ts';
import { Patterns } from './person-parts.tsx';
import { Place } from './person-place.tsx';

interface Props {
  /** `new`, or whose form it is: it stays open when the person is removed by somebody else. */
  id: string;
  person: PersonView | null;
  today: string;
  onClose: () => void;
}

/** What figures are made of: without a change of it there is nothing to foresee. */
const weighty = ['contract', 'patterns', 'region', 'moves', 'operationsShare', 'skills'];
const weighs = (command: Command | null): command is Command =>
  command?.do === 'change' && Object.keys(command.patch).some((member) => weighty.includes(member));

/** The state of the form: what is typed, who may change what, and the ways to save. */
function usePersonForm({ id, person, today, onClose }: Props) {
  const { me, is } = useSession();
  const manager = is('manager');
  const regions = useRegions().data?.items ?? null;
  const own = person !== null && me?.person === person.id && is('engineer');
  const form = useRecordForm<PersonView, PersonDraft>({
    kind: 'person',
    subject: `person:${id}`,
    isNew: id === 'new',
    record: person,
    fields: manager ? personFields : ownFields,
    draft: (record) => personDraft(record, today),
    read: (typed) => readPerson(typed, today, regions, person),
    said: ({ name }) => (id === 'new' ? `${name} is added` : `${name} is changed`),
    onClose,
  });
  const { records } = useRecords();
  const { command, guarded } = form;
  const preview = usePreview(manager && weighs(command) ? [command] : null, guarded.busy || guarded.saved);
  return { ...form, manager, own, records, preview };
}

/** Everything staffing knows about a person; managers change all of it, a person their own skills. */
export function PersonForm(props: Props) {
  const { id, today } = props;
  const { typed: draft, shown, set, manager, own, submit, remove, wrong, frame, guarded, records, preview } = usePersonForm(props);
  const isNew = id === 'new';
  return (
    <RecordForm
      title={isNew ? 'New person' : <bdi>{shown.name}</bdi>}
      frame={frame}
      onSubmit={manager || own ? () => void submit() : null}
      saveLabel={isNew ? 'Add' : 'Save'}
      onRemove={manager && !isNew ? () => void remove(`${shown.name} is removed`) : null}
    >
      {manager && !isNew && (
        <p className="acts">
          <Link to={`/people/${id}#rates`}>Rates</Link>
        </p>
      )}
      <fieldset disabled={!manager} className="plain">
        <TextField
          label="Name"
          value={draft.name}
          onChange={(name) => set({ name })}
          error={wrong('name', 'private.name')}
          autoFocus={isNew}
        />
        <TextField
          label="E-mail"
          type="email"
          value={draft.email}
          onChange={(email) => set({ email })}
          error={wrong('email', 'private.email')}
        />
        <div data-at="contract">
          <Choice
            label="Employment"
            value={draft.employment}
            onChange={(employment) => set({ employment })}
            options={[
              { value: 'employed', label: 'Employed' },
              { value: 'freelance', label: 'Freelance' },
            ]}
          />
          <div className="fd2">
            <DayField
              label="Contract from"
              blank
              text={draft.contractFrom}
              onText={(contractFrom) => set({ contractFrom })}
              today={today}
              error={wrong('contractFrom', 'contract.from')}
            />
            <DayField
              label="Contract to"
              blank
              help="Blank has no end"
              text={draft.contractTo}
              onText={(contractTo) => set({ contractTo })}
              today={today}
              error={wrong('contractTo', 'contract.to')}
            />
          </div>
        </div>
        <div data-at="place">
          <Place draft={draft} set={set} wrong={wrong} today={today} canEdit={manager} />
        </div>
        <div data-at="hours">
          <Patterns draft={draft} set={set} wrong={wrong} today={today} />
        </div>
        <TextField
          label="Operations share, % of net hours"
          type="number"
          value={draft.operations}
          onChange={(operations) => set({ operations })}
          help="Kept free of projects. Free = net − operations − confirmed work"
          error={wrong('operations', 'operationsShare')}
        />
      </fieldset>
      {preview.answer && records && (
        <div className="fd" aria-live="polite">
          {guarded.refused.length === 0 && <BrokenRules broken={preview.answer.broken} />}
          <Consequences answer={preview.answer} names={records} />
        </div>
      )}
      {preview.error && <ProblemNote error={preview.error} what="What this changes could not be counted" />}
      <fieldset disabled={!(manager || own)} className="plain" data-at="skills">
        <SkillsField
          legend="Skills"
          help="A sidekick needs every level that the project requires"
          value={draft.skills}
          onChange={(skills) => set({ skills })}
          error={wrong('skills')}
        />
      </fieldset>
      {manager && (
        <TextArea
          label="Note"
          value={draft.note}
          onChange={(note) => set({ note })}
          help="Can be blanked later with the name and the e-mail"
        />
      )}
    </RecordForm>
  );
}
