import { AssignmentRole } from '@sidekick/contracts';
import { useState } from 'react';
import { count } from '../../staffing/format.ts';
import { grouped } from '../../staffing/lists.ts';
import { Button } from '../../ui/button.tsx';
import type { Read } from './corrections.ts';

interface Props {
  pairs: Read['pairs'];
  set: (person: string, project: string, role: AssignmentRole) => void;
  /** Several at once. */
  fill: (roles: readonly { person: string; project: string; role: AssignmentRole }[]) => void;
}
type Pair = Read['pairs'][number];
const few = 12;
const has = (people: readonly Pair[], role: AssignmentRole): boolean => people.some(({ roles }) => roles.includes(role));

/** Who leads each project and who backs it up: most sheets do not say. Projects that lack one of them come first. */
export function Roles({ pairs, set, fill }: Props) {
  const [all, setAll] = useState(false);
  const projects = [...grouped(pairs, ({ project }) => project)].sort(([, a], [, b]) => covered(a) - covered(b));
  const shown = all ? projects : projects.slice(0, few);
  const proposed = projects.flatMap(([project, people]) => byHours(project, people));
  return (
    <>
      {proposed.length > 0 && (
        <p className="mid">
          <Button onClick={() => fill(proposed)}>Fill in by hours</Button> Where nobody does, who has most hours on a project leads it, and
          who comes next backs it up. Look through it: the sheet does not say.
        </p>
      )}
      <ul className="mroles">
        {shown.map(([project, people]) => (
          <li key={project}>
            <b>{project}</b>
            <small className={covered(people) === 2 ? 'muted' : 'warn0'}>
              {has(people, 'lead') ? '' : 'nobody leads'}
              {covered(people) === 0 ? ', ' : ''}
              {has(people, 'sidekick') ? '' : 'no sidekick'}
            </small>
            <span className="mpeople">
              {people.map((one) => (
                <label key={one.person}>
                  <bdi>{one.person}</bdi>
                  <select
                    aria-label={`${one.person} on ${project}`}
                    value={one.roles.length === 1 ? one.roles[0] : 'several'}
                    onChange={(event) => set(one.person, project, event.currentTarget.value as AssignmentRole)}
                  >
                    {one.roles.length > 1 && <option value="several">{one.roles.join(' and ')}</option>}
                    {AssignmentRole.options.map((role) => (
                      <option key={role} value={role}>
                        {role}
                      </option>
                    ))}
                  </select>
                </label>
              ))}
            </span>
          </li>
        ))}
      </ul>
      {!all && projects.length > few && (
        <Button look="quiet" onClick={() => setAll(true)}>
          and {count(projects.length - few, 'project', 'projects')} more
        </Button>
      )}
    </>
  );
}

const covered = (people: readonly Pair[]): number => Number(has(people, 'lead')) + Number(has(people, 'sidekick'));

/** Of a project that lacks a lead or a sidekick, those of its contributors that have most hours. */
function byHours(project: string, people: readonly Pair[]): { person: string; project: string; role: AssignmentRole }[] {
  const missing = (['lead', 'sidekick'] as const).filter((role) => !has(people, role));
  const free = people.filter(({ roles }) => roles.every((role) => role === 'contributor')).sort((a, b) => b.hours - a.hours);
  return missing.flatMap((role, at) => {
    const one = free[at];
    return one ? [{ person: one.person, project, role }] : [];
  });
}
