import type { Assignment, AssignmentView, Command } from '@sidekick/contracts';
import { useId } from 'react';
import { ulid } from '../../app/ulid.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { BrokenRules, Consequences, ReasonField, usePreview, useRested } from '../staffing/consequences.tsx';
import { RangeField, rangeText, readRange } from '../staffing/date-fields.tsx';
import { sundayOf } from '../staffing/days.ts';
import { useDraft } from '../staffing/draft.ts';
import { Choice, SelectField, TextField, typedNumber } from '../staffing/fields.tsx';
import { dayRange, hours } from '../staffing/format.ts';
import { fieldError, rulesOf, useGuardedSave } from '../staffing/guarded-save.ts';
import { useCandidates } from '../staffing/queries.ts';
import { AssignPeople } from './assign-people.tsx';
import type { Records } from './bars.ts';

/** What a new assignment starts from. */
export interface AssignStart {
  project?: string | null;
  person?: string | null;
  role?: Assignment['role'];
  from?: string;
  to?: string | null;
  hours?: number;
}

interface Props {
  /** The assignment to change, or where a new one starts from. */
  edit?: AssignmentView;
  start?: AssignStart;
  records: Records;
  today: string;
  onClose: () => void;
}

interface Draft {
  id: string;
  project: string;
  person: string | null;
  role: Assignment['role'];
  range: string;
  hours: string;
  state: Assignment['state'];
  reason: string;
  tried: boolean;
}

function initialDraft({ edit, start = {}, today, records }: Props): Draft {
  if (edit) {
    const { project, person, role, state } = edit;
    return {
      id: edit.id,
      project,
      person,
      role,
      state,
      range: rangeText(edit.from, edit.to),
      hours: String(edit.hoursPerWeek),
      reason: '',
      tried: false,
    };
  }
  const project = start.project ?? '';
  const role = start.role ?? 'sidekick';
  const wanted =
    start.hours ?? (role === 'sidekick' ? records.projects.get(project)?.wantedHours : undefined) ?? (role === 'lead' ? 24 : 8);
  const range = start.from ? rangeText(start.from, start.to ?? sundayOf(start.from)) : rangeText(today, sundayOf(today));
  return {
    id: ulid(),
    project,
    person: start.person ?? null,
    role,
    range,
    hours: String(wanted),
    state: 'confirmed',
    reason: '',
    tried: false,
  };
}

