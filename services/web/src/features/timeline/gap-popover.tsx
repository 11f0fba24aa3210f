import { addWeeks, later, mondayOfWeek, weekOf } from '@sidekick/calendar/iso';
import type { Command } from '@sidekick/contracts';
import { type RefObject, useState } from 'react';
import { Link } from 'react-router-dom';
import { ulid } from '../../app/ulid.ts';
import { BrokenRules } from '../../staffing/consequences.tsx';
import { FigureButton } from '../../staffing/figure-button.tsx';
import type { RecordBody } from '../../staffing/form-types.ts';
import { dayRangeWithYear, hours } from '../../staffing/format.ts';
import { rulesOf, useGuardedSave } from '../../staffing/guarded-save.ts';
import { LinkedText, subjectsOf } from '../../staffing/links.tsx';
import { isOffered, isolated, nameOf } from '../../staffing/people-names.ts';
import { useCandidates } from '../../staffing/queries.ts';
import { useClosing } from '../../staffing/use-closing.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { planAddress } from '../plan/index.ts';
import type { Bar, Records } from './bars.ts';
import { CandidateTable } from './candidate-table.tsx';
import { type Candidate, freeRange } from './candidate-words.ts';
import { overlaps } from './geometry.ts';
import { Pop } from './pop.tsx';
import { type Cell, gapDays, gapReasons, gapTitle, type ProjectRow } from './project-rows.ts';
import { RuledOut } from './ruled-out.tsx';
import { closedSlot, type OpenSlot } from './slot.ts';
import { WeekNoteLine } from './week-note.tsx';

interface Props {
  row: ProjectRow;
  gap: number;
  /** The week of it that was opened. */
  cell: Cell;
  records: Records;
  today: string;
  canEdit: boolean;
  anchor: () => HTMLElement | null;
  scroller: RefObject<HTMLElement | null>;
  onClose: () => void;
  /** Opens the form with this slot, and the person picked here. */
  onMore: (slot: OpenSlot, person: string | null) => void;
  onNote: (noted: string) => void;
}

/** The days of a gap inside its project, from today on where a part of it is past. An open end stays open. */
function slotOf(row: ProjectRow, index: number, today: string): OpenSlot | null {
  const gap = row.gaps[index];
  if (!gap) return null;
  const { from, to } = gapDays(row.project, gap);
  const start = to === null || to >= today ? later(from, today) : from;
  return { project: row.project.id, role: 'sidekick', from: start, to, hours: row.project.wantedHours };
}

/** A gap: why, who could close it, and the best of them at one click. */
export function GapPopover(props: Props) {
  const { row, gap, records, today, canEdit, onClose } = props;
  const slot = slotOf(row, gap, today);
  const candidates = useCandidates(slot && closedSlot(slot, row.project.to));
  const { close } = useClosing(onClose);
  const [picked, setPicked] = useState<string | null>(null);
  const guarded = useGuardedSave();
  const figure = row.gaps[gap];
  if (!slot || !figure) return null;
  const chosen = candidates.data?.candidates.find(({ person }) => person === picked) ?? candidates.data?.candidates[0];
  const name = (person: string) => nameOf(person, records.people);
  const title = gapTitle(row.project.name, figure);
  const run = async (command: Command, said: string) => {
    if (await guarded.run({ commands: [command], said })) close();
  };
  const hopefuls = row.bars
    .filter(({ assignment, tentative }) => assignment.role === 'sidekick' && tentative && overlaps(assignment, slot))
    .slice(0, 2);
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
        <h2>
          <LinkedText text={title} subjects={subjectsOf([row.project.id], records)} />
        </h2>
        <Button look="quiet" icon="x" aria-label="Close" onClick={onClose} />
      </div>
      <div className="bd">
        <p className="mid">
          {sentence(gapReasons(figure))}.{needs && ` Needs ${needs}.`}{' '}
          <FigureButton question={{ what: 'coverageRatio', args: { project: row.project.id, weeks: lastWeeks(figure) } }}>
            Week by week
          </FigureButton>
          {canEdit && (
            <>
              {' '}
              <Link className="link" to={planAddress(mondayOfWeek(weekOf(slot.from)), mondayOfWeek(figure.to), slot.project)}>
                Plan all gaps of these weeks
              </Link>
            </>
          )}
        </p>
        <WhoCould candidates={candidates} chosen={chosen} onPick={setPicked} records={records} today={today} project={row.project.name} />
        <WeekNoteLine {...{ row, cell: props.cell, canEdit }} onNote={props.onNote} />
        {rulesOf(guarded.refused).length > 0 && <BrokenRules broken={guarded.refused} />}
        {guarded.stale && <p className="warn">Somebody changed it first. What you see is the newest state.</p>}
        {guarded.error && <ProblemNote error={guarded.error} what="This was not saved" done="this was saved" />}
      </div>
      {canEdit && (
        <Footer
          slot={slot}
          hopefuls={hopefuls}
          chosen={chosen}
          busy={guarded.busy}
          name={name}
          versionOf={(id) => records.assignments.find((one) => one.id === id)?.version ?? 1}
          project={row.project.name}
          run={run}
          onMore={props.onMore}
        />
      )}
    </Pop>
  );
}

