import { sundayOf, weeksBetween } from '@sidekick/calendar/iso';
import type { PlanAnswer, PlanView } from '@sidekick/contracts';
import { useMemo, useState } from 'react';
import { Link } from 'react-router-dom';
import { useAddress } from '../../staffing/address.ts';
import { useRested } from '../../staffing/consequences.tsx';
import { count, dayRange, number, weekNumber } from '../../staffing/format.ts';
import type { Known } from '../../staffing/links.tsx';
import { nameOf } from '../../staffing/people-names.ts';
import { useToday } from '../../staffing/today.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { AcceptDialog } from './accept-dialog.tsx';
import { ChoicesTable } from './choices-table.tsx';
import { CompareTable } from './compare-table.tsx';
import { MovedNote } from './moved-note.tsx';
import { Head } from './plan-head.tsx';
import { useComparison, useStartPlan } from './queries.ts';
import { daysOf, isMarked, marksPatch, nextRules, readMarks, rulesAddress } from './rules.ts';
import { provenWords } from './words.ts';

/** The answer of a plan: how good it is, what it changes, and each choice. */
export function Result({ view, answer, records }: { view: PlanView; answer: PlanAnswer; records: Known }) {
  const [params, patch] = useAddress();
  const { today } = useToday();
  const again = useStartPlan();
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const [accepting, setAccepting] = useState(false);
  const accepted = useMemo(() => new Set(view.accepted.filter(({ stands }) => stands).flatMap(({ choices }) => choices)), [view.accepted]);
  const chosen = answer.choices.filter(({ id }) => !accepted.has(id) && !left.has(id));
  const ticked = useMemo(() => new Set(chosen.map(({ id }) => id)), [chosen]);
  const asked = useRested(chosen.map(({ id }) => id).join(','), 150);
  const comparison = useComparison(view.id, asked === '' ? [] : asked.split(',').map(Number), answer.slots > 0);
  const peak = comparison.data?.after.peak;
  const marks = readMarks(params, view);
  const focus = params.get('project');
  const opened = params.get('why');
  const [, to] = daysOf(view.request.weeks);
  const planAgain = () => again.mutate({ rules: nextRules(view, marks), focus });
  const change = (
    <Link className="btn" to={rulesAddress(nextRules(view, marks))}>
      Change the rules
    </Link>
  );
  if (answer.slots === 0) {
    return (
      <>
        <Head view={view} title="Sidekicks for all gaps">
          {change}
        </Head>
        <Empty icon="check" title={`Every project-week is covered until ${dayRange(sundayOf(to), sundayOf(to))}`}>
          Nobody is a single point of failure in these weeks. Look further ahead, or test what happens when somebody is away.
        </Empty>
      </>
    );
  }
  const free = answer.choices.length - accepted.size;
  return (
    <>
      <Head
        view={view}
        title={
          focus && records.projects.has(focus)
            ? `Sidekicks for all gaps, ${records.projects.get(focus)?.name} first`
            : `Sidekicks for ${count(answer.slots, 'open project-week')}`
        }
      >
        {change}
        {isMarked(marks, view) && (
          <Button icon="replay" busy={again.isPending} onClick={planAgain}>
            Plan again
          </Button>
        )}
        {free > 0 && (
          <Button look="primary" disabled={chosen.length === 0} onClick={() => setAccepting(true)}>
            {`Accept ${chosen.length} of ${count(free, 'choice')}`}
          </Button>
        )}
      </Head>
      {again.error && <ProblemNote error={again.error} what="The plan was not started" done="it was started" />}
      <Proof answer={answer} isStopped={view.state === 'cancelled'} />
      {comparison.data && comparison.data.changed.length > 0 && <MovedNote {...comparison.data} onAgain={planAgain} />}
      {comparison.error && <ProblemNote error={comparison.error} what="The figures did not load" retry={() => void comparison.refetch()} />}
      {!comparison.data && !comparison.error && <Lines count={9} />}
      {comparison.data && <CompareTable comparison={comparison.data} chosen={chosen.length} old={comparison.isPlaceholderData} />}
      <p className="muted pl-note">
        {noteWords(view)}
        {peak && ` Peak load is that of ${nameOf(peak.person, records.people)} in ${weekNumber(peak.week)}.`}
      </p>
      <div className="sec">
        <h2>Choices</h2>
        <span className="muted">
          {answer.filled} of {answer.slots} project-weeks filled
          {answer.open.length > 0 && `, ${count(answer.open.length, 'gap')} left open`}
          {accepted.size > 0 && `, ${accepted.size} accepted`}
        </span>
        <span className="grow" />
        <Link className="link" to={timelineAddress(view)}>
          Show on the timeline
        </Link>
      </div>
      {answer.choices.length === 0 && (
        <p className="mid">
          Nobody can be planned under these rules. Below stands why; other rules may help: a shorter stay, or more projects each.
        </p>
      )}
      <ChoicesTable
        answer={answer}
        records={records}
        today={today}
        ticked={ticked}
        accepted={accepted}
        marks={marks}
        open={opened === null ? null : Number(opened)}
        focus={focus}
        onTick={(ids, on) => setLeft(new Set(on ? [...left].filter((id) => !ids.includes(id)) : [...left, ...ids]))}
        onMark={(next) => patch(marksPatch(next), { replace: true })}
        onOpen={(id) => patch({ why: id === null ? null : String(id) }, { replace: true })}
      />
      {accepting && (
        <AcceptDialog
          plan={view.id}
          choices={chosen}
          records={records}
          broken={comparison.data?.broken ?? []}
          onClose={() => setAccepting(false)}
          onAgain={planAgain}
        />
      )}
    </>
  );
}

/** The timeline of the plan's weeks, with its choices drawn as outlines. */
function timelineAddress({ id, request }: PlanView): string {
  const weeks = Math.max(4, weeksBetween(...request.weeks) + 1);
  return `/staffing?${new URLSearchParams({ from: request.weeks[0], weeks: String(weeks), plan: id }).toString()}`;
}

/** Proven, or how far from the best possible. */
function Proof({ answer, isStopped }: { answer: PlanAnswer; isStopped: boolean }) {
  const isProven = answer.status === 'proven';
  const seconds = `${number(Math.round(answer.seconds * 10) / 10)} s`;
  return (
    <div className={isProven ? 'conf good0' : 'conf'} role="status">
      <Icon name={isProven ? 'check' : 'clock'} />
      <span>
        <b>{isProven ? 'Proven.' : `${isStopped ? 'Stopped: best' : 'Best'} found in ${seconds}.`}</b> {provenWords(answer)}
        {isProven && ` ${seconds}.`}
      </span>
    </div>
  );
}

function noteWords({ request, answer }: PlanView): string {
  const [from, to] = daysOf(request.weeks);
  const kept = [
    `at most ${count(request.maxSidekickProjects, 'sidekick project')} each at a time`,
    `${count(request.minStay, 'week')} at least`,
    `${count(request.maxSidekicks, 'person', 'people')} a project`,
    ...(request.reserveTentative ? ['hours of tentative work kept free'] : []),
    ...(request.locks.length > 0 ? [count(request.locks.length, 'lock')] : []),
    ...(request.forbid.length > 0 ? [`${request.forbid.length} kept out`] : []),
  ];
  return `${dayRange(from, to)}; ${kept.join(', ')}. Small figures are against Live. Made at change set ${answer?.head ?? 0}.`;
}
