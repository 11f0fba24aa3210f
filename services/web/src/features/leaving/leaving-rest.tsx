import type { ReactNode } from 'react';
import { SelectField } from '../../staffing/fields.tsx';
import { dayRangeWithYear } from '../../staffing/format.ts';
import { isolated, nameOf } from '../../staffing/people-names.ts';
import { amountText } from '../leave/index.ts';
import type { Records } from '../timeline/index.ts';
import { after, teamChoice } from './leaving.ts';
import type { LeavingForm } from './use-leaving-form.ts';

interface Props {
  form: LeavingForm;
  records: Records;
  day: string;
  today: string;
}

/** One line that goes unless it is kept. */
function Goes({ one, form: { stays, tick }, children }: { one: { id: string; version: number }; form: LeavingForm; children: ReactNode }) {
  return (
    <label className="ck">
      <input type="checkbox" checked={!stays.has(one.id)} onChange={() => tick(one)} />
      <span>{children}</span>
    </label>
  );
}

/** Leave after the last day, asked for or approved. */
export function Requests({ form, day }: { form: LeavingForm; day: string }) {
  const { leave } = after(form.left, day);
  if (leave.length === 0) return null;
  return (
    <section aria-label="Leave after the last day" className="lv fd">
      <h3>Leave after that day</h3>
      {leave.map((one) => (
        <Goes key={one.id} one={one} form={form}>
          {one.from > day ? 'Withdraw' : 'Cut at the last day'}: {dayRangeWithYear(one.from, one.to)}
          {amountText(one) && `, ${amountText(one)}`}, {one.state === 'requested' ? 'asked for' : 'approved'}
        </Goes>
      ))}
    </section>
  );
}

/** Offers to back projects up, and wishes to learn. Of whoever has left already they go by themselves. */
export function Offers({ form, records, day, today }: Props) {
  const { volunteers, wishes } = form.left;
  if (volunteers.length + wishes.length === 0) return null;
  const project = (id: string) => <bdi>{records.projects.get(id)?.name ?? 'a project'}</bdi>;
  if (day < today) {
    return (
      <section aria-label="Offers and wishes" className="lv fd">
        <h3>Offers and wishes</h3>
        <p className="mid">
          {volunteers.length + wishes.length === 1 ? 'One goes' : `${volunteers.length + wishes.length} go`} with whoever has left.
        </p>
      </section>
    );
  }
  return (
    <section aria-label="Offers and wishes" className="lv fd">
      <h3>Offers and wishes</h3>
      {volunteers.map((one) => (
        <Goes key={one.id} one={one} form={form}>
          Withdraw the offer to back up {project(one.project)}
        </Goes>
      ))}
      {wishes.map((one) => (
        <Goes key={one.id} one={one} form={form}>
          Take away the wish to learn <bdi>{one.skill}</bdi>
        </Goes>
      ))}
    </section>
  );
}

/** Teams that they are in, and who leads those that they lead. */
export function TeamsLeft({ form: { left, draft }, records, day, today }: Props) {
  const { person, teams } = left;
  if (teams.length === 0) return null;
  const isOver = day < today;
  const set = (id: string, value: string) => {
    const { [id]: _old, ...others } = draft.value.teams;
    draft.set({ teams: value === 'stay' ? others : { ...others, [id]: value } });
  };
  return (
    <section aria-label="Teams" className="lv">
      <h3>Teams</h3>
      {teams.map((team) => {
        const leads = team.lead === person.id;
        const choice = teamChoice(draft.value, team);
        const stays = isOver ? 'Leaves it with the contract' : 'Stays in it; whoever has left is told as that, and counts as nobody';
        const options = [
          { value: 'stay', label: stays },
          ...(isOver ? [] : [{ value: 'off', label: leads ? 'Taken off it now; nobody leads it' : 'Taken off it now' }]),
          ...(leads ? team.people.filter((id) => id !== person.id) : []).map((id) => ({
            value: id,
            label: `${isolated(nameOf(id, records.people))} leads it from now on`,
          })),
        ];
        return (
          <SelectField
            key={team.id}
            label={`${isolated(team.name)}${leads ? ', which they lead' : ''}`}
            value={typeof choice === 'string' ? choice : choice.lead}
            options={options}
            onChange={(value) => set(team.id, value)}
          />
        );
      })}
    </section>
  );
}
