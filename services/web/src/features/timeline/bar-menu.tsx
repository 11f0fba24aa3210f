import { type FormEvent, type RefObject, useState } from 'react';
import { DayField, dayText, readDay } from '../../staffing/date-fields.tsx';
import { useDraft } from '../../staffing/draft.ts';
import { Choice, TextArea, TextField } from '../../staffing/fields.tsx';
import { dayRangeWithYear, editable, hours } from '../../staffing/format.ts';
import { PersonLink, ProjectLink } from '../../staffing/links.tsx';
import { typedHours, weekOfPerson } from '../../staffing/typed-hours.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { Bar, Records } from './bars.ts';
import { type Deed, duplicate, endToday, firstSplit, inRole, inState, noted, removal, split, splitDays, withHours } from './deeds.ts';
import { Pop } from './pop.tsx';
import type { Scale } from './scale.ts';

interface Props {
  bar: Bar;
  records: Records;
  scale: Scale;
  today: string;
  anchor: () => HTMLElement | null;
  scroller: RefObject<HTMLElement | null>;
  /** Answers whether it was saved. */
  onDeed: (deed: Deed) => Promise<boolean>;
  /** Selects it, and what is clicked from then on. */
  onSelect: () => void;
  /** Opens the form of everything. */
  onForm: () => void;
  /** Opens its weeks as cells. */
  onWeeks: () => void;
  onClose: () => void;
}

/** The menu of a bar: what can be done with it at once, each one change set with Undo. A sheet on a phone. */
export function BarMenu({ bar, records, scale, today, anchor, scroller, onDeed, onSelect, onForm, onWeeks, onClose }: Props) {
  const { assignment } = bar;
  const [name = ''] = bar.title.split(' · ');
  const again = duplicate(assignment, records);
  const ended = endToday(assignment, today, records);
  const put = (deed: Deed | null) => {
    if (deed) void onDeed(deed);
  };
  return (
    <Pop label={`What to do with ${bar.title}`} anchor={anchor} scroller={scroller} small onClose={onClose}>
      <div className="pop-h">
        <h2>
          <PersonLink id={assignment.person} people={records.people} unknown={name} /> on{' '}
          <ProjectLink id={assignment.project} projects={records.projects} />
        </h2>
        <Button look="quiet" icon="x" aria-label="Close" onClick={onClose} />
      </div>
      <div className="bd fm bmenu">
        <p className="xs">{dayRangeWithYear(assignment.from, assignment.to)}</p>
        {bar.although && (
          <p className="conf">
            <Icon name="warn" />
            <bdi>{bar.although}</bdi>
          </p>
        )}
        <Choice
          label="Role"
          value={assignment.role}
          onChange={(role) => put(inRole([assignment], role, records))}
          options={[
            { value: 'lead', label: 'Lead' },
            { value: 'sidekick', label: 'Sidekick' },
            { value: 'contributor', label: 'Contributor' },
          ]}
        />
        <Choice
          label="State"
          value={assignment.state}
          onChange={(state) => put(inState([assignment], state, records))}
          options={[
            { value: 'confirmed', label: 'Confirmed' },
            { value: 'tentative', label: 'Tentative' },
          ]}
        />
        <HoursLine bar={bar} records={records} onDeed={onDeed} onClose={onClose} />
        <NoteLine bar={bar} records={records} onDeed={onDeed} onClose={onClose} />
        <SplitLine bar={bar} records={records} scale={scale} today={today} onDeed={onDeed} />
      </div>
      <footer>
        <Button onClick={onForm} data-autofocus>
          Change…
        </Button>
        <Button title="Hours that differ by week, typed along the row (key h)" onClick={onWeeks}>
          By week…
        </Button>
        <Button
          disabled={!again}
          title={again ? 'The same again after it (key d)' : 'It has no end, so nothing comes after it'}
          onClick={() => put(again)}
        >
          Duplicate
        </Button>
        <Button disabled={!ended} title={ended ? 'Today is its last day (key e)' : 'It does not run past today'} onClick={() => put(ended)}>
          End today
        </Button>
        <Button title="Then choose more (key x)" onClick={onSelect}>
          Select
        </Button>
        <Button icon="trash" title="Key Delete" onClick={() => put(removal([assignment], records))}>
          Delete
        </Button>
      </footer>
    </Pop>
  );
}

/** What a line of the menu keeps: what is typed, and over what, which somebody else may have changed by the time it is saved. */
interface Line {
  text: string;
  over: string;
}
const backAgain = 'What you typed before is back';

