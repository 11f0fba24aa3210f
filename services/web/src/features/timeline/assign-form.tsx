import { sundayOf } from '@sidekick/calendar/iso';
import { useRef } from 'react';
import { Consequences } from '../../staffing/consequences.tsx';
import { RangeField, rangeText } from '../../staffing/date-fields.tsx';
import { Choice, SelectField, TextArea, TextField } from '../../staffing/fields.tsx';
import { GoneWord, KeptNote, removeLabel, useAskedInView, Verdict } from '../../staffing/record-form.tsx';
import { ruleWords } from '../../staffing/rule-words.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { endsLater, projectOptions, roleOptions } from './assign-draft.ts';
import { AssignPeople } from './assign-people.tsx';
import type { Records } from './bars.ts';
import { Filled, PlaceGone, StillOpen } from './fill-words.tsx';
import { type AssignProps, type AssignState, useAssignForm } from './use-assign-form.ts';

/** Creates, changes, ends or removes an assignment; what would break and what changes is told before saving. */
export function AssignForm(props: AssignProps) {
  const { id, records, today } = props;
  const form = useAssignForm(props);
  const { typed, shown, set, candidates, frame, preview, guarded } = form;
  const element = useRef<HTMLFormElement>(null);
  useAskedInView(element, frame);
  return (
    <Sheet title={<bdi>{form.title}</bdi>} onClose={frame.leave}>
      <form
        ref={element}
        className="fm"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void form.save();
        }}
      >
        <KeptNote kept={frame.kept} />
        {form.record && form.record.accepted.length > 0 && (
          <div className="conf fd">
            <Icon name="warn" />
            <span>
              Saved although {ruleWords(form.record.accepted)}
              {form.record.private.reason && (
                <>
                  : “<bdi>{form.record.private.reason}</bdi>”
                </>
              )}
            </span>
          </div>
        )}
        {form.filling ? <Filled filling={form.filling} /> : form.isGone && <PlaceGone />}
        <Slot form={form} records={records} today={today} edit={Boolean(id || props.fills)} />
        <AssignPeople
          answer={candidates.data}
          error={candidates.error}
          retry={() => void candidates.refetch()}
          waiting={candidates.isFetching}
          value={typed.person}
          current={id ? shown.person : null}
          role={typed.role}
          onNobody={props.onNobody && (() => form.asNobody(props.onNobody))}
          onChange={(person) => set({ person })}
          records={records}
          today={today}
          wrong={form.wrong('person', 'person')}
        />
        <TextArea
          label="Note"
          value={typed.note}
          onChange={(note) => set({ note })}
          help="Shown on the bar, to managers and the person"
          error={form.wrong('note', 'private.note')}
        />
        <Verdict frame={frame} broken={form.broken}>
          {form.filling && <StillOpen filling={form.filling} />}
          {preview?.answer && <Consequences answer={preview.answer} names={records} />}
          {preview?.error && !guarded.error && <ProblemNote error={preview.error} what="This would not be saved as it is" />}
        </Verdict>
        <span className="gap" />
        <Footer form={form} today={today} edit={Boolean(id)} onMore={props.onMore} />
      </form>
    </Sheet>
  );
}

/** Project, role, days, hours, state. */
function Slot({ form, records, today, edit }: { form: AssignState; records: Records; today: string; edit: boolean }) {
  const { typed, set, slot, wrong } = form;
  const { hours } = slot;
  return (
    <>
      <SelectField
        label="Project"
        value={typed.project}
        onChange={(project) => set({ project })}
        options={projectOptions(records, typed.project)}
        error={wrong('project', 'project')}
        disabled={edit}
      />
      <Choice label="Role" value={typed.role} onChange={(role) => set({ role })} options={roleOptions} />
      <RangeField
        label="From – to"
        text={typed.range}
        onText={(range) => set({ range })}
        today={today}
        open
        error={wrong('range', 'to', 'from')}
      />
      <div className="fd2">
        <TextField
          label="Hours a week"
          type="number"
          value={typed.hours}
          onChange={(text) => set({ hours: text })}
          help={hours.ok ? (hours.echo ?? 'Or a share of the person’s week, such as 50 %') : undefined}
          error={(hours.ok ? null : hours.message) ?? wrong('hours', 'hoursPerWeek')}
        />
        <Choice
          label="State"
          value={typed.state}
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

function Footer({ form, today, edit, onMore }: { form: AssignState; today: string; edit: boolean; onMore: (() => void) | undefined }) {
  const { set, guarded, rules, record, takeOff, frame } = form;
  return (
    <div className="sht-f">
      {!frame.gone && !form.isGone && (
        <Button look="primary" type="submit" busy={guarded.busy}>
          {rules.length > 0 ? 'Save anyway' : form.filling ? 'Fill' : edit ? 'Save' : 'Assign'}
        </Button>
      )}
      {frame.gone && <GoneWord />}
      <Button look="quiet" onClick={frame.cancel}>
        Cancel
      </Button>
      <span className="grow" />
      {record && onMore && (
        <Button look="quiet" title="Split, duplicate, end today" onClick={onMore}>
          More…
        </Button>
      )}
      {record && endsLater(record, today) && (
        <Button look="quiet" onClick={() => set({ range: rangeText(record.from, sundayOf(today)) })}>
          End this week
        </Button>
      )}
      {edit && !frame.gone && (
        <Button look="quiet" icon="trash" busy={guarded.busy} onClick={() => void takeOff()}>
          {removeLabel(frame)}
        </Button>
      )}
    </div>
  );
}
