import type { AssignmentView, OpeningView, ProjectView } from '@sidekick/contracts';
import { type FormEvent, useEffect, useState } from 'react';
import { Ahead, ReasonField, usePreview } from '../../staffing/consequences.tsx';
import { RangeField, rangeText, readRange } from '../../staffing/date-fields.tsx';
import { useDraft } from '../../staffing/draft.ts';
import { SelectField } from '../../staffing/fields.tsx';
import { count, dayRangeWithYear, hours } from '../../staffing/format.ts';
import { rulesOf, useGuardedSave } from '../../staffing/guarded-save.ts';
import { nameOf } from '../../staffing/people-names.ts';
import { useOpenings } from '../../staffing/queries.ts';
import { useClosing } from '../../staffing/use-closing.ts';
import { useLeaving } from '../../staffing/use-leaving.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import type { Records } from '../timeline/index.ts';
import {
  choiceOf,
  choicesFor,
  choicesForPlace,
  type Dates,
  datesBy,
  laterBy,
  type SlipChoice,
  type SlipChoices,
  slipBase,
  slipCommands,
} from './slip.ts';

interface Props {
  project: ProjectView;
  records: Records;
  today: string;
  onClose: () => void;
}
interface LoadedProps extends Props {
  openings: readonly OpeningView[];
}

interface SlipDraft {
  range: string;
  /** The dates that the range was typed over. */
  was: Dates;
  choices: SlipChoices;
  reason: string;
}

const datesOf = ({ from, to }: Dates): Dates => ({ from, to });

/** What was typed, and of an end that was not what the project has. */
const typedOver = (typed: Dates, was: Dates, project: Dates): Dates => ({
  from: typed.from === was.from ? project.from : typed.from,
  to: typed.to === was.to ? project.to : typed.to,
});

/** What is typed over what the form was opened on: no live update renews that, and one that was overtaken is looked at anew when asked to. */
function useSlip({ project, records, openings, today, onClose }: LoadedProps) {
  const now = () => slipBase(project, records.assignments, openings, today);
  const [base, setBase] = useState(now);
  const first = (): SlipDraft => ({ range: rangeText(project.from, project.to), was: datesOf(project), choices: {}, reason: '' });
  const draft = useDraft<SlipDraft>(`slip:${project.id}`, first);
  const { range, was, choices, reason } = draft.value;
  const guarded = useGuardedSave();
  const { close, isOpen } = useClosing(onClose);
  const dirty = range !== rangeText(was.from, was.to) || Object.keys(choices).length > 0 || reason !== '';
  const { late, ...leaving } = useLeaving({ draft, dirty, busy: guarded.busy, onClose: close });
  const typed = readRange(range, today, base.project.to === null);
  const next = typed.ok ? typedOver(typed, was, base.project) : null;
  const commands = next && slipCommands(base, next, choices, today);
  const preview = usePreview(commands, guarded.busy || guarded.saved);
  const broken = preview.answer?.broken ?? guarded.refused;
  const [tried, setTried] = useState(false);
  const needsReason = rulesOf(broken).length > 0 && reason.trim() === '';

  const submit = async () => {
    setTried(true);
    if (!next || !commands || needsReason) return;
    const said = `${base.project.name} slips: ${dayRangeWithYear(next.from, next.to)}`;
    const why = reason.trim();
    const outcome = await guarded.attempt({ commands, said, ...(why ? { reason: why } : {}) }, broken);
    if ('saved' in outcome) {
      draft.clear();
      close();
    } else if (!isOpen()) late('saved', 'refused' in outcome ? outcome.error : null);
  };
  const anew = () => {
    guarded.reset();
    setBase(now());
    followDates();
  };
  /** An end that was not typed goes with the project; the field shows it. */
  const followDates = () => {
    const dates = typed.ok ? typedOver(typed, was, project) : null;
    if (dates) draft.set({ range: rangeText(dates.from, dates.to), was: datesOf(project) });
  };
  // What was kept may have been typed over other dates.
  const [isOpened, setOpened] = useState(false);
  useEffect(() => {
    if (isOpened) return;
    setOpened(true);
    if (was.from !== project.from || was.to !== project.to) followDates();
  });
  const wrong = !tried ? null : typed.ok ? (commands ? null : 'These are the dates that it has') : typed.message;
  return { base, draft, next, preview, broken, guarded, leaving, submit, anew, wrong, needsReason: tried && needsReason };
}

/** New dates of a project, what each of its assignments and open places does then, and what that means for everybody, before it is saved as one change set. */
export function SlipForm(props: Props) {
  const { data, error, refetch } = useOpenings();
  if (data) return <Loaded {...props} openings={data} />;
  return (
    <Sheet title={<Title name={props.project.name} />} onClose={props.onClose} size={520}>
      {error ? <ProblemNote error={error} retry={() => void refetch()} what="Its open places did not load" /> : <Lines count={4} />}
    </Sheet>
  );
}

