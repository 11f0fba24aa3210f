import type { PersonView, TeamView } from '@sidekick/contracts';
import { useMemo } from 'react';
import { useSession } from '../../app/session.tsx';
import { SelectField, TextField } from '../../staffing/fields.tsx';
import { isHere, isOffered, nameOf, peopleByName } from '../../staffing/people-names.ts';
import { RecordForm } from '../../staffing/record-form.tsx';
import { useRecordForm } from '../../staffing/use-record-form.ts';
import { Button } from '../../ui/button.tsx';
import { FieldError } from '../../ui/field.tsx';
import { readTeam, type TeamDraft, type TypedMember, teamDraft, teamFields, typedMember } from './team-draft.ts';

interface Props {
  /** `new`, or which team it is: the form stays open when somebody else removes it. */
  id: string;
  team: TeamView | null;
  people: ReadonlyMap<string, PersonView>;
  today: string;
  onClose: () => void;
}

/** A team's name, people and lead; managers change it. */
export function TeamForm({ id, team, people, today, onClose }: Props) {
  const manager = useSession().is('manager');
  const isNew = id === 'new';
  const fields = useMemo(() => teamFields((person) => nameOf(person, people)), [people]);
  const { typed, shown, set, submit, remove, wrong, frame } = useRecordForm<TeamView, TeamDraft>({
    kind: 'team',
    subject: `team:${id}`,
    isNew,
    record: team,
    fields,
    draft: teamDraft,
    read: readTeam,
    said: ({ name }) => (isNew ? `Team ${name} is added` : `Team ${name} is changed`),
    onClose,
  });
  return (
    <RecordForm
      title={isNew ? 'New team' : <bdi>{shown.name}</bdi>}
      frame={frame}
      onSubmit={manager ? () => void submit() : null}
      saveLabel={isNew ? 'Add' : 'Save'}
      onRemove={manager && !isNew ? () => void remove(`Team ${shown.name} is removed`) : null}
    >
      <fieldset disabled={!manager} className="plain">
        <TextField label="Name" value={typed.name} onChange={(name) => set({ name })} error={wrong('name')} autoFocus={isNew} />
        <Members
          value={typed.people}
          people={people}
          today={today}
          error={wrong('people')}
          onChange={(members) => set({ people: members, lead: members.some(({ person }) => person === typed.lead) ? typed.lead : '' })}
        />
        <SelectField
          label="Lead"
          value={typed.lead}
          onChange={(lead) => set({ lead })}
          options={[
            { value: '', label: 'Nobody leads it' },
            ...typed.people.flatMap(({ person }) => {
              const here = isOffered(person, people, today);
              if (!here && person !== typed.lead) return [];
              return [{ value: person, label: `${nameOf(person, people)}${here ? '' : ' (has left)'}` }];
            }),
          ]}
          error={wrong('lead')}
        />
      </fieldset>
    </RecordForm>
  );
}

interface MembersProps {
  value: TypedMember[];
  people: ReadonlyMap<string, PersonView>;
  today: string;
  error: string | null | undefined;
  onChange: (value: TypedMember[]) => void;
}

/** Who is in the team, a line each, with a mark at who has left since; nobody is offered who has. */
function Members({ value, people, today, error, onChange }: MembersProps) {
  const named = new Set(value.map(({ person }) => person));
  const others = peopleByName(people.values()).filter((person) => !named.has(person.id) && isHere(person, today));
  return (
    <fieldset>
      <legend>People</legend>
      {value.map(({ key, person }) => (
        <div key={key} className="ln">
          <bdi>{nameOf(person, people)}</bdi>
          <span>{!isOffered(person, people, today) && <span className="tag r">Has left</span>}</span>
          <Button
            look="quiet"
            icon="x"
            aria-label={`Remove ${nameOf(person, people)}`}
            onClick={() => onChange(value.filter((one) => one.key !== key))}
          />
        </div>
      ))}
      <FieldError error={error} />
      <SelectField
        label="Add somebody"
        value=""
        onChange={(person) => person && onChange([...value, typedMember(person)])}
        options={[{ value: '', label: 'Choose' }, ...others.map((person) => ({ value: person.id, label: nameOf(person.id, people) }))]}
        help="Whoever leaves the group is not counted any more"
      />
    </fieldset>
  );
}
