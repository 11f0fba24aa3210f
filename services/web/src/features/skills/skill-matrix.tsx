import type { PersonView } from '@sidekick/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { Read } from '../../api/ask.ts';
import { useSession } from '../../app/session.tsx';
import { useGuardedSave } from '../../staffing/guarded-save.ts';
import { lists } from '../../staffing/held.ts';
import { PersonLink } from '../../staffing/links.tsx';
import { byId } from '../../staffing/lists.ts';
import { skillLevelWords } from '../../staffing/skills-field.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { levelOf, type SkillRow, withLevel } from './skill-rows.ts';

interface Props {
  rows: readonly SkillRow[];
  people: readonly PersonView[];
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/** Levels, a row a person and a column a skill. A figure typed on a cell is its level, a click raises it, after 5 comes none. */
export function SkillMatrix({ rows, people }: Props) {
  const { me, is } = useSession();
  const { run, error, stale } = useGuardedSave();
  const [focused, setFocus] = useState<string | null>(null);
  const names = byId(people);
  const sorted = [...people].sort((a, b) => a.private.name.localeCompare(b.private.name));
  const mayWrite = (person: PersonView) => is('manager') || (is('engineer') && me?.person === person.id);
  const focus = focused ?? `${sorted.findIndex(mayWrite)} 0`;
  const before = useRef<Promise<unknown>>(Promise.resolve());
  const client = useQueryClient();
  const saveOne = async (id: string, row: SkillRow, next: (was: number) => number) => {
    const person = client.getQueryData<Read<PersonView[]>>(lists.people.queryKey)?.value.find((one) => one.id === id);
    if (!person) return;
    const was = levelOf(person.skills, row);
    const level = next(was);
    if (level === was) return;
    const said = `${person.private.name}: ${row.name} ${level || 'none'} (was ${was || 'none'})`;
    const patch = { skills: withLevel(person.skills, row, level) };
    await run({ commands: [{ do: 'change', kind: 'person', id: person.id, version: person.version, patch }], said });
  };
  // Figures are typed faster than they are saved: each waits for the one before, and is over what that has made.
  const set = (person: PersonView, row: SkillRow, next: (was: number) => number) => {
    before.current = before.current.then(() => saveOne(person.id, row, next));
  };
  const onKey = (event: KeyboardEvent<HTMLButtonElement>, person: PersonView, row: SkillRow, [y, x]: readonly [number, number]) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^[0-5]$/.test(event.key)) return set(person, row, () => Number(event.key));
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const at = `${y + step[0]} ${x + step[1]}`;
    event.currentTarget.closest('table')?.querySelector<HTMLButtonElement>(`[data-at="${at}"]`)?.focus();
  };
  return (
    <>
      {stale && <p className="warn">Somebody changed it first. What you see is the newest state.</p>}
      {error && <ProblemNote error={error} what="This was not saved" done="this was saved" />}
      <div className="scrollx">
        <table className="lst mtx">
          <thead>
            <tr>
              <th>Person</th>
              {rows.map((row) => (
                <th key={row.key} scope="col">
                  <bdi>{row.name}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.map((person, y) => (
              <tr key={person.id}>
                <th scope="row">
                  <PersonLink id={person.id} people={names} />
                </th>
                {rows.map((row, x) => {
                  const level = levelOf(person.skills, row);
                  const shown = level || '–';
                  const look = level === 0 ? 'none' : undefined;
                  if (!mayWrite(person))
                    return (
                      <td key={row.key} className={look}>
                        {shown}
                      </td>
                    );
                  return (
                    <td key={row.key} className={look}>
                      <button
                        type="button"
                        data-at={`${y} ${x}`}
                        tabIndex={focus === `${y} ${x}` ? 0 : -1}
                        aria-label={`${person.private.name}, ${row.name}: ${level === 0 ? 'none' : `${level}, ${skillLevelWords(level)}`}`}
                        onFocus={() => setFocus(`${y} ${x}`)}
                        onClick={() => set(person, row, (was) => (was + 1) % 6)}
                        onKeyDown={(event) => onKey(event, person, row, [y, x])}
                      >
                        {shown}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="xs">Click a cell or type 0 to 5 on it; arrows move. 0 is none.</p>
    </>
  );
}