/**
 * What is typed in a line outlives the menu. What somebody else has set since it was typed is met once at saving, and from then on
 * replaced knowingly.
 */
function useLine(subject: string, shown: string, now: string) {
  const draft = useDraft<Line & { shown: string }>(subject, () => ({ text: shown, shown, over: now }), {
    clean: ({ text, shown }) => text === shown,
  });
  const [isTold, setTold] = useState(false);
  const { text, over } = draft.value;
  const meets = (): boolean => {
    if (over === now) return false;
    draft.set({ over: now });
    setTold(true);
    return true;
  };
  const setText = (next: string) => draft.set({ text: next });
  /** Forgets what was typed once it is saved. */
  const saved = (isSaved: boolean) => isSaved && draft.clear();
  return { text, setText, isTold, meets, saved, restored: draft.restored };
}

function HoursLine({ bar: { assignment }, records, onDeed, onClose }: Pick<Props, 'bar' | 'records' | 'onDeed' | 'onClose'>) {
  const { hoursPerWeek } = assignment;
  const { text, setText, isTold, meets, saved, restored } = useLine(`hours:${assignment.id}`, editable(hoursPerWeek), String(hoursPerWeek));
  const [tried, setTried] = useState(false);
  const person = records.people.get(assignment.person);
  const typed = typedHours(text, person ? { name: person.private.name, week: weekOfPerson(person, assignment.from) ?? 0 } : null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!typed.ok || meets()) return;
    const deed = withHours([assignment], typed.value, records);
    if (deed) return void onDeed(deed).then(saved);
    saved(true);
    onClose();
  };
  const theirs = `Somebody has set ${hours(hoursPerWeek)} a week meanwhile: Set once more replaces it`;
  return (
    <form className="ln" noValidate onSubmit={submit}>
      <TextField
        label="Hours a week"
        type="number"
        value={text}
        onChange={setText}
        help={restored ? backAgain : typed.ok ? typed.echo : null}
        error={tried && !typed.ok ? typed.message : isTold ? theirs : null}
      />
      <Button type="submit">Set</Button>
    </form>
  );
}

function NoteLine({ bar: { assignment }, records, onDeed, onClose }: Pick<Props, 'bar' | 'records' | 'onDeed' | 'onClose'>) {
  const now = assignment.private.note ?? '';
  const { text, setText, isTold, meets, saved, restored } = useLine(`note:${assignment.id}`, now, now);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (meets()) return;
    const deed = noted(assignment, text, records);
    if (deed) return void onDeed(deed).then(saved);
    saved(true);
    onClose();
  };
  const theirs = now
    ? `Somebody has noted “${now}” meanwhile: Save note once more replaces it`
    : 'Somebody has taken the note off meanwhile: Save note once more sets it';
  return (
    <form className="ln" noValidate onSubmit={submit}>
      <TextArea
        label="Note"
        value={text}
        onChange={setText}
        help={restored ? backAgain : 'For managers and the person'}
        error={isTold ? theirs : null}
      />
      <Button type="submit">Save note</Button>
    </form>
  );
}

function SplitLine({ bar: { assignment }, records, scale, today, onDeed }: Pick<Props, 'bar' | 'records' | 'scale' | 'today' | 'onDeed'>) {
  const { from, to } = assignment;
  const first = dayText(firstSplit(assignment, today, scale));
  const { text, setText, isTold, meets, saved, restored } = useLine(`split:${assignment.id}`, first, `${from} ${to ?? ''}`);
  const [tried, setTried] = useState(false);
  const days = splitDays(assignment);
  if (days === null) return null;
  const day = readDay(text, today);
  const isInside = typeof day === 'string' && day >= days.from && (days.to === null || day <= days.to);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isInside && !meets()) void onDeed(split(assignment, day, records)).then(saved);
  };
  const wrong = day === undefined ? null : `The second part begins on a day of ${dayRangeWithYear(days.from, days.to)}`;
  const theirs = `Somebody has changed its days meanwhile, to ${dayRangeWithYear(from, to)}: Split once more splits these`;
  const error = tried && !isInside ? wrong : isTold ? theirs : null;
  return (
    <form className="ln" noValidate onSubmit={submit}>
      <DayField
        label="Second part from"
        text={text}
        onText={setText}
        today={today}
        error={error}
        {...(restored ? { help: backAgain } : {})}
      />
      <Button type="submit" title="Key s">
        Split
      </Button>
    </form>
  );
}
