import { useEffect, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { Fields } from './draft.ts';
import type { Part } from './merge.ts';
import type { Single } from './merge-fields.ts';
import { ParentName } from './parent-field.tsx';
import { type Lost, sayChanges } from './save.ts';

type Asked = Extract<Part, { kind: 'asked' }>;
/** By the number of the part, or the name of the field: what was chosen, as it goes into the page. */
type Chosen = ReadonlyMap<number | Single, readonly string[]>;
const same = (one: readonly string[] | undefined, other: readonly string[]) => JSON.stringify(one) === JSON.stringify(other);

interface Props {
  lost: Lost;
  busy: boolean;
  save: (fields: Fields) => void;
  takeTheirs: () => void;
  back: () => void;
}

const labels: Record<Single, string> = {
  title: 'Title',
  path: 'Address',
  visibility: 'Who may read it',
  parent: 'Page above',
  order: 'Place among its neighbours',
  review: 'Weeks between reviews',
};

/** What two people changed differently, place by place; everything else is merged already. Nothing is lost whichever is taken. */
export function Conflict({ lost, busy, save, takeTheirs, back }: Props) {
  const { merge, mine, since } = lost;
  const [chosen, setChosen] = useState<Chosen>(new Map());
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    box.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: 'start' });
  }, []);
  const choose = (at: number | Single, lines: readonly string[]) => setChosen(new Map(chosen).set(at, lines));
  const asks = merge.text.flatMap((part, at) => (part.kind === 'asked' ? [{ part, at }] : []));
  const open = asks.filter(({ at }) => !chosen.has(at)).length + merge.asked.filter((name) => !chosen.has(name)).length;
  const others = sayChanges(since) || 'Somebody else saved this page';
  const allMine = () => {
    const places: [number | Single, readonly string[]][] = asks.map(({ part, at }) => [at, part.mine]);
    const fields: typeof places = merge.asked.map((name) => [name, [mine[name] ?? '']]);
    setChosen(new Map([...places, ...fields]));
  };
  return (
    <section className="lost" aria-label="Two edits" tabIndex={-1} ref={box}>
      <div className="conf" role="alert">
        <Icon name="warn" />
        <span>
          <b>{others} while you wrote.</b> What fits together is merged. Choose where both of you changed the same, then save.
        </span>
      </div>
      <div className="acts">
        <Button look="primary" busy={busy} disabled={open > 0} onClick={() => save(composed(lost, chosen))}>
          {open > 0 ? `${open} to choose` : 'Save what is merged'}
        </Button>
        <Button onClick={allMine}>Mine everywhere</Button>
        <Button onClick={takeTheirs}>Take theirs, set mine aside</Button>
        <Button onClick={back}>Back to my text</Button>
      </div>
      {merge.asked.map((name) => (
        <AskedField key={name} name={name} lost={lost} chosen={chosen.get(name)?.[0]} choose={(value) => choose(name, [value])} />
      ))}
      {asks.map(({ part, at }, number) => (
        <Hunk key={at} part={part} number={number + 1} chosen={chosen.get(at)} choose={(lines) => choose(at, lines)} />
      ))}
    </section>
  );
}

interface AskedProps {
  name: Single;
  lost: Lost;
  chosen: string | undefined;
  choose: (value: string) => void;
}

function AskedField({ name, lost, chosen, choose }: AskedProps) {
  const sides = [
    ['Theirs', lost.theirs[name] ?? ''],
    ['Mine', lost.mine[name] ?? ''],
  ] as const;
  return (
    <fieldset className="hunk">
      <legend>{labels[name]}</legend>
      {sides.map(([words, value]) => (
        <label key={words} className="ck">
          <input type="radio" name={`asked-${name}`} checked={chosen === value} onChange={() => choose(value)} />
          {words}: {name === 'parent' ? <ParentName id={value} /> : value || 'none'}
        </label>
      ))}
    </fieldset>
  );
}

interface HunkProps {
  part: Asked;
  number: number;
  chosen: readonly string[] | undefined;
  choose: (lines: readonly string[]) => void;
}

function Hunk({ part, number, chosen, choose }: HunkProps) {
  const [editing, setEditing] = useState(false);
  const choices = [
    ['Theirs', part.theirs],
    ['Mine', part.mine],
    ['Both', [...part.theirs, ...part.mine]],
  ] as const;
  const edit = () => {
    choose(chosen ?? choices[2][1]);
    setEditing(true);
  };
  return (
    <section className="hunk" aria-label={`Place ${number}`}>
      <div className="both">
        <Side title="Theirs" lines={part.theirs} />
        <Side title="Mine" lines={part.mine} />
      </div>
      <div className="acts">
        {choices.map(([words, lines]) => (
          <Button
            key={words}
            aria-pressed={!editing && same(chosen, lines)}
            onClick={() => {
              setEditing(false);
              choose(lines);
            }}
          >
            {words}
          </Button>
        ))}
        <Button aria-pressed={editing} onClick={edit}>
          Edit
        </Button>
      </div>
      {editing && (
        <textarea
          aria-label={`Text of place ${number}`}
          value={chosen?.join('\n') ?? ''}
          onChange={({ target }) => choose(target.value === '' ? [] : target.value.split('\n'))}
        />
      )}
    </section>
  );
}

function Side({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>{lines.length === 0 ? <i>nothing: these lines are taken out</i> : lines.join('\n')}</pre>
    </section>
  );
}

/** The fields with what was chosen. */
function composed({ merge, mine, theirs }: Lost, chosen: Chosen): Fields {
  const fields: Fields = { ...merge.fields };
  for (const name of merge.asked)
    Object.assign(fields, { [name]: chosen.get(name)?.[0] === (mine[name] ?? '') ? mine[name] : theirs[name] });
  const lines = merge.text.flatMap((part, at) => (part.kind === 'settled' ? part.lines : (chosen.get(at) ?? [])));
  return { ...fields, body: lines.join('\n') };
}
