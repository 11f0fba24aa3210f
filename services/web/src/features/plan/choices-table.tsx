import type { PlanAnswer, PlanChoice, PlanOpen } from '@sidekick/contracts';
import { Fragment } from 'react';
import { SelectField } from '../../staffing/fields.tsx';
import { dayRange, hours } from '../../staffing/format.ts';
import { type Known, PersonLink, ProjectLink } from '../../staffing/links.tsx';
import { nameOf } from '../../staffing/people-names.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { CoverageCell } from '../../ui/coverage-cell.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { Marks } from './rules.ts';
import { openReason, shortWhy, termsOf } from './words.ts';

export interface ChoicesProps {
  answer: PlanAnswer;
  records: Known;
  today: string;
  /** Choices that accepting takes. */
  ticked: ReadonlySet<number>;
  /** Choices that are assignments already. */
  accepted: ReadonlySet<number>;
  marks: Marks;
  /** The choice whose reasons are open. */
  open: number | null;
  /** A project that stands first. */
  focus: string | null;
  onTick: (ids: readonly number[], on: boolean) => void;
  onMark: (marks: Marks) => void;
  onOpen: (id: number | null) => void;
}

/** Those of the project that is asked about first, all others after it in their order. */
const focused = <T extends { project: string }>(list: readonly T[], focus: string | null): T[] =>
  focus === null ? [...list] : [...list.filter(({ project }) => project === focus), ...list.filter(({ project }) => project !== focus)];

