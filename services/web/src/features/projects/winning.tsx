import type { AssignmentView } from '@sidekick/contracts';
import { Choice } from '../../staffing/fields.tsx';
import { dayRange, hours } from '../../staffing/format.ts';
import { nameOf } from '../../staffing/people-names.ts';
import { FieldError } from '../../ui/field.tsx';
import type { Records } from '../timeline/index.ts';
import type { ProjectDraft } from './project-draft.ts';

interface Props {
  draft: ProjectDraft;
  set: (patch: Partial<ProjectDraft>) => void;
  work: readonly AssignmentView[];
  records: Records;
  error: string | null | undefined;
}

/** Asked as a project becomes agreed: whose work on it is confirmed now. What is not stays tentative. */
export function Winning({ draft, set, work, records, error }: Props) {
  const tick = (id: string) =>
    set({ confirmed: draft.confirmed.includes(id) ? draft.confirmed.filter((one) => one !== id) : [...draft.confirmed, id] });
  return (
    <section className="fd" aria-label="Whose work is confirmed">
      <Choice
        label="It is won: confirm whose work?"
        value={draft.confirm ?? ''}
        onChange={(confirm) => confirm !== '' && set({ confirm })}
        options={[
          { value: 'all', label: work.length === 1 ? 'The one' : `All ${work.length}` },
          { value: 'some', label: 'Some' },
          { value: 'none', label: 'None' },
        ]}
      />
      {draft.confirm === 'some' &&
        work.map((one) => (
          <label key={one.id} className="ck">
            <input type="checkbox" checked={draft.confirmed.includes(one.id)} onChange={() => tick(one.id)} />
            <span>
              <bdi className="b">{nameOf(one.person, records.people)}</bdi>, {one.role}, {hours(one.hoursPerWeek)} a week,{' '}
              {dayRange(one.from, one.to)}
            </span>
          </label>
        ))}
      {error ? <FieldError error={error} /> : <p className="xs">What is not confirmed stays tentative and counts in no plain figure</p>}
    </section>
  );
}