/** Creates, changes, ends or removes an assignment; what would break and what changes is told before saving. */
export function AssignForm(props: Props) {
  const { edit, records, today, onClose } = props;
  const key = edit ? `assignment ${edit.id} ${edit.version}` : `assignment new ${JSON.stringify(props.start ?? {})}`;
  const [draft, set, { clear }] = useDraft<Draft>(key, () => initialDraft(props));
  const guarded = useGuardedSave();
  const form = useId();
  const read = readDraft(draft, today, records);
  const commands = read.ok ? [commandOf(draft, read, edit)].filter((command) => command !== null) : null;
  const preview = usePreview(commands && commands.length > 0 ? commands : null);
  const slot = useRested(read.range && draft.project ? slotFor(draft, read) : null);
  const candidates = useCandidates(slot);
  const broken = preview.answer?.broken ?? guarded.refused;
  const rules = rulesOf(broken);
  const name = draft.person ? (records.people.get(draft.person)?.private.name ?? '') : '';
  const projectName = records.projects.get(draft.project)?.name ?? '';
  const done = () => {
    clear();
    onClose();
  };
  const submit = async () => {
    set({ tried: true });
    if (!read.ok || !commands) return;
    if (commands.length === 0) return done();
    if (rules.length > 0 && draft.reason.trim() === '') return;
    const said = `${name} ${edit ? 'is now' : 'is'} ${draft.role} on ${projectName}, ${hours(read.hours)} a week, ${dayRange(read.from, read.to)}`;
    const reason = rules.length > 0 ? draft.reason.trim() : '';
    if (await guarded.run({ commands, said, ...(reason ? { reason } : {}) }, rules)) done();
  };
  const remove = async () => {
    if (!edit) return;
    const said = `${name} is off ${projectName}`;
    if (await guarded.run({ commands: [{ do: 'delete', kind: 'assignment', id: edit.id, version: edit.version }], said })) done();
  };
  return (
    <Sheet title={edit ? `${name} on ${projectName}` : 'New assignment'} onClose={onClose}>
      <form
        id={form}
        className="fm"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <SelectField
          label="Project"
          value={draft.project}
          onChange={(project) => set({ project })}
          options={projectOptions(records, draft.project)}
          error={(draft.tried && draft.project === '' ? 'Choose a project' : null) ?? fieldError(guarded.error, 'project')}
          disabled={Boolean(edit)}
        />
        <Choice
          label="Role"
          value={draft.role}
          onChange={(role) => set({ role })}
          options={[
            { value: 'lead', label: 'Lead' },
            { value: 'sidekick', label: 'Sidekick' },
            { value: 'contributor', label: 'Contributor' },
          ]}
        />
        <RangeField
          label="From – to"
          text={draft.range}
          onText={(range) => set({ range })}
          today={today}
          open
          error={fieldError(guarded.error, 'to') ?? fieldError(guarded.error, 'from')}
        />
        <div className="fd2">
          <TextField
            label="Hours a week"
            type="number"
            value={draft.hours}
            onChange={(text) => set({ hours: text })}
            error={(read.hoursOk ? null : 'Hours a week are a number from 0 to 168') ?? fieldError(guarded.error, 'hoursPerWeek')}
          />
          <Choice
            label="State"
            value={draft.state}
            onChange={(state) => set({ state })}
            options={[
              { value: 'confirmed', label: 'Confirmed' },
              { value: 'tentative', label: 'Tentative' },
            ]}
          />
        </div>
        <AssignPeople
          answer={candidates.data}
          waiting={candidates.isFetching}
          value={draft.person}
          current={edit?.person ?? null}
          onChange={(person) => set({ person })}
          records={records}
          error={draft.tried && draft.person === null ? 'Choose a person' : fieldError(guarded.error, 'person')}
        />
        <div aria-live="polite">
          {guarded.stale && (
            <div className="conf">
              <span>
                Somebody changed this while you were typing. What you typed is still here; saving again writes it over the newest state.
              </span>
            </div>
          )}
          {broken.length > 0 && (
            <div className="fd">
              <BrokenRules broken={broken} />
            </div>
          )}
          {rules.length > 0 && (
            <ReasonField
              value={draft.reason}
              onChange={(reason) => set({ reason })}
              error={draft.tried && draft.reason.trim() === '' ? 'Say why: the rule refuses this without a reason' : null}
            />
          )}
          {preview.answer && commands && commands.length > 0 && <Consequences answer={preview.answer} names={records} />}
          {preview.error && !guarded.error && <ProblemNote error={preview.error} what="This would not be saved as it is" />}
          {guarded.error && <ProblemNote error={guarded.error} what="This was not saved" />}
        </div>
        <span className="gap" />
        <div className="sht-f">
          <Button look="primary" type="submit" busy={guarded.busy}>
            {rules.length > 0 ? 'Save anyway' : edit ? 'Save' : 'Assign'}
          </Button>
          <Button look="quiet" onClick={done}>
            Cancel
          </Button>
          <span className="grow" />
          {edit && endsLater(edit, today) && (
            <Button look="quiet" onClick={() => set({ range: rangeText(edit.from, sundayOf(today)) })}>
              End this week
            </Button>
          )}
          {edit && (
            <Button look="quiet" icon="trash" onClick={() => void remove()}>
              Remove
            </Button>
          )}
        </div>
      </form>
    </Sheet>
  );
}

const endsLater = (edit: AssignmentView, today: string) => edit.from <= sundayOf(today) && (edit.to === null || edit.to > sundayOf(today));

type Read = ReturnType<typeof readDraft>;

/** What the form says, once all of it can be read. */
function readDraft(draft: Draft, today: string, records: Records) {
  const typed = readRange(draft.range, today, true);
  const value = typedNumber(draft.hours, 0, 168);
  const ok = typed.ok && value !== null && draft.person !== null && records.projects.has(draft.project);
  return {
    ok,
    range: typed.ok,
    from: typed.ok ? typed.from : '',
    to: typed.ok ? typed.to : null,
    hoursOk: value !== null,
    hours: value ?? 0,
    end: records.projects.get(draft.project)?.to ?? null,
  };
}

/** Candidates are asked for closed days: an open end is the project's, or a year from the start. */
const slotFor = (draft: Draft, read: Read) => ({
  project: draft.project,
  role: draft.role,
  from: read.from,
  to: read.to ?? (read.end && read.end >= read.from ? read.end : `${Number(read.from.slice(0, 4)) + 1}${read.from.slice(4)}`),
  hours: read.hours,
});

/** One command: a new record, or a patch of what differs; null when nothing does. */
function commandOf(draft: Draft, read: Read, edit: AssignmentView | undefined): Command | null {
  const record = {
    person: draft.person,
    project: draft.project,
    role: draft.role,
    from: read.from,
    to: read.to,
    hoursPerWeek: read.hours,
    state: draft.state,
  };
  if (!edit) return { do: 'create', kind: 'assignment', id: draft.id, record };
  const patch = Object.fromEntries(Object.entries(record).filter(([key, value]) => value !== edit[key as keyof AssignmentView]));
  return Object.keys(patch).length === 0 ? null : { do: 'change', kind: 'assignment', id: edit.id, version: edit.version, patch };
}

function projectOptions(records: Records, chosen: string) {
  const open = [...records.projects.values()]
    .filter(({ id, state }) => state !== 'lost' || id === chosen)
    .sort((a, b) => a.name.localeCompare(b.name));
  const options = open.map(({ id, name, state }) => ({ value: id, label: state === 'proposal' ? `${name} (proposal)` : name }));
  return chosen === '' ? [{ value: '', label: 'Choose a project' }, ...options] : options;
}
