import { nameKey, type SheetNameIs } from '@sidekick/contracts';
import { type ReactNode, useId, useState } from 'react';
import { count } from '../../staffing/format.ts';
import { Button } from '../../ui/button.tsx';
import type { NameRead } from './corrections.ts';

interface Known {
  readonly id: string;
  readonly name: string;
}
interface Props<N extends NameRead> {
  kind: 'people' | 'projects';
  names: readonly N[];
  known: readonly Known[];
  choose: (name: string, as: SheetNameIs) => void;
  /** What stands at the end of a row, such as hours a week. */
  more: { label: string; of: (name: N) => ReactNode };
}

const few = 40;
const wordOf = { people: ['person', 'people'], projects: ['project', 'projects'] } as const;

/** Whether somebody should look at it: a new name that is nearly another, here or in the sheet. */
const asksForALook = (one: NameRead): boolean => one.as === 'new' && (one.near.length > 0 || one.nearNames.length > 0);

/** Who is who, or which project is which: each name of the sheet with what the portal takes it for. */
export function NamesTable<N extends NameRead>({ kind, names, known, choose, more }: Props<N>) {
  const [all, setAll] = useState(false);
  const list = useId();
  const ordered = [...names].sort((a, b) => Number(asksForALook(b)) - Number(asksForALook(a)));
  const shown = all ? ordered : ordered.slice(0, few);
  const [one, many] = wordOf[kind];
  return (
    <>
      <datalist id={list}>
        {known.map(({ id, name }) => (
          <option key={id} value={name} />
        ))}
      </datalist>
      <table className="mtab">
        <thead>
          <tr>
            <th scope="col">In the sheet</th>
            <th scope="col">Is</th>
            <th scope="col">{more.label}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((name) => (
            <tr key={name.name}>
              <th scope="row">
                <bdi>{name.name}</bdi>
                {asksForALook(name) && (
                  <small className="warn0">nearly {[...name.near.map((near) => near.name), ...name.nearNames].join(', ')}</small>
                )}
              </th>
              <td>
                <NameChoice {...{ name, one, known, names, list }} choose={(as) => choose(name.name, as)} />
              </td>
              <td>{name.as === 'out' || name.as === 'same' ? null : more.of(name)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {!all && ordered.length > few && (
        <Button look="quiet" onClick={() => setAll(true)}>
          and {count(ordered.length - few, one, many)} more
        </Button>
      )}
    </>
  );
}

interface ChoiceProps {
  name: NameRead;
  one: string;
  known: readonly Known[];
  names: readonly NameRead[];
  list: string;
  choose: (as: SheetNameIs) => void;
}

function NameChoice({ name, one, known, names, list, choose }: ChoiceProps) {
  const [other, setOther] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  const here = [...(name.here && name.as !== 'out' ? [name.here] : []), ...name.near].filter(
    (near, at, some) => some.findIndex(({ id }) => id === near.id) === at,
  );
  const same = [...new Set([...(name.same === null ? [] : [name.same]), ...name.nearNames])];
  const value = name.as === 'here' ? `record:${name.here?.id}` : name.as === 'same' ? `name:${name.same}` : name.as;
  const pick = (picked: string) => {
    if (picked === 'other') setOther('');
    else if (picked === 'new' || picked === 'out') choose({ is: picked });
    else if (picked.startsWith('record:')) choose({ is: 'record', id: picked.slice(7) });
    else choose({ is: 'name', name: picked.slice(5) });
  };
  const find = () => {
    const key = nameKey(other ?? '');
    const found = known.find((some) => nameKey(some.name) === key);
    const inSheet = names.find((some) => some.name !== name.name && nameKey(some.name) === key);
    if (found) choose({ is: 'record', id: found.id });
    else if (inSheet) choose({ is: 'name', name: inSheet.name });
    if (found || inSheet) setOther(null);
    setWrong(!found && !inSheet);
  };
  if (other !== null)
    return (
      <span className="mfind">
        <input
          // biome-ignore lint/a11y/noAutofocus: it stands in for the choice that was just made
          autoFocus
          aria-label={`Who ${name.name} is`}
          aria-invalid={wrong || undefined}
          list={list}
          value={other}
          onChange={(event) => setOther(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') find();
            if (event.key === 'Escape') setOther(null);
          }}
        />
        <Button onClick={find}>Take</Button>
        {wrong && <small className="bad0">Nothing here or in the sheet is called so</small>}
      </span>
    );
  return (
    <select aria-label={`${name.name} is`} value={value} onChange={(event) => pick(event.currentTarget.value)}>
      {here.map(({ id, name: called }) => (
        <option key={id} value={`record:${id}`}>
          {called}, here already
        </option>
      ))}
      {same.map((called) => (
        <option key={called} value={`name:${called}`}>
          The same as {called} in the sheet
        </option>
      ))}
      <option value="new">A new {one}</option>
      <option value="out">Left out</option>
      <option value="other">Another…</option>
    </select>
  );
}
