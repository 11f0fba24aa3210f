import { nameKey, type OpeningView } from '@sidekick/contracts';
import { RangeField } from '../../staffing/date-fields.tsx';
import { Choice, SelectField, TextArea, TextField } from '../../staffing/fields.tsx';
import { RecordForm } from '../../staffing/record-form.tsx';
import { readSkills, SkillsField, type TypedSkill, useSkillWords } from '../../staffing/skills-field.tsx';
import { useRecordForm } from '../../staffing/use-record-form.ts';
import { Button } from '../../ui/button.tsx';
import { type AssignStart, projectOptions, roleOptions } from './assign-draft.ts';
import type { Records } from './bars.ts';
import { type PlaceDraft, placeDraft, placeFields, readPlace } from './place-draft.ts';
import { capital, placeName, placeWords } from './place-fill.ts';
import { type HandedOver, useHandedOver } from './use-handed-over.ts';

interface Props {
  /** The place to change: it stays open when somebody else removes it. */
  id?: string;
  place?: OpeningView | null;
  /** Where a new one starts from. */
  start?: AssignStart;
  records: Records;
  today: string;
  onClose: () => void;
  /** A person is named after all. */
  onSomebody?: (start: AssignStart, handed: HandedOver) => void;
  /** What was typed in the form of an assignment that this one takes the place of. */
  handed?: HandedOver | null;
}

/** Makes, changes or removes an open place: what is asked for before anybody is named. */
export function PlaceForm({ id, place = null, start = {}, records, today, handed = null, onClose, onSomebody }: Props) {
  const name = ({ role, project }: Pick<PlaceDraft, 'role' | 'project'>) =>
    capital(placeName({ role }, records.projects.get(project)?.name));
  const form = useRecordForm<OpeningView, PlaceDraft>({
    kind: 'opening',
    subject: id ? `opening:${id}` : `opening:new ${JSON.stringify(start)}`,
    ...(id ? {} : { group: 'opening:new ' }),
    isNew: !id,
    record: place,
    fields: placeFields(records),
    draft: (record) => placeDraft(record, start, today, records),
    read: (typed) => readPlace(typed, today, records),
    said: (typed) => {
      const { body } = readPlace(typed, today, records);
      return `${name(typed)}${body ? `, ${placeWords({ skills: [], ...body, to: body.to ?? null } as OpeningView)}` : ''}`;
    },
    onClose,
  });
  const { typed, shown, set, wrong, frame } = form;
  useHandedOver(handed, ({ range, hours, place }) => set({ range, hours, ...place }));
  const asSomebody = () => {
    const { body } = readPlace(typed, today, records);
    form.clear();
    const { project, role, range, hours, skills, note } = typed;
    const start = { project, role, ...(body ? { from: body.from, to: body.to ?? null, hours: body.hoursPerWeek } : {}) };
    onSomebody?.(start, { ...handed, range, hours, place: { skills, note } });
  };
  return (
    <RecordForm
      title={id ? <bdi>{name(shown)}</bdi> : 'New open place'}
      frame={frame}
      onSubmit={() => void form.submit()}
      saveLabel={id ? 'Save' : 'Keep it open'}
      onRemove={id ? () => void form.remove(`${name(shown)}, removed: nobody is wanted there any more`) : null}
    >
      <p className="mid">
        Nobody yet. It counts as wanted hours, never as work, until it is filled.
        {onSomebody && (
          <>
            {' '}
            <Button onClick={asSomebody}>Name somebody…</Button>
          </>
        )}
      </p>
      <SelectField
        label="Project"
        value={typed.project}
        onChange={(project) => set({ project })}
        options={projectOptions(records, typed.project)}
        error={wrong('project')}
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
      <TextField
        label="Hours a week"
        type="number"
        value={typed.hours}
        onChange={(hours) => set({ hours })}
        error={wrong('hours', 'hoursPerWeek')}
      />
      <SkillsField
        legend="Skills asked"
        help="Candidates need every level, whatever the role"
        value={typed.skills}
        onChange={(skills) => set({ skills })}
        error={wrong('skills')}
      />
      <UnknownSkills skills={typed.skills} />
      <TextArea
        label="Note"
        value={typed.note}
        onChange={(note) => set({ note })}
        help="For managers. Name nobody here: it stays when somebody is made anonymous"
        error={wrong('note', 'private.note')}
      />
    </RecordForm>
  );
}

/** Says which skills nobody has and no project asks for: a spelling, or somebody to be hired. */
function UnknownSkills({ skills }: { skills: readonly TypedSkill[] }) {
  const words = useSkillWords().data?.items;
  if (!words) return null;
  const known = new Set(words.flatMap(({ skill, ...one }) => [skill, ...otherNames(one)]).map(nameKey));
  const unknown = readSkills(skills).skills.filter(({ skill }) => !known.has(nameKey(skill)));
  return (
    <div role="status">
      {unknown.map(({ skill }) => (
        <p key={skill} className="xs warn">
          Nobody has <bdi>{skill}</bdi> and no project asks for it: check how it is written, or save it as it is.
        </p>
      ))}
    </div>
  );
}

/** What else a skill is called, as far as the answer says it. */
function otherNames({ spellings, record }: Record<string, unknown>): string[] {
  const used = Array.isArray(spellings) ? spellings.map((one: { spelling?: unknown }) => one?.spelling) : [];
  const kept = (record as { spellings?: unknown } | undefined)?.spellings;
  return [...used, ...(Array.isArray(kept) ? kept : [])].filter((one) => typeof one === 'string');
}
