import { mondayOfWeek } from '@sidekick/calendar/iso';
import type { BrokenRule, Command, CoverageState, PersonView, PreviewAnswer, ProjectView } from '@sidekick/contracts';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { CoverageCell, coverageStates } from '../ui/coverage-cell.tsx';
import { Icon } from '../ui/icons.tsx';
import { ProblemNote } from '../ui/problem.tsx';
import { preview } from './changes.ts';
import { TextArea } from './fields.tsx';
import { hours, percent, shortDay, weekRuns } from './format.ts';
import { grouped } from './lists.ts';
import { previewKey } from './preview-key.ts';

/** A text that has rested for so many ms. (An object made anew at each drawing would never rest.) */
export function useRested<T extends string | null>(value: T, ms = 250): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return rested;
}

/**
 * What saving these commands would break and change; asked once the form has rested. Null asks nothing. While they are being
 * saved and once they stand (`saving`) nothing is asked anew: they could not be done again.
 */
export function usePreview(commands: Command[] | null, saving: boolean) {
  const key = commands === null ? null : JSON.stringify(commands);
  const rested = useRested(key);
  const query = useQuery({
    queryKey: [...previewKey, rested],
    queryFn: ({ signal }) => preview(JSON.parse(rested ?? '[]') as Command[], signal),
    enabled: rested !== null && !saving,
    retry: false,
  });
  const fresh = key !== null && key === rested;
  return {
    answer: fresh ? query.data : undefined,
    error: fresh ? query.error : null,
    waiting: key !== null && (!fresh || query.isFetching),
  };
}

interface Names {
  people: ReadonlyMap<string, PersonView>;
  projects: ReadonlyMap<string, ProjectView>;
}

/** The rules that would break, each in one sentence. */
export function BrokenRules({ broken }: { broken: readonly BrokenRule[] }) {
  const rules = broken.filter(({ severity }) => severity === 'rule');
  const warnings = broken.filter(({ severity }) => severity === 'warning');
  return (
    <>
      {rules.length > 0 && (
        <div className="conf bad0" role="alert">
          <Icon name="warn" />
          <span>
            <b>{rules.length === 1 ? 'This breaks a rule' : `This breaks ${rules.length} rules`}</b>
            <ul className="rules">
              {rules.map((rule) => (
                <li key={`${rule.code} ${rule.message}`}>{rule.message}</li>
              ))}
            </ul>
          </span>
        </div>
      )}
      {warnings.map((rule) => (
        <div key={`${rule.code} ${rule.message}`} className="conf">
          <Icon name="info" />
          <span>{rule.message}</span>
        </div>
      ))}
    </>
  );
}

/** The reason that a manager gives to save, or to remove, although rules break. */
export function ReasonField(props: {
  value: string;
  onChange: (value: string) => void;
  error?: string | null;
  autoFocus?: boolean;
  label?: string;
}) {
  return (
    <TextArea
      label={props.label ?? 'Why save anyway?'}
      value={props.value}
      onChange={props.onChange}
      error={props.error}
      help="Kept with the change and shown in the history"
      {...(props.autoFocus ? { autoFocus: true } : {})}
    />
  );
}

const isState = (state: string | null): state is CoverageState => coverageStates.includes(state as CoverageState);

/** Coverage and load of the weeks that change, before and after. */
export function Consequences({ answer, names }: { answer: PreviewAnswer; names: Names }) {
  const coverage = answer.coverage.filter(({ before, after }) => before !== after);
  const load = answer.load.filter(
    ({ before, after }) => Math.abs(before.hours - after.hours) > 0.01 || Math.abs(before.net - after.net) > 0.01,
  );
  if (coverage.length === 0 && load.length === 0) return <p className="xs">No week changes its coverage or load.</p>;
  return (
    <div className="cons">
      {[...grouped(coverage, ({ project }) => project)].map(([project, weeks]) => (
        <section key={project}>
          <h3>{names.projects.get(project)?.name ?? 'Project'}: coverage</h3>
          <div className="scrollx">
            <ul className="bfa" aria-label="Coverage before and after">
              {weeks.map(({ week, before, after }) => (
                <li key={week}>
                  <small>{shortDay(mondayOfWeek(week))}</small>
                  <CoverageCell state={isState(before) ? before : null} />
                  <Icon name="down" />
                  <CoverageCell state={isState(after) ? after : null} />
                </li>
              ))}
            </ul>
          </div>
        </section>
      ))}
      {[...grouped(load, ({ person }) => person)].map(([person, weeks]) => (
        <LoadChange key={person} name={names.people.get(person)?.private.name ?? 'Person'} weeks={weeks} />
      ))}
    </div>
  );
}

function LoadChange({ name, weeks }: { name: string; weeks: PreviewAnswer['load'] }) {
  const over = weeks.filter(({ after }) => after.hours - after.net > 0.01);
  const before = weeks.reduce((total, week) => total + week.before.hours, 0);
  const after = weeks.reduce((total, week) => total + week.after.hours, 0);
  const net = weeks.reduce((total, week) => total + week.after.net, 0);
  return (
    <section>
      <h3>{name}: load</h3>
      <p className="mid">
        {hours(before)} → <b>{hours(after)}</b> of {hours(net)} net ({percent(net > 0 ? after / net : null)}) ·{' '}
        {weekRuns(weeks.map(({ week }) => week))}
      </p>
      {over.length > 0 && (
        <p className="bad">
          Over by {hours(over.reduce((total, week) => total + week.after.hours - week.after.net, 0))}:{' '}
          {weekRuns(over.map(({ week }) => week))}
        </p>
      )}
    </section>
  );
}

interface AheadProps {
  preview: ReturnType<typeof usePreview>;
  broken: readonly BrokenRule[];
  names: Names;
}

/** What saving would mean for everybody, as it is known just now. */
export const Ahead = ({ preview, broken, names }: AheadProps) => (
  <div aria-live="polite">
    <BrokenRules broken={broken} />
    {preview.answer && <Consequences answer={preview.answer} names={names} />}
    {preview.error && <ProblemNote error={preview.error} what="What this changes could not be counted" />}
  </div>
);
