import type { PersonView } from '@sidekick/contracts';
import { type FocusEvent, type KeyboardEvent, memo, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { becameOf } from '../../api/ask.ts';
import { useSession } from '../../app/session.tsx';
import { wordsOf } from '../../staffing/changes.ts';
import { PersonLink } from '../../staffing/links.tsx';
import { byId } from '../../staffing/lists.ts';
import { skillLevelWords } from '../../staffing/skills-field.tsx';
import { Button } from '../../ui/button.tsx';
import { useNarrow } from '../../ui/narrow.ts';
import { useCellsInView } from './cells-in-view.ts';
import { levelOf, type SkillRow } from './skill-rows.ts';
import { type Unset, unsetKey, useLevels } from './use-levels.ts';

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
const wide = { row: 33, column: 92, head: 180 };
const phone = { row: 49, column: 76, head: 124 };

/** Levels, a row a person and a column a skill. A figure typed on a cell is its level, a click raises it, after 5 comes none. */
export function SkillMatrix({ rows: skills, people }: Props) {
  const { me, is } = useSession();
  const { set, unset, settle } = useLevels();
  const names = useMemo(() => byId(people), [people]);
  const sorted = useMemo(() => [...people].sort((a, b) => a.private.name.localeCompare(b.private.name)), [people]);
  const [manager, engineer] = [is('manager'), is('engineer')];
  const mayWrite = (person: PersonView | undefined) => manager || (engineer && me?.person === person?.id);
  const size = useNarrow() ? phone : wide;
  const scroller = useRef<HTMLDivElement>(null);
  const view = useCellsInView(scroller, size, { rows: sorted.length, columns: skills.length });
  const [focused, setFocus] = useState<readonly [number, number] | null>(null);
  const first = Math.max(0, sorted.findIndex(mayWrite));
  const [y, x] = [Math.min(focused?.[0] ?? first, sorted.length - 1), Math.min(focused?.[1] ?? 0, skills.length - 1)];
  const walk = useWalk(scroller);
  const [told, setTold] = useState('');
  const tell = (target: EventTarget) => setTold((target as HTMLElement).closest<HTMLElement>('[data-at]')?.ariaLabel ?? '');

  const onKey = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-at]');
    const [row, column] = cell ? placeOf(cell) : [y, x];
    const [person, skill] = [sorted[row], skills[column]];
    if (cell && person && skill && /^[0-5]$/.test(event.key)) return set(person.id, skill, () => Number(event.key));
    const step = steps[event.key];
    if (!step || !(cell || event.target === scroller.current)) return;
    event.preventDefault();
    // From the matrix itself the keys go back to the cell where they were.
    const to = cell ? ([row + step[0], column + step[1]] as const) : ([row, column] as const);
    if (sorted[to[0]] && skills[to[1]] && mayWrite(sorted[to[0]])) walk(to, size);
  };
  const onClick = (target: EventTarget) => {
    const cell = (target as HTMLElement).closest<HTMLElement>('button[data-at]');
    if (!cell) return;
    const [row, column] = placeOf(cell);
    const [person, skill] = [sorted[row], skills[column]];
    if (person && skill) set(person.id, skill, (was) => (was + 1) % 6);
  };
  const onFocus = ({ target }: FocusEvent) => {
    tell(target);
    const cell = (target as HTMLElement).closest<HTMLElement>('[data-at]');
    if (cell) setFocus(placeOf(cell));
  };
  const shown = skills.slice(view.columns.start, view.columns.end);
  const gaps = [view.columns.start * size.column, (skills.length - view.columns.end) * size.column] as const;
  return (
    <>
      {unset.map((one) => (
        <UnsetNote key={unsetKey(one)} unset={one} settle={(mine) => settle(one, mine)} />
      ))}
      {/* What a cell says, of the one under the pointer or with the focus: it is its label too. */}
      <p className="xs" aria-hidden="true">
        {told || 'Click a cell or type 0 to 5 on it; arrows move. 0 is none.'}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a scrolling table that hands keys and the pointer of its buttons on to one place */}
      <div
        ref={scroller}
        className="mtx0"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        role="region"
        aria-label="Levels: type 0 to 5 on a cell, arrows move"
        onKeyDown={onKey}
        onFocus={onFocus}
        onPointerMove={({ target }) => tell(target)}
        onClick={({ target }) => onClick(target)}
      >
        <table className="mtx" aria-rowcount={sorted.length + 1} aria-colcount={skills.length + 1}>
          <colgroup>
            <col style={{ width: size.head }} />
            <col style={{ width: gaps[0] }} />
            {shown.map((row) => (
              <col key={row.key} style={{ width: size.column }} />
            ))}
            <col style={{ width: gaps[1] }} />
          </colgroup>
          <thead>
            <tr aria-rowindex={1}>
              <th aria-colindex={1}>Person</th>
              <td className="gap" aria-hidden="true" />
              {shown.map((row, index) => (
                <th key={row.key} scope="col" aria-colindex={view.columns.start + index + 2} title={row.name}>
                  <bdi>{row.name}</bdi>
                </th>
              ))}
              <td className="gap" aria-hidden="true" />
            </tr>
          </thead>
          <tbody>
            <Gap height={view.rows.start * size.row} />
            {sorted.slice(view.rows.start, view.rows.end).map((person, index) => (
              <Person
                key={person.id}
                person={person}
                names={names}
                skills={skills}
                from={view.columns.start}
                to={view.columns.end}
                line={view.rows.start + index}
                height={size.row}
                writes={mayWrite(person)}
                stop={view.rows.start + index === y ? x : null}
              />
            ))}
            <Gap height={(sorted.length - view.rows.end) * size.row} />
          </tbody>
        </table>
      </div>
    </>
  );
}

