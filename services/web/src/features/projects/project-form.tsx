import type { Project, ProjectView } from '@sidekick/contracts';
import { Link } from 'react-router-dom';
import { useSession } from '../../app/session.tsx';
import { BrokenRules, Consequences, usePreview } from '../../staffing/consequences.tsx';
import { RangeField } from '../../staffing/date-fields.tsx';
import { Choice, SelectField, TextArea, TextField } from '../../staffing/fields.tsx';
import { dayRangeWithYear } from '../../staffing/format.ts';
import { useRecords } from '../../staffing/queries.ts';
import { RecordForm } from '../../staffing/record-form.tsx';
import { SkillsField } from '../../staffing/skills-field.tsx';
import { useRecordForm } from '../../staffing/use-record-form.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { confirmOf, type ProjectDraft, projectDraft, projectFields, readProject } from './project-draft.ts';
import { Winning } from './winning.tsx';

interface Props {
  /** `new`, or which project it is: the form stays open when somebody else removes it. */
  id: string;
  project: ProjectView | null;
  today: string;
  onClose: () => void;
}

/** The state of the form: what is typed and the ways to save. */
function useProjectForm({ id, project, today, onClose }: Props) {
  const manager = useSession().is('manager');
  const { records } = useRecords();
  const work = (records?.assignments ?? []).filter((one) => one.project === id);
  // Asked where it becomes agreed and somebody is planned on it.
  const wins = (state: Project['state']) => project !== null && project.state !== 'agreed' && state === 'agreed' && work.length > 0;
  // As where a project slips: the first time its dates change while somebody is planned on it. Before that they are just corrected.
  const keepsFirstDates = (to: ProjectView) => !to.baseline && to.state === 'agreed' && work.length > 0;
  const form = useRecordForm<ProjectView, ProjectDraft>({
    kind: 'project',
    subject: `project:${id}`,
    isNew: id === 'new',
    record: project,
    fields: projectFields,
    draft: (record) => projectDraft(record, today),
    read: (typed) => readProject(typed, today, wins(typed.state)),
    extra: (typed, patch) => (patch['state'] === 'agreed' ? confirmOf(typed) : {}),
    beside: (patch, to) => (keepsFirstDates(to) && ('from' in patch || 'to' in patch) ? { baseline: { from: to.from, to: to.to } } : {}),
    said: ({ name }) => (id === 'new' ? `${name} is added` : `${name} is changed`),
    onClose,
  });
  const { typed, shown, command, guarded } = form;
  const decides = typed.state !== shown.state || typed.range !== shown.range;
  const preview = usePreview(command && project && decides ? [command] : null, guarded.busy || guarded.saved);
  const keeps = project && keepsFirstDates(project) && typed.range !== shown.range ? dayRangeWithYear(project.from, project.to) : null;
  return { ...form, manager, records, work, wins: wins(typed.state), keeps, preview: project && decides ? preview : null };
}

/** A project's dates, state and what it asks of its sidekick. */
export function ProjectForm(props: Props) {
  const { id, today } = props;
  const { typed: draft, shown, set, manager, submit, remove, wrong, frame, records, work, wins, keeps, preview } = useProjectForm(props);
  const isNew = id === 'new';
  return (
    <RecordForm
      title={isNew ? 'New project' : <bdi>{shown.name}</bdi>}
      frame={frame}
      onSubmit={manager ? () => void submit() : null}
      saveLabel={isNew ? 'Add' : 'Save'}
      onRemove={manager && !isNew ? () => void remove(`${shown.name} is removed`) : null}
    >
      {manager && !isNew && (
        <p className="acts">
          <Link to={`/projects/${id}#money`}>Money and budget</Link>
        </p>
      )}
      <fieldset disabled={!manager} className="plain">
        <TextField label="Name" value={draft.name} onChange={(name) => set({ name })} error={wrong('name')} autoFocus={isNew} />
        <TextField label="Client" value={draft.client} onChange={(client) => set({ client })} error={wrong('client')} />
        <div data-at="dates">
          <RangeField
            label="From – to"
            text={draft.range}
            onText={(range) => set({ range })}
            today={today}
            open
            error={wrong('range', 'to')}
          />
          {keeps && (
            <p className="xs" role="status">
              The dates first planned, {keeps}, are kept beside the new ones. The work planned on it stays as it is; “It slips…” on its page
              asks what each of it does.
            </p>
          )}
          <div className="fd2">
            <SelectField
              label="State"
              value={draft.state}
              onChange={(state) => set({ state })}
              options={[
                { value: 'agreed', label: 'Agreed' },
                { value: 'proposal', label: 'Proposal: its weeks never count' },
                { value: 'lost', label: 'Lost: leaves the timeline' },
              ]}
            />
            <TextField
              label="Priority"
              type="number"
              value={draft.priority}
              onChange={(priority) => set({ priority })}
              help="1 is first"
              error={wrong('priority')}
            />
          </div>
        </div>
        {wins && records && <Winning draft={draft} set={set} work={work} records={records} error={wrong('confirm')} />}
        {preview?.answer && records && (
          <div aria-live="polite">
            <BrokenRules broken={preview.answer.broken} />
            <Consequences answer={preview.answer} names={records} />
          </div>
        )}
        {preview?.error && <ProblemNote error={preview.error} what="What this changes could not be counted" />}
        <div data-at="cover">
          <Choice
            label="Policy"
            value={draft.policy}
            onChange={(policy) => set({ policy })}
            options={[
              { value: 'sidekick', label: 'Needs a sidekick' },
              { value: 'no-sidekick', label: 'Needs none' },
            ]}
          />
          {draft.policy === 'sidekick' && (
            <div className="fd2">
              <TextField
                label="Sidekick hours a week, at least"
                type="number"
                value={draft.minimum}
                onChange={(minimum) => set({ minimum })}
                help="A week below this is thin"
                error={wrong('minimum', 'minimumHours')}
              />
              <TextField
                label="Sidekick hours a week, wanted"
                type="number"
                value={draft.wanted}
                onChange={(wanted) => set({ wanted })}
                help="Measures the hours of a gap"
                error={wrong('wanted', 'wantedHours')}
              />
            </div>
          )}
          <SkillsField
            legend="What the sidekick must know"
            help="A week without somebody who has every level is below skill"
            value={draft.skills}
            onChange={(skills) => set({ skills })}
            error={wrong('skills', 'requiredSkills')}
          />
        </div>
        <div data-at="description">
          <TextArea
            label="Description"
            value={draft.description}
            onChange={(description) => set({ description })}
            error={wrong('description')}
          />
        </div>
      </fieldset>
    </RecordForm>
  );
}
