import type { CandidatesAnswer } from '@sidekick/contracts';
import { type RefObject, useState } from 'react';
import { ulid } from '../../app/ulid.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { BrokenRules } from '../staffing/consequences.tsx';
import { addDays, earlier, later, mondayOfWeek } from '../staffing/days.ts';
import { dayRange, hours, number } from '../staffing/format.ts';
import { rulesOf, useGuardedSave } from '../staffing/guarded-save.ts';
import { type Slot, useCandidates } from '../staffing/queries.ts';
import type { Bar, Records } from './bars.ts';
import { type Candidate, freeRange } from './candidate-words.ts';
import { overlaps } from './geometry.ts';
import { Pop } from './pop.tsx';
import { gapReasons, gapTitle, type ProjectRow } from './project-rows.ts';
import { RuledOut } from './ruled-out.tsx';

interface Props {
  row: ProjectRow;
  gap: number;
  records: Records;
  today: string;
  canEdit: boolean;
  anchor: () => HTMLElement | null;
  scroller: RefObject<HTMLElement | null>;
  onClose: () => void;
  /** Opens the form with this slot, and the person picked here. */
  onMore: (slot: Slot, person: string | null) => void;
}

/** The days of a gap inside its project, from today on where a part of it is past. */
function slotOf(row: ProjectRow, index: number, today: string): Slot | null {
  const gap = row.gaps[index];
  if (!gap) return null;
  const from = later(mondayOfWeek(gap.from), row.project.from);
  const to = earlier(addDays(mondayOfWeek(gap.to), 6), row.project.to ?? '9999-12-31');
  const start = to >= today ? later(from, today) : from;
  return { project: row.project.id, role: 'sidekick', from: start, to, hours: row.project.wantedHours };
}

