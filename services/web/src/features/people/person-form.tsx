import type { PersonView } from '@sidekick/contracts';
import { useSession } from '../../app/session.tsx';
import { ulid } from '../../app/ulid.ts';
import { Button } from '../../ui/button.tsx';
import { DayField, dayText } from '../staffing/date-fields.tsx';
import { useDraft } from '../staffing/draft.ts';
import { Choice, FieldError, TextArea, TextField } from '../staffing/fields.tsx';
import { hours as inHours, number } from '../staffing/format.ts';
import { fieldError, rulesOf, useGuardedSave } from '../staffing/guarded-save.ts';
import { HolidayFill } from '../staffing/holiday-fill.tsx';
import { useHolidays, usePeople } from '../staffing/queries.ts';
import { commandFor, RecordForm } from '../staffing/record-form.tsx';
import { SkillsField } from '../staffing/skills-field.tsx';
import { fullWeek, type PersonDraft, personDraft, readPerson, type TypedPattern } from './person-draft.ts';

/** Everything staffing knows about a person; managers change all of it, a person their own skills. */
export function PersonForm({ person, today, onClose }: { person: PersonView | null; today: string; onClose: () => void }) {
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
    const reason = guarded.refused.length > 0 ? draft.reason.trim() : '';
    if (rulesOf(guarded.refused).length > 0 && reason === '') return;
    if (await guarded.run({ commands: [command], said, ...(reason ? { reason } : {}) }, guarded.refused)) done();
  };
  const remove = async () => {
    if (!person) return;
    const said = `${person.private.name} is removed`;
    if (await guarded.run({ commands: [{ do: 'delete', kind: 'person', id: person.id, version: person.version }], said })) done();
  };
  const wrong = (field: string, server = field) => (draft.tried ? read.errors.get(field) : undefined) ?? fieldError(guarded.error, server);
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

interface PartProps {
  draft: PersonDraft;
  set: (patch: Partial<PersonDraft>) => void;
  wrong: (field: string, server?: string) => string | null | undefined;
  today: string;
}

function Place({ draft, set, wrong, today, canEdit }: PartProps & { canEdit: boolean }) {
  const people = usePeople();
  const holidays = useHolidays();
  const regions = [...new Set([...(people.data ?? []).map(({ region }) => region), ...(holidays.data ?? []).map(({ region }) => region)])]
    .filter(Boolean)
    .sort();
  const year = Number(today.slice(0, 4));
  const region = draft.region.trim();
  return (
    <>
      <div className="fd2">
        <TextField
          label="Time zone"
          value={draft.timeZone}
          onChange={(timeZone) => set({ timeZone })}
          list="zones"
          error={wrong('timeZone')}
        />
        <TextField
          label="Region of holidays"
          value={draft.region}
          onChange={(value) => set({ region: value })}
          list="regions"
          help="Such as PT, GB-ENG or US-CA; blank has none"
          error={wrong('region')}
        />
      </div>
      <datalist id="zones">
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <datalist id="regions">
        {regions.map((one) => (
          <option key={one} value={one ?? ''} />
        ))}
      </datalist>
      {/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(region) &&
        [year, year + 1].map((one) => (
          <HolidayFill key={one} region={region} year={one} holidays={holidays.data ?? []} canEdit={canEdit} />
        ))}
    </>
  );
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function Patterns({ draft, set, wrong, today }: PartProps) {
  const put = (key: string, patch: Partial<TypedPattern>) =>
    set({ patterns: draft.patterns.map((one) => (one.key === key ? { ...one, ...patch } : one)) });
  const total = (pattern: TypedPattern) => pattern.hours.reduce((sum, text) => sum + (Number(text.replace(',', '.')) || 0), 0);
  return (
    <fieldset>
      <legend>Hours a week, the newest first</legend>
      {draft.patterns.map((pattern) => (
        <div key={pattern.key} className="pat">
          <div className="ln">
            <DayField label="Hold from" text={pattern.from} onText={(from) => put(pattern.key, { from })} today={today} />
            <span className="mid">{inHours(total(pattern))} a week</span>
            {draft.patterns.length > 1 && (
              <Button
                look="quiet"
                icon="x"
                aria-label="Remove these hours"
                onClick={() => set({ patterns: draft.patterns.filter(({ key }) => key !== pattern.key) })}
              />
            )}
          </div>
          <div className="wk">
            {weekdays.map((name, index) => (
              <label key={name}>
                {name}
                <input
                  inputMode="decimal"
                  aria-label={`Hours on ${name}`}
                  value={pattern.hours[index] ?? ''}
                  onChange={(event) => {
                    const { value } = event.currentTarget;
                    put(pattern.key, { hours: pattern.hours.map((old, at) => (at === index ? value : old)) });
                  }}
                />
              </label>
            ))}
          </div>
          {wrong(`pattern ${pattern.key}`) && <FieldError>{wrong(`pattern ${pattern.key}`)}</FieldError>}
        </div>
      ))}
      {wrong('patterns') && <FieldError>{wrong('patterns')}</FieldError>}
      <Button
        icon="plus"
        className="add"
        onClick={() =>
          set({ patterns: [{ key: ulid(), from: dayText(today), hours: draft.patterns[0]?.hours ?? fullWeek }, ...draft.patterns] })
        }
      >
        Other hours from a day on
      </Button>
      <p className="xs">{number(draft.patterns.length)} in all: each holds until the next begins</p>
    </fieldset>
  );
}
