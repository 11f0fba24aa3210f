import type { AssignmentView } from '@sidekick/contracts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { BrokenRules, Consequences, ReasonField } from '../staffing/consequences.tsx';
import { RangeField, rangeText } from '../staffing/date-fields.tsx';
import { sundayOf } from '../staffing/days.ts';
import { Choice, SelectField, TextField } from '../staffing/fields.tsx';
import { fieldError } from '../staffing/guarded-save.ts';
import { endsLater, projectOptions } from './assign-draft.ts';
import { AssignPeople } from './assign-people.tsx';
import type { Records } from './bars.ts';
import { type AssignProps, type AssignState, useAssignForm } from './use-assign-form.ts';

/** Creates, changes, ends or removes an assignment; what would break and what changes is told before saving. */
export function AssignForm(props: AssignProps) {
  const { edit, records, today } = props;
  const form = useAssignForm(props);
  const { draft, set, guarded, candidates } = form;
  return (
    <Sheet title={edit ? `${form.name} on ${form.projectName}` : 'New assignment'} onClose={props.onClose}>
      <form
        className="fm"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void form.submit();
        }}
      >
        <Slot form={form} records={records} today={today} edit={edit} />
        <AssignPeople
          answer={candidates.data}
          waiting={candidates.isFetching}
          value={draft.person}
          current={edit?.person ?? null}
          onChange={(person) => set({ person })}
          records={records}
          error={draft.tried && draft.person === null ? 'Choose a person' : fieldError(guarded.error, 'person')}
        />
        <Verdict form={form} records={records} />
        <span className="gap" />
        <Footer form={form} today={today} edit={edit} />
      </form>
    </Sheet>
  );
}

/** Project, role, days, hours, state. */
function Slot({ form, records, today, edit }: { form: AssignState; records: Records; today: string; edit: AssignmentView | undefined }) {
  const { draft, set, read, guarded } = form;
  return (
    <>
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
    </>
  );
}

/** What stands in the way of saving, and what saving changes. */
function Verdict({ form, records }: { form: AssignState; records: Records }) {
  const { draft, set, guarded, broken, rules, preview } = form;
  return (
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
      {preview?.answer && <Consequences answer={preview.answer} names={records} />}
      {preview?.error && !guarded.error && <ProblemNote error={preview.error} what="This would not be saved as it is" />}
      {guarded.error && <ProblemNote error={guarded.error} what="This was not saved" />}
    </div>
  );
}

function Footer({ form, today, edit }: { form: AssignState; today: string; edit: AssignmentView | undefined }) {
  const { set, guarded, rules, done, remove } = form;
  return (
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
  );
}