/** A gap: why, who could close it, and the best of them at one click. */
export function GapPopover(props: Props) {
  const { row, gap, records, today, canEdit, onClose } = props;
  const slot = slotOf(row, gap, today);
  const candidates = useCandidates(slot);
  const [picked, setPicked] = useState<string | null>(null);
  const guarded = useGuardedSave();
  const figure = row.gaps[gap];
  if (!slot || !figure) return null;
  const first = candidates.data?.candidates[0];
  const chosen = candidates.data?.candidates.find(({ person }) => person === picked) ?? first;
  const name = (person: string) => records.people.get(person)?.private.name ?? 'Unknown person';
  const title = gapTitle(row.project.name, figure, { from: mondayOfWeek(figure.from), to: addDays(mondayOfWeek(figure.to), 6) });
  const assign = async (person: string) => {
    const said = `${name(person)} is sidekick on ${row.project.name}, ${hours(slot.hours)} a week, ${dayRange(slot.from, slot.to)}`;
    const record = {
      person,
      project: slot.project,
      role: 'sidekick',
      from: slot.from,
      to: slot.to,
      hoursPerWeek: slot.hours,
      state: 'confirmed',
    };
    if (await guarded.run({ commands: [{ do: 'create', kind: 'assignment', id: ulid(), record }], said })) onClose();
  };
  const hopefuls = row.bars
    .filter(({ assignment }) => assignment.role === 'sidekick' && assignment.state === 'tentative' && overlaps(assignment, slot))
    .slice(0, 2);
  const confirm = async ({ assignment, name: who }: Bar) => {
    const said = `${who} is confirmed as sidekick on ${row.project.name}, ${dayRange(assignment.from, assignment.to)}`;
    const { id, version } = assignment;
    if (await guarded.run({ commands: [{ do: 'change', kind: 'assignment', id, version, patch: { state: 'confirmed' } }], said }))
      onClose();
  };
  const needs = row.project.requiredSkills.map(({ skill, level }) => `${skill} ${level}`).join(', ');
  return (
    <Pop
      ready={candidates.data !== undefined || candidates.error !== null}
      label={title}
      anchor={props.anchor}
      scroller={props.scroller}
      onClose={onClose}
    >
      <div className="pop-h">
        <h2>{title}</h2>
        <Button look="quiet" icon="x" aria-label="Close" onClick={onClose} />
      </div>
      <div className="bd">
        <p className="mid">
          {sentence(gapReasons(row, gap))}.{needs && ` Needs ${needs}.`}
        </p>
        {candidates.error && (
          <ProblemNote error={candidates.error} retry={() => void candidates.refetch()} what="The list of people did not load" />
        )}
        {!candidates.data && !candidates.error && <Lines count={3} label="Looking who could do it" />}
        {candidates.data && (
          <>
            <CandidateTable answer={candidates.data} chosen={chosen?.person ?? null} onPick={setPicked} name={name} />
            {chosen && <p className="why">{reading(chosen, name(chosen.person), row.project.name)}</p>}
            <RuledOut ruledOut={candidates.data.ruledOut} name={name} />
          </>
        )}
        {rulesOf(guarded.refused).length > 0 && <BrokenRules broken={guarded.refused} />}
        {guarded.error && <ProblemNote error={guarded.error} what="This was not saved" />}
      </div>
      {canEdit && (
        <footer>
          {hopefuls.map((bar) => (
            <Button key={bar.assignment.id} busy={guarded.busy} onClick={() => void confirm(bar)}>
              Confirm {bar.name}
            </Button>
          ))}
          {chosen && (
            <Button look="primary" busy={guarded.busy} data-autofocus onClick={() => void assign(chosen.person)}>
              {`Assign ${firstName(name(chosen.person))} as sidekick, ${hours(slot.hours)}/week`}
            </Button>
          )}
          <Button data-autofocus={chosen ? undefined : true} onClick={() => props.onMore(slot, chosen?.person ?? null)}>
            {chosen ? 'Change first…' : 'Assign someone…'}
          </Button>
        </footer>
      )}
    </Pop>
  );
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const firstName = (name: string) => name.split(/\s+/)[0] ?? name;

interface TableProps {
  answer: CandidatesAnswer;
  chosen: string | null;
  onPick: (person: string) => void;
  name: (person: string) => string;
}

function CandidateTable({ answer, chosen, onPick, name }: TableProps) {
  const { candidates } = answer;
  if (candidates.length === 0) return <p className="b">Nobody can take all of it.</p>;
  return (
    <table className="score">
      <thead>
        <tr>
          <th>{candidates.length === 1 ? '1 can do it' : `${candidates.length} can do it`}</th>
          <th className="hide-s">Skill</th>
          <th className="num hide-s">Knows it</th>
          <th className="num">Free a week</th>
        </tr>
      </thead>
      <tbody>
        {candidates.slice(0, 8).map((one) => (
          <tr key={one.person} className={one.person === chosen ? 'cand on' : 'cand'} onClick={() => onPick(one.person)}>
            <td>
              <label className="who1">
                <input type="radio" name="candidate" checked={one.person === chosen} onChange={() => onPick(one.person)} />
                <Avatar name={name(one.person)} />
                <span className="nw b">{name(one.person)}</span>
              </label>
            </td>
            <td className="sk0 hide-s">{one.skills.map(({ skill, level }) => `${skill} ${level}`).join(', ') || '–'}</td>
            <td className="num hide-s">{one.knowledge >= 0.5 ? `${number(Math.round(one.knowledge))} h, ${one.knowledgeState}` : '–'}</td>
            <td className="num b">{freeRange(one)}</td>
          </tr>
        ))}
        {candidates.length > 8 && (
          <tr>
            <td colSpan={4} className="muted">
              and {candidates.length - 8} more in the form
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

function reading(one: Candidate, name: string, project: string): string {
  const knows =
    one.knowledge >= 0.5
      ? ` and knows ${project} (${one.knowledgeState}, ${hours(Math.round(one.knowledge))})`
      : ` and has not worked on ${project} lately`;
  return `${firstName(name)} has ${freeRange(one).replace(' – ', ' to ')} free each week${knows}. Free = net − operations − confirmed work.`;
}
