import type { Role } from '@sidekick/contracts';
import { useId } from 'react';
import { usePeople } from '../../staffing/queries.ts';

const roles: [Role, string][] = [
  ['engineer', 'reads everything internal, edits pages, asks for leave'],
  ['manager', 'staffs projects, approves leave, invites'],
  ['ops', 'runs the portal'],
];

/** Roles add up; one is the least. */
export function RoleFields({ value, change, only }: { value: Role[]; change: (roles: Role[]) => void; only?: Role[] }) {
  return (
    <fieldset>
      <legend>Roles</legend>
      {roles.map(([role, does]) => (
        <label key={role} className="ck">
          <input
            type="checkbox"
            checked={value.includes(role)}
            disabled={only !== undefined && !only.includes(role)}
            onChange={({ target }) => change(target.checked ? [...value, role] : value.filter((one) => one !== role))}
          />
          <span>
            <b>{role}</b> <span className="muted">{does}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** The staffing record that an account belongs to. */
export function PersonField({ value, change }: { value: string | null; change: (person: string | null) => void }) {
  const id = useId();
  const people = usePeople();
  const sorted = [...(people.data ?? [])].sort((a, b) => a.private.name.localeCompare(b.private.name));
  return (
    <div className="fd">
      <label htmlFor={id}>Is this person in staffing</label>
      <select id={id} value={value ?? ''} onChange={({ target }) => change(target.value === '' ? null : target.value)}>
        <option value="">nobody</option>
        {sorted.map((person) => (
          <option key={person.id} value={person.id}>
            {person.private.name}
          </option>
        ))}
      </select>
    </div>
  );
}
