import type { ProjectView } from '@sidekick/contracts';
import { useSession } from '../../app/session.tsx';
import { RangeField } from '../staffing/date-fields.tsx';
import { useDraft } from '../staffing/draft.ts';
import { Choice, SelectField, TextArea, TextField } from '../staffing/fields.tsx';
import { fieldError, useGuardedSave } from '../staffing/guarded-save.ts';
import { commandFor, RecordForm } from '../staffing/record-form.tsx';
import { SkillsField } from '../staffing/skills-field.tsx';
import { type ProjectDraft, projectDraft, readProject } from './project-draft.ts';

interface Props {
  project: ProjectView | null;
  today: string;
  onClose: () => void;
}

/** The state of the form: what is typed and the ways to save. */
function useProjectForm({ project, today, onClose }: Props) {
  const { is } = useSession();
  const manager = is('manager');
  const [draft, set, { clear }] = useDraft<ProjectDraft>(project ? `project ${project.id} ${project.version}` : 'project new', () =>
    projectDraft(project, today),
  );
  const guarded = useGuardedSave();
  const read = readProject(draft, today);
  const done = () => {
    clear();
    onClose();
  };
  const submit = async () => {
    set({ tried: true });
    if (!read.body) return;
    const command = commandFor('project', draft.id, read.body, project);
    if (!command) return done();
    const said = project ? `${draft.name} is changed` : `${draft.name} is added`;
    if (await guarded.submit({ commands: [command], said }, draft.reason)) done();
  };
  const remove = async () => {
    if (!project) return;
    if (
      await guarded.run({
        commands: [{ do: 'delete', kind: 'project', id: project.id, version: project.version }],
        said: `${project.name} is removed`,
      })
    )
      done();
  };
  const wrong = (field: string, server = field) => (draft.tried ? read.errors.get(field) : undefined) ?? fieldError(guarded.error, server);
  return { draft, set, guarded, manager, done, submit, remove, wrong };
}

/** A project's dates, state and what it asks of its sidekick. */
export function ProjectForm(props: Props) {
  const { project, today } = props;
  const { draft, set, guarded, manager, done, submit, remove, wrong } = useProjectForm(props);
  return (
    <RecordForm
      title={project ? project.name : 'New project'}
      guarded={guarded}
      reason={draft.reason}
      onReason={(reason) => set({ reason })}
      tried={draft.tried}
      onSubmit={manager ? () => void submit() : null}
      saveLabel={project ? 'Save' : 'Add'}
      onClose={done}
      onRemove={manager && project ? () => void remove() : null}
    >
      <fieldset disabled={!manager} className="plain">
        <TextField label="Name" value={draft.name} onChange={(name) => set({ name })} error={wrong('name')} autoFocus={!project} />
        <TextField label="Client" value={draft.client} onChange={(client) => set({ client })} error={wrong('client')} />
        <RangeField
          label="From – to"
          text={draft.range}
          onText={(range) => set({ range })}
          today={today}
          open
          error={wrong('range', 'to') ?? null}
        />
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
          error={wrong('skills', 'requiredSkills') ?? null}
        />
        <TextArea
          label="Description"
          value={draft.description}
          onChange={(description) => set({ description })}
          error={wrong('description')}
        />
      </fieldset>
    </RecordForm>
  );
}
