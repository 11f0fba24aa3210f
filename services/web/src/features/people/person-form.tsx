import type { PersonView } from '@sidekick/contracts';
import { useSession } from '../../app/session.tsx';
import { DayField } from '../staffing/date-fields.tsx';
import { useDraft } from '../staffing/draft.ts';
import { Choice, TextArea, TextField } from '../staffing/fields.tsx';
import { fieldError, useGuardedSave } from '../staffing/guarded-save.ts';
import { commandFor, RecordForm } from '../staffing/record-form.tsx';
import { SkillsField } from '../staffing/skills-field.tsx';
import { type PersonDraft, personDraft, readPerson } from './person-draft.ts';
import { Patterns, Place } from './person-parts.tsx';

interface Props {
  person: PersonView | null;
  today: string;
  onClose: () => void;
}

/** The state of the form: what is typed, who may change what, and the ways to save. */
function usePersonForm({ person, today, onClose }: Props) {
  const { me, is } = useSession();
  const manager = is('manager');
  const own = person !== null && me?.person === person.id && is('engineer');
  const [draft, set, { clear }] = useDraft<PersonDraft>(person ? `person ${person.id} ${person.version}` : 'person new', () =>
    personDraft(person, today),
  );
  const guarded = useGuardedSave();
  const read = readPerson(draft, today);
  const done = () => {
    clear();
    onClose();
  };
  const submit = async () => {
    set({ tried: true });
    if (!read.body) return;
    const body = manager ? read.body : { skills: read.body['skills'] };
    const command = commandFor('person', draft.id, body, person);
    if (!command) return done();
    const said = person ? `${draft.name} is changed` : `${draft.name} is added`;
    if (await guarded.submit({ commands: [command], said }, draft.reason)) done();
  };
  const remove = async () => {
    if (!person) return;
    const said = `${person.private.name} is removed`;
    if (await guarded.run({ commands: [{ do: 'delete', kind: 'person', id: person.id, version: person.version }], said })) done();
  };
  const wrong = (field: string, server = field) => (draft.tried ? read.errors.get(field) : undefined) ?? fieldError(guarded.error, server);
  return { draft, set, guarded, manager, own, done, submit, remove, wrong };
}

/** Everything staffing knows about a person; managers change all of it, a person their own skills. */
export function PersonForm(props: Props) {
  const { person, today } = props;
  const { draft, set, guarded, manager, own, done, submit, remove, wrong } = usePersonForm(props);
  return (
    <RecordForm
      title={person ? person.private.name : 'New person'}
      guarded={guarded}
      reason={draft.reason}
      onReason={(reason) => set({ reason })}
      tried={draft.tried}
      onSubmit={manager || own ? () => void submit() : null}
      saveLabel={person ? 'Save' : 'Add'}
      onClose={done}
      onRemove={manager && person ? () => void remove() : null}
    >
      <fieldset disabled={!manager} className="plain">
        <TextField
          label="Name"
          value={draft.name}
          onChange={(name) => set({ name })}
          error={wrong('name', 'private.name')}
          autoFocus={!person}
        />
        <TextField
          label="E-mail"
          type="email"
          value={draft.email}
          onChange={(email) => set({ email })}
          error={wrong('email', 'private.email')}
        />
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
        <Place draft={draft} set={set} wrong={wrong} today={today} canEdit={manager} />
        <Patterns draft={draft} set={set} wrong={wrong} today={today} />
        <TextField
          label="Operations share, % of net hours"
          type="number"
          value={draft.operations}
          onChange={(operations) => set({ operations })}
          help="Kept free of projects. Free = net − operations − confirmed work"
          error={wrong('operations', 'operationsShare')}
        />
      </fieldset>
      <fieldset disabled={!(manager || own)} className="plain">
        <SkillsField
          legend="Skills"
          help="A sidekick needs every level that the project requires"
          value={draft.skills}
          onChange={(skills) => set({ skills })}
          error={wrong('skills') ?? null}
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