/** Every choice with its reasons, then what stays open and why. */
export function ChoicesTable(props: ChoicesProps) {
  const { answer, ticked, accepted, focus, onTick } = props;
  const free = answer.choices.filter(({ id }) => !accepted.has(id)).map(({ id }) => id);
  const isAll = free.length > 0 && free.every((id) => ticked.has(id));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard too
    <section className="scrollx" aria-label="Choices" tabIndex={0}>
      <table className="ch">
        <thead>
          <tr>
            <td className="tk">
              {free.length > 0 && (
                <input
                  type="checkbox"
                  className="cb"
                  aria-label="Accept all"
                  checked={isAll}
                  onChange={({ target }) => onTick(free, target.checked)}
                />
              )}
            </td>
            <th>Project</th>
            <th>Weeks</th>
            <th>Live</th>
            <th>Sidekick</th>
            <th className="num">Effective</th>
            <th>Why this one</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {focused(answer.choices, focus).map((choice) => (
            <ChoiceRows key={choice.id} choice={choice} {...props} />
          ))}
          {focused(answer.open, focus).map((open) => (
            <OpenRow key={`${open.project} ${open.from}`} gap={open} {...props} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Strip({ states, after }: { states: PlanChoice['before']; after: boolean }) {
  return (
    <span className="ministrip">
      {states.map((state, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: weeks in their order
        <CoverageCell key={index} state={after ? 'covered' : state} />
      ))}
    </span>
  );
}

function ChoiceRows({ choice, records, ticked, accepted, marks, open, onTick, onMark, onOpen }: ChoicesProps & { choice: PlanChoice }) {
  const { id, person, project, from, to, before } = choice;
  const isOpen = open === id;
  const isDone = accepted.has(id);
  const name = nameOf(person, records.people);
  const where = records.projects.get(project)?.name ?? 'a project';
  const instead = marks.instead.get(id);
  const said = `${name} on ${where}, ${dayRange(from, to)}`;
  return (
    <Fragment>
      <tr className={isOpen ? 'open' : undefined}>
        <td className="tk">
          {isDone ? (
            <Icon name="check" />
          ) : (
            <input
              type="checkbox"
              className="cb"
              aria-label={`Accept ${said}`}
              checked={ticked.has(id)}
              onChange={({ target }) => onTick([id], target.checked)}
            />
          )}
        </td>
        <td className="b">
          <ProjectLink id={project} projects={records.projects} className="b" />
        </td>
        <td className="nw">{dayRange(from, to)}</td>
        <td>
          <Strip states={before} after={false} />
        </td>
        <td>
          <span className="who1">
            <Avatar name={records.people.get(person)?.private.name ?? name} />
            <PersonLink id={person} people={records.people} className="" />
          </span>
        </td>
        <td className="num">{hours(choice.hours)}</td>
        <td className="mid">
          {isDone && <b className="good">Accepted. </b>}
          {marks.locked.has(id) && <b>Locked for the next plan. </b>}
          {marks.forbidden.has(id) && <b className="warn">Not in the next plan. </b>}
          {instead !== undefined && <b>{nameOf(instead, records.people)} in the next plan. </b>}
          {shortWhy(choice)}
        </td>
        <td className="num">
          <Button
            look="quiet"
            icon={isOpen ? 'down' : 'right'}
            aria-expanded={isOpen}
            aria-label={`Why ${said}`}
            onClick={() => onOpen(isOpen ? null : id)}
          />
        </td>
      </tr>
      {isOpen && (
        <tr className="exp">
          <td colSpan={8}>
            <Why choice={choice} name={name} people={records.people} marks={marks} onMark={onMark} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}

/** The same marks without any of this choice. */
const without = ({ locked, forbidden, instead }: Marks, id: number) => ({
  locked: new Set([...locked].filter((one) => one !== id)),
  forbidden: new Set([...forbidden].filter((one) => one !== id)),
  instead: new Map([...instead].filter(([one]) => one !== id)),
});

interface WhyProps {
  choice: PlanChoice;
  name: string;
  people: Known['people'];
  marks: Marks;
  onMark: (marks: Marks) => void;
}

/** The terms that counted, and what is asked of the next plan. */
function Why({ choice, name, people, marks, onMark }: WhyProps) {
  const { id, why } = choice;
  const isLocked = marks.locked.has(id);
  const isOut = marks.forbidden.has(id);
  const put = (change: (next: ReturnType<typeof without>) => void) => {
    const next = without(marks, id);
    change(next);
    onMark(next);
  };
  return (
    <div className="pl-why">
      <div>
        <h3>
          Why <bdi>{name}</bdi>
        </h3>
        <dl>
          {termsOf(choice).map(({ term, says }) => (
            <Fragment key={term}>
              <dt>{term}</dt>
              <dd>{says}</dd>
            </Fragment>
          ))}
        </dl>
      </div>
      <div>
        <h3>In the next plan</h3>
        <p className="hacts">
          <Button icon="lock" aria-pressed={isLocked} onClick={() => put((next) => isLocked || next.locked.add(id))}>
            {isLocked ? 'Unlock' : 'Keep this choice'}
          </Button>
          <Button icon="x" aria-pressed={isOut} onClick={() => put((next) => isOut || next.forbidden.add(id))}>
            {isOut ? 'Allow again' : 'Anybody else'}
          </Button>
        </p>
        {why.others.length > 0 && (
          <div className="fm">
            <SelectField
              label="Or who instead"
              value={marks.instead.get(id) ?? ''}
              onChange={(person) => put((next) => person === '' || next.instead.set(id, person))}
              help="The next plan says what it costs"
              options={[
                { value: '', label: 'Nobody named' },
                ...why.others.map((person) => ({ value: person, label: nameOf(person, people) })),
              ]}
            />
          </div>
        )}
      </div>
    </div>
  );
}

function OpenRow({ gap, records, today }: ChoicesProps & { gap: PlanOpen }) {
  return (
    <tr>
      <td />
      <td className="b">
        <ProjectLink id={gap.project} projects={records.projects} className="b" />
      </td>
      <td className="nw">{dayRange(gap.from, gap.to)}</td>
      <td>
        <Strip states={gap.states} after={false} />
      </td>
      <td className="bad">Left open</td>
      <td className="num">–</td>
      <td className="mid" colSpan={2}>
        {openReason(gap, records.people, today)}
      </td>
    </tr>
  );
}
