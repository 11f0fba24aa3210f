import { useEffect, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { Choice, Fields, Single } from './draft.ts';
import { ParentName } from './parent-field.tsx';
import { type Lost, sayChanges } from './save.ts';
import { answerTo, bothOf, composed, fieldAsked, keyOf, placesOf, type Question, questionsOf, same, writtenElsewhere } from './settle.ts';

interface Props {
  lost: Lost;
  /** What was chosen, in this race or an earlier one: it counts where the very same is asked. */
  chosen: readonly Choice[];
  choose: (choice: Choice) => void;
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

/** What two people changed differently, place by place; everything else is merged already. Choices are part of what is kept. */
export function Conflict({ lost, chosen, choose, busy, save, takeTheirs, back }: Props) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    box.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: 'start' });
  }, []);
  const places = placesOf(lost);
  const open = questionsOf(lost).filter((question) => !answerTo(chosen, question)).length;
  const others = sayChanges(lost.since) || 'Somebody else saved this page';
  const allMine = () => {
    for (const question of questionsOf(lost)) choose({ ...question, lines: question.mine });
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
      {lost.merge.asked.map((name) => (
        <AskedField key={name} name={name} lost={lost} chosen={chosen} choose={choose} />
      ))}
      {places.map((place, number) => (
        <Hunk key={keyOf(place)} place={place} number={number + 1} chosen={answerTo(chosen, place)} choose={choose} />
      ))}
      <Elsewhere texts={writtenElsewhere(lost, chosen)} />
    </section>
  );
}

/** What was written by hand for a place that has changed since: nobody is asked about it any more, and it may still be wanted. */
function Elsewhere({ texts }: { texts: string[] }) {
  if (texts.length === 0) return null;
  return (
    <section className="hunk" aria-label="Written before">
      <p>You wrote this for a place that has changed since. Copy from it what is still wanted.</p>
      {texts.map((text) => (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        <pre key={text} tabIndex={0}>
          {text}
        </pre>
      ))}
    </section>
  );
}

type AskedProps = Pick<Props, 'lost' | 'chosen' | 'choose'> & { name: Single };

function AskedField({ name, lost, chosen, choose }: AskedProps) {
  const question = fieldAsked(lost, name);
  const taken = answerTo(chosen, question);
  const sides = [
    ['Theirs', question.theirs],
    ['Mine', question.mine],
  ] as const;
  return (
    <fieldset className="hunk">
      <legend>{labels[name]}</legend>
      {sides.map(([words, lines]) => (
        <label key={words} className="ck">
          <input
            type="radio"
            name={`asked-${name}`}
            checked={taken !== undefined && same(taken, lines)}
            onChange={() => choose({ ...question, lines })}
          />
          {words}: {name === 'parent' ? <ParentName id={lines.join()} /> : lines.join() || 'none'}
        </label>
      ))}
    </fieldset>
  );
}

interface HunkProps {
  place: Question;
  number: number;
  chosen: readonly string[] | undefined;
  choose: (choice: Choice) => void;
}

function Hunk({ place, number, chosen, choose }: HunkProps) {
  const choices = [
    ['Theirs', place.theirs],
    ['Mine', place.mine],
    ['Both', bothOf(place)],
  ] as const;
  const [editing, setEditing] = useState(chosen !== undefined && !choices.some(([, lines]) => same(chosen, lines)));
  const take = (lines: readonly string[]) => choose({ ...place, lines });
  const edit = () => {
    take(chosen ?? bothOf(place));
    setEditing(true);
  };
  return (
    <section className="hunk" aria-label={`Place ${number}`}>
      <div className="both">
        <Side title="Theirs" lines={place.theirs} />
        <Side title="Mine" lines={place.mine} />
      </div>
      <div className="acts">
        {choices.map(([words, lines]) => (
          <Button
            key={words}
            aria-pressed={!editing && chosen !== undefined && same(chosen, lines)}
            onClick={() => {
              setEditing(false);
              take(lines);
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
          onChange={({ target }) => take(target.value === '' ? [] : target.value.split('\n'))}
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
