import type { Project, ProjectView } from '@sidekick/contracts';
import { useSession } from '../../app/session.tsx';
import { ulid } from '../../app/ulid.ts';
import { RangeField, rangeText, readRange } from '../staffing/date-fields.tsx';
import { addDays } from '../staffing/days.ts';
import { useDraft } from '../staffing/draft.ts';
import { Choice, SelectField, TextArea, TextField, typedNumber } from '../staffing/fields.tsx';
import { number } from '../staffing/format.ts';
import { fieldError, rulesOf, useGuardedSave } from '../staffing/guarded-save.ts';
import { commandFor, RecordForm } from '../staffing/record-form.tsx';
import { readSkills, SkillsField, type TypedSkill, typedSkills } from '../staffing/skills-field.tsx';

interface ProjectDraft {
  id: string;
  name: string;
  client: string;
  description: string;
  range: string;
  state: Project['state'];
  priority: string;
  policy: Project['policy'];
  minimum: string;
  wanted: string;
  skills: TypedSkill[];
  reason: string;
  tried: boolean;
}

function projectDraft(project: ProjectView | null, today: string): ProjectDraft {
  const common = { reason: '', tried: false };
  if (!project) {
    const range = rangeText(today, addDays(today, 12 * 7 - 1));
    return {
      ...common,
      id: ulid(),
      name: '',
      client: '',
      description: '',
      range,
      state: 'agreed',
      priority: '3',
      policy: 'sidekick',
      minimum: '4',
      wanted: '8',
      skills: [],
    };
  }
  return {
    ...common,
    id: project.id,
    name: project.name,
    client: project.client,
    description: project.description,
    range: rangeText(project.from, project.to),
    state: project.state,
    priority: String(project.priority),
    policy: project.policy,
    minimum: number(project.minimumHours),
    wanted: number(project.wantedHours),
    skills: typedSkills(project.requiredSkills),
  };
}

/** What the form says as a record, or what is wrong where. */
function readProject(draft: ProjectDraft, today: string) {
  const errors = new Map<string, string>();
  const range = readRange(draft.range, today, true);
  const minimum = typedNumber(draft.minimum, 0, 168);
  const wanted = typedNumber(draft.wanted, 0, 168);
  const priority = typedNumber(draft.priority, 1, 99);
  const skills = readSkills(draft.skills);
  if (draft.name.trim() === '') errors.set('name', 'Give the project a name');
  if (!range.ok) errors.set('range', range.message);
  if (minimum === null) errors.set('minimum', 'Hours a week are a number from 0 to 168');
  if (wanted === null) errors.set('wanted', 'Hours a week are a number from 0 to 168');
  if (priority === null || !Number.isInteger(priority)) errors.set('priority', 'A whole number from 1, which is first, to 99');
  if (skills.error) errors.set('skills', skills.error);
  if (!range.ok || errors.size > 0) return { body: null, errors };
  const body = {
    name: draft.name.trim(),
    client: draft.client.trim(),
    description: draft.description.trim(),
    from: range.from,
    to: range.to,
    state: draft.state,
    priority,
    policy: draft.policy,
    minimumHours: minimum,
    wantedHours: wanted,
    requiredSkills: skills.skills,
  };
  return { body, errors };
}

/** A project's dates, state and what it asks of its sidekick. */
export function ProjectForm({ project, today, onClose }: { project: ProjectView | null; today: string; onClose: () => void }) {
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
    const reason = guarded.refused.length > 0 ? draft.reason.trim() : '';
    if (rulesOf(guarded.refused).length > 0 && reason === '') return;
    if (await guarded.run({ commands: [command], said, ...(reason ? { reason } : {}) }, guarded.refused)) done();
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