const Gap = ({ height }: { height: number }) =>
  height === 0 ? null : (
    <tr style={{ height }}>
      <td className="gap" aria-hidden="true" />
    </tr>
  );

const placeOf = (cell: HTMLElement): [number, number] => {
  const [row = 0, column = 0] = (cell.dataset['at'] ?? '').split(' ').map(Number);
  return [row, column];
};

/**
 * Moves the focus to a cell, which may have to be scrolled to before it is drawn. The focus of a cell that scrolls out of the document
 * stays with the matrix.
 */
function useWalk(scroller: { current: HTMLDivElement | null }) {
  const wanted = useRef<string | null>(null);
  const last = useRef<HTMLElement | null>(null);
  const find = (at: string) => scroller.current?.querySelector<HTMLElement>(`[data-at="${at}"]`);
  useLayoutEffect(() => {
    const cell = wanted.current === null ? null : find(wanted.current);
    if (cell) {
      wanted.current = null;
      cell.focus();
    } else if (last.current && !last.current.isConnected) {
      last.current = null;
      if (document.activeElement === document.body) scroller.current?.focus({ preventScroll: true });
    }
  });
  useLayoutEffect(() => {
    const element = scroller.current;
    const came = ({ target }: Event) => {
      last.current = target as HTMLElement;
    };
    const left = () =>
      queueMicrotask(() => {
        if (last.current?.isConnected && document.activeElement !== last.current) last.current = null;
      });
    element?.addEventListener('focusin', came);
    element?.addEventListener('focusout', left);
    return () => {
      element?.removeEventListener('focusin', came);
      element?.removeEventListener('focusout', left);
    };
  }, [scroller]);
  return ([row, column]: readonly [number, number], size: { row: number; column: number }) => {
    const at = `${row} ${column}`;
    const cell = find(at);
    if (cell) return cell.focus();
    wanted.current = at;
    const element = scroller.current;
    if (!element) return;
    element.scrollTop = row * size.row - element.clientHeight / 2;
    element.scrollLeft = column * size.column - element.clientWidth / 2;
  };
}

interface PersonProps {
  person: PersonView;
  names: ReadonlyMap<string, PersonView>;
  skills: readonly SkillRow[];
  /** Columns that are drawn. */
  from: number;
  to: number;
  line: number;
  height: number;
  writes: boolean;
  /** The column that the Tab key comes to. */
  stop: number | null;
}

const Person = memo(function Person({ person, names, skills, from, to, line, height, writes, stop }: PersonProps) {
  return (
    <tr aria-rowindex={line + 2} style={{ height }}>
      <th scope="row" aria-colindex={1} title={person.private.name}>
        <PersonLink id={person.id} people={names} />
      </th>
      <td className="gap" aria-hidden="true" />
      {skills.slice(from, to).map((skill, index) => {
        const level = levelOf(person.skills, skill);
        const column = from + index;
        const label = `${person.private.name}, ${skill.name}: ${level === 0 ? 'none' : `${level}, ${skillLevelWords(level)}`}`;
        return (
          <td key={skill.key} className={level === 0 ? 'none' : undefined} aria-colindex={column + 2}>
            {writes ? (
              <button type="button" data-at={`${line} ${column}`} tabIndex={stop === column ? 0 : -1} aria-label={label}>
                {level || '–'}
              </button>
            ) : (
              level || '–'
            )}
          </td>
        );
      })}
      <td className="gap" aria-hidden="true" />
    </tr>
  );
});

/** A level that was not set: both values where two set it at once, or why, and the way to set it all the same. */
function UnsetNote({ unset: { name, row, mine, why }, settle }: { unset: Unset; settle: (mine: boolean) => void }) {
  const [skill, person] = [<bdi key="skill">{row.name}</bdi>, <bdi key="person">{name}</bdi>];
  if (typeof why === 'object' && 'clash' in why) {
    const { who, was, theirs } = why.clash;
    return (
      <div className="conf" role="alert">
        <span>
          <bdi>{who}</bdi> set {skill} of {person} to {theirs || 'none'} while you set it to {mine || 'none'}; it was {was || 'none'}.
        </span>
        <Button onClick={() => settle(false)}>Keep {theirs || 'none'}</Button>
        <Button onClick={() => settle(true)}>Set {mine || 'none'}</Button>
      </div>
    );
  }
  const isOthers = why === 'gone';
  const not = isOthers ? 'Not saved' : becameOf(why.error, 'Not saved', 'it was saved');
  return (
    <div className="conf bad0" role="alert">
      <span>
        {skill} of {person}, {mine || 'none'}: {not}.{' '}
        {isOthers ? 'Somebody else changes this person, or has deleted them.' : wordsOf(why.error)}
      </span>
      <Button onClick={() => settle(true)}>Try again</Button>
      <Button look="quiet" onClick={() => settle(false)}>
        Leave it
      </Button>
    </div>
  );
}
