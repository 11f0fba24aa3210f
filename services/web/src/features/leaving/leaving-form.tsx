import './leaving.css';
import type { FormEvent } from 'react';
import { Ahead, ReasonField } from '../../staffing/consequences.tsx';
import { DayField } from '../../staffing/date-fields.tsx';
import { rulesOf } from '../../staffing/guarded-save.ts';
import { MeanwhileNote } from '../../staffing/meanwhile.tsx';
import { useTeams, useVolunteers, useWishes } from '../../staffing/queries.ts';
import { KeptNote } from '../../staffing/record-form.tsx';
import { keptDraft } from '../../staffing/use-merging.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { leftBy } from './leaving.ts';
import { Handed, Pages } from './leaving-pages.tsx';
import { Offers, Requests, TeamsLeft } from './leaving-rest.tsx';
import { WorkLeft } from './leaving-work.tsx';
import { type LeavingProps, useLeavingForm } from './use-leaving-form.ts';

type Props = Omit<LeavingProps, 'left'>;

/** Somebody leaves on a day: what they lead, back up, own and have asked for, what becomes of each, and what that means for everybody. */
export function LeavingForm(props: Props) {
  const { person, records, onClose } = props;
  const [teams, volunteers, wishes] = [useTeams(), useVolunteers(), useWishes()];
  const failed = [teams, volunteers, wishes].find(({ error }) => error !== null);
  const error = failed?.error ?? null;
  if (teams.data && volunteers.data && wishes.data) {
    const { assignments, timeOff } = records;
    const left = leftBy(person, { assignments, timeOff, volunteers: volunteers.data, wishes: wishes.data, teams: teams.data });
    return <Loaded {...props} left={left} />;
  }
  return (
    <Sheet title={<Title name={person.private.name} />} onClose={onClose} size={560}>
      {error ? (
        <ProblemNote error={error} retry={() => void failed?.refetch()} what="What they leave behind did not load" />
      ) : (
        <Lines count={6} />
      )}
    </Sheet>
  );
}

const Title = ({ name }: { name: string }) => (
  <>
    <bdi>{name}</bdi> leaves
  </>
);

function Loaded(props: LeavingProps) {
  const { records, today } = props;
  const form = useLeavingForm(props);
  const { name, draft, day, meanwhile, preview, broken, guarded, leaving, isSaved } = form;
  const rules = rulesOf(broken).length > 0;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void form.submit();
  };
  if (isSaved) {
    return (
      <Sheet title={<Title name={name} />} onClose={form.close} size={560}>
        <Handed form={form} people={records.people} />
      </Sheet>
    );
  }
  return (
    <Sheet title={<Title name={name} />} onClose={leaving.leave} size={560}>
      <form className="fm" noValidate onSubmit={onSubmit}>
        <KeptNote kept={keptDraft(draft, (value) => value.day)} />
        <DayField
          label="Last day"
          text={draft.value.day}
          onText={(text) => draft.set({ day: text })}
          today={today}
          help="The last day that they work, such as 18 Dec"
          error={form.wrong}
          autoFocus
        />
        {!guarded.saved && meanwhile.map((told) => <MeanwhileNote key={told.id} meanwhile={told} />)}
        {day ? (
          <>
            <WorkLeft {...{ form, records, day, today }} />
            <Requests form={form} day={day} />
            <Offers {...{ form, records, day, today }} />
            <TeamsLeft {...{ form, records, day, today }} />
            <Pages form={form} people={records.people} today={today} />
          </>
        ) : (
          <p className="mid fd">What they lead, back up, own and have asked for is listed once the day stands here.</p>
        )}
        <ReasonField
          label={rules ? 'Why save anyway?' : 'What is there to say about it?'}
          value={draft.value.reason}
          onChange={(reason) => draft.set({ reason })}
          error={form.needsReason ? 'Say why: the rule refuses this without a reason' : null}
        />
        <Ahead {...{ preview, broken, names: records }} />
        <Refused form={form} />
        <span className="gap" />
        <div className="sht-f">
          <Button look="primary" type="submit" busy={form.isBusy}>
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

/** Why the last click on Save did not go. */
function Refused({ form: { guarded, asksFirst, nothing } }: { form: ReturnType<typeof useLeavingForm> }) {
  return (
    <>
      {asksFirst && (
        <p className="bad fd" role="alert">
          Somebody else handed something over meanwhile: choose above which of both stays.
        </p>
      )}
      {nothing && (
        <p className="warn fd" role="alert">
          The contract ends on that day already, and nothing else is chosen.
        </p>
      )}
      {guarded.stale && (
        <div className="conf fd" role="alert">
          <Icon name="info" />
          <span>
            Somebody changed some of it meanwhile, so nothing is saved yet. It stands here as it is now: look at it and save again.
          </span>
        </div>
      )}
      {guarded.error && <ProblemNote error={guarded.error} what="This was not saved" done="this was saved" />}
    </>
  );
}
