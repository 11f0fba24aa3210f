import './free-list.css';
import { nameKey } from '@sidekick/contracts';
import { useMemo, useState } from 'react';
import { count, hours } from '../../staffing/format.ts';
import { sum } from '../../staffing/lists.ts';
import { nameAmong } from '../../staffing/people-names.ts';
import type { Records } from './bars.ts';
import { type Drawn, rangeOf } from './slice.ts';
import type { FreeList } from './use-free-list.ts';

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly aside: string;
}

/** People with hours left in the weeks shown, most first. */
function freePeople({ people }: Drawn, records: Records): Entry[] {
  return people
    .flatMap(({ id, remaining }) => {
      const [person, free] = [records.people.get(id), sum(remaining)];
      return person && free > 0.05 ? [{ id, name: nameAmong(person, records.people), aside: `${hours(Math.round(free))} free`, free }] : [];
    })
    .sort((a, b) => b.free - a.free || a.name.localeCompare(b.name));
}

/** Projects of the weeks shown, those that lack cover in most weeks first. */
function openProjects({ projects }: Drawn, records: Records): Entry[] {
  return projects
    .flatMap(({ id, coverage, openLead }) => {
      const project = records.projects.get(id);
      const lacking = coverage.filter((state, at) => (state !== null && state !== 'covered') || openLead[at]).length;
      return project ? [{ id, name: project.name, aside: lacking > 0 ? `${count(lacking, 'week')} open` : 'covered', lacking }] : [];
    })
    .sort((a, b) => b.lacking - a.lacking || a.name.localeCompare(b.name));
}

interface Props {
  by: 'project' | 'person';
  list: FreeList;
  timeline: Drawn;
  records: Records;
}

/** Entries from which a name is looked for. */
const many = 12;

/** Free people above the rows of projects, projects above those of people: dragged onto a row, or held and then put there. */
export function FreeListStrip({ by, list, timeline, records }: Props) {
  const [text, setText] = useState('');
  const all = useMemo(() => (by === 'project' ? freePeople(timeline, records) : openProjects(timeline, records)), [by, timeline, records]);
  if (!list.isOpen) return null;
  const key = nameKey(text);
  const shown = all.filter(({ name }) => nameKey(name).includes(key));
  const [label, onto] = by === 'project' ? ['Free people', 'a project'] : ['Projects', 'a person'];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of buttons that has a name, no fieldset of a form
    <div className="frees hide-s" role="group" aria-label={label} onKeyDown={list.onKeyDown}>
      <b title={rangeOf(timeline)}>{label}</b>
      {all.length > many && (
        <input
          type="search"
          aria-label={`Look for one of: ${label.toLowerCase()}`}
          placeholder="Name"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      <span className="xs" role="status">
        {list.held === null
          ? all.length === 0
            ? by === 'project'
              ? 'Nobody has hours left in these weeks'
              : 'No project runs in these weeks'
            : `Drag one onto ${onto} at a week, or press it and choose there`
          : `${list.nameFor(list.held)}: choose ${onto} and a week. Enter or a click assigns, Escape lets go.`}
      </span>
      <ul>
        {shown.map(({ id, name, aside }) => (
          <li key={id}>
            <button
              type="button"
              className="btn"
              aria-pressed={list.held === id}
              onPointerDown={(event) => list.onPointerDown(event, id)}
              onClick={(event) => list.hold(id, event)}
            >
              <bdi>{name}</bdi> <span className="muted">{aside}</span>
            </button>
          </li>
        ))}
      </ul>
      {all.length > 0 && shown.length === 0 && <p className="muted">Nobody of that name</p>}
    </div>
  );
}