const Title = ({ name }: { name: string }) => (
  <>
    <bdi>{name}</bdi> slips
  </>
);

function Loaded(props: LoadedProps) {
  const { records, today } = props;
  const { base, draft, next, preview, broken, guarded, leaving, submit, anew, wrong, needsReason } = useSlip(props);
  const { range, reason } = draft.value;
  const rules = rulesOf(broken).length > 0;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void submit();
  };
  return (
    <Sheet title={<Title name={base.project.name} />} onClose={leaving.leave} size={520}>
      <form className="fm" noValidate onSubmit={onSubmit}>
        <RangeField
          label="New dates"
          text={range}
          onText={(text) => draft.set({ range: text })}
          today={today}
          open={base.project.to === null}
          error={wrong}
          autoFocus
        />
        <p className="mid fd">
          Until now {dayRangeWithYear(base.project.from, base.project.to)}
          {next && slipWords(base.project, next)}
        </p>
        <Work base={base} next={next ?? base.project} records={records} today={today} draft={draft} />
        <Places base={base} next={next ?? base.project} today={today} draft={draft} />
        <ReasonField
          label={rules ? 'Why save anyway?' : 'Why does it slip?'}
          value={reason}
          onChange={(text) => draft.set({ reason: text })}
          error={needsReason ? 'Say why: the rule refuses this without a reason' : null}
        />
        <Ahead {...{ preview, broken, names: records }} />
        {guarded.stale && (
          <div className="conf fd" role="alert">
            <Icon name="info" />
            <span>Somebody changed the project or its work meanwhile, so nothing is saved yet. What you chose is still here.</span>
            <Button onClick={anew}>Look at it as it is now</Button>
          </div>
        )}
        {guarded.error && <ProblemNote error={guarded.error} what="This was not saved" done="this was saved" />}
        <span className="gap" />
        <div className="sht-f">
          <Button look="primary" type="submit" busy={guarded.busy}>
            {rules ? 'Save anyway' : 'Save'}
          </Button>
          <Button look="quiet" onClick={leaving.cancel}>
            Cancel
          </Button>
        </div>
      </form>
    </Sheet>
  );
}

/** `, ends 14 days later`. */
function slipWords(was: Dates, next: Dates): string {
  const by = laterBy(was.to, next.to);
  if (by === null) return '';
  return `, ends ${count(Math.abs(by), 'day')} ${by > 0 ? 'later' : 'sooner'}`;
}

interface WorkProps {
  base: ReturnType<typeof slipBase>;
  next: Dates;
  records: Records;
  today: string;
  draft: { value: SlipDraft; set: (patch: Partial<SlipDraft>) => void };
}

/** What each assignment that is not over does. */
function Work({ base: { project, work, over }, next, records, today, draft }: WorkProps) {
  const { choices } = draft.value;
  return (
    <section aria-label="What its work does">
      {work.length === 0 && <p className="mid fd">Nobody is planned on it from today on.</p>}
      {work.map((one) => (
        <SelectField
          key={one.id}
          label={titleOf(one, records)}
          value={choiceOf(one, project, next, choices, today)}
          options={choicesFor(one, project, next, today).map((choice) => ({
            value: choice,
            label: `${choiceWords[choice]}: ${rangeWordsOf(datesBy(choice, one, project, next))}`,
          }))}
          onChange={(choice) => draft.set({ choices: { ...choices, [one.id]: choice } })}
        />
      ))}
      {over > 0 && (
        <p className="xs fd">
          {over === 1 ? 'One assignment that is over stays as it is.' : `${over} assignments that are over stay as they are.`}
        </p>
      )}
    </section>
  );
}

/** What each open place that is not over does. */
function Places({ base: { project, places }, next, today, draft }: Omit<WorkProps, 'records'>) {
  const { choices } = draft.value;
  if (places.length === 0) return null;
  return (
    <section aria-label="What its open places do">
      {places.map((one) => (
        <SelectField
          key={one.id}
          label={`Open place: ${one.role}, ${hours(one.hoursPerWeek)} a week`}
          value={choiceOf(one, project, next, choices, today, choicesForPlace)}
          options={choicesForPlace(one, project, next, today).map((choice) => ({
            value: choice,
            label:
              choice === 'remove' ? choiceWords.remove : `${choiceWords[choice]}: ${rangeWordsOf(datesBy(choice, one, project, next))}`,
          }))}
          onChange={(choice) => draft.set({ choices: { ...choices, [one.id]: choice } })}
        />
      ))}
    </section>
  );
}

const choiceWords: Record<SlipChoice, string> = {
  move: 'Move along',
  stretch: 'Stretch to the new end',
  keep: 'Keep',
  end: 'End with the old dates',
  remove: 'Remove it: nobody is wanted there',
};
const rangeWordsOf = ({ from, to }: Dates): string => dayRangeWithYear(from, to);

const titleOf = (one: AssignmentView, records: Records): string =>
  `${nameOf(one.person, records.people)}, ${one.role}, ${hours(one.hoursPerWeek)} a week`;