interface WhoCouldProps {
  candidates: ReturnType<typeof useCandidates>;
  chosen: Candidate | undefined;
  onPick: (person: string) => void;
  records: Records;
  today: string;
  project: string;
}

/** Who could close the gap, why the one that is picked, and who is ruled out. */
function WhoCould({ candidates, chosen, onPick, records, today, project }: WhoCouldProps) {
  const { data, error, refetch } = candidates;
  const name = (person: string) => nameOf(person, records.people);
  return (
    <>
      {error && <ProblemNote error={error} retry={() => void refetch()} what="The list of people did not load" />}
      {!data && !error && <Lines count={3} label="Looking who could do it" />}
      {data && <CandidateTable answer={data} chosen={chosen?.person ?? null} onPick={onPick} name={name} />}
      {chosen && <p className="why">{reading(chosen, name(chosen.person), project)}</p>}
      {data && <RuledOut ruledOut={data.ruledOut.filter(({ person }) => isOffered(person, records.people, today))} name={name} />}
    </>
  );
}

interface FooterProps {
  slot: OpenSlot;
  hopefuls: readonly Bar[];
  chosen: Candidate | undefined;
  busy: boolean;
  name: (person: string) => string;
  /** The version on screen of an assignment. */
  versionOf: (assignment: string) => number;
  project: string;
  run: (command: Command, said: string) => Promise<void>;
  onMore: Props['onMore'];
}

/** Confirm who is tentative, assign the one picked, or, who is contributor already, make them the sidekick instead. */
function Footer({ slot, hopefuls, chosen, busy, name, versionOf, project, run, onMore }: FooterProps) {
  // A click repeated after a lost answer assigns nobody twice.
  const [newId] = useState(ulid);
  const change = (id: string, patch: Partial<RecordBody<'assignment'>>, version: number): Command => ({
    do: 'change',
    kind: 'assignment',
    id,
    version,
    patch,
  });
  const assign = (person: string) => {
    const { project: to, from, to: end, hours: hoursPerWeek } = slot;
    const record: RecordBody<'assignment'> = { person, project: to, role: 'sidekick', from, to: end, hoursPerWeek, state: 'confirmed' };
    const said = `${name(person)} is sidekick on ${project}, ${hours(hoursPerWeek)} a week, ${dayRangeWithYear(from, end)}`;
    return run({ do: 'create', kind: 'assignment', id: newId, record }, said);
  };
  const already = chosen?.already?.[0];
  return (
    <footer>
      {hopefuls.map(({ assignment: { id, version, from, to }, name: who }) => (
        <Button
          key={id}
          busy={busy}
          onClick={() =>
            void run(
              change(id, { state: 'confirmed' }, version),
              `${who} is confirmed as sidekick on ${project}, ${dayRangeWithYear(from, to)}`,
            )
          }
        >
          Confirm <bdi>{who}</bdi>
        </Button>
      ))}
      {chosen && (
        <Button look="primary" busy={busy} data-autofocus onClick={() => void assign(chosen.person)}>
          {`Assign ${isolated(firstName(name(chosen.person)))} as sidekick, ${already ? `${hours(slot.hours)} more` : `${hours(slot.hours)}/week`}`}
        </Button>
      )}
      {chosen && already && (
        <Button
          busy={busy}
          onClick={() =>
            void run(
              change(already.assignment, { role: 'sidekick' }, versionOf(already.assignment)),
              `${name(chosen.person)} is now sidekick on ${project}, no longer ${already.role}`,
            )
          }
        >
          {`Make the ${already.role} work sidekick`}
        </Button>
      )}
      <Button data-autofocus={chosen ? undefined : true} onClick={() => onMore(slot, chosen?.person ?? null)}>
        {chosen ? 'Change first…' : 'Assign someone…'}
      </Button>
    </footer>
  );
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const firstName = (name: string) => name.split(/\s+/)[0] ?? name;

function reading(one: Candidate, name: string, project: string): string {
  const knows =
    one.knowledge >= 0.5
      ? ` and knows ${project} (${one.knowledgeState}, ${hours(Math.round(one.knowledge))})`
      : ` and has not worked on ${project} lately`;
  const already = one.already?.[0] ? ` Is ${one.already[0].role} there already, ${hours(one.already[0].hoursPerWeek)} a week.` : '';
  const offered = one.volunteered ? ' Offered to back it up.' : '';
  const free = freeRange(one).replace(' – ', ' to ');
  return `${isolated(firstName(name))} has ${free} free each week${knows}.${already}${offered} Free = net − operations − confirmed work.`;
}

/** A figure opens into two years at most. */
const lastWeeks = ({ from, to }: { from: string; to: string }): [string, string] => {
  const first = addWeeks(to, -103);
  return [from > first ? from : first, to];
};
