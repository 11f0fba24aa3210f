import type { ProjectView, VolunteerView } from '@sidekick/contracts';
import type { FormEvent } from 'react';
import { useSession } from '../../app/session.tsx';
import { useDraft } from '../../staffing/draft.ts';
import { PersonLink } from '../../staffing/links.tsx';
import { nameOf } from '../../staffing/people-names.ts';
import { useVolunteers } from '../../staffing/queries.ts';
import { Section } from '../../staffing/record-page.tsx';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import type { Records } from '../timeline/index.ts';
import { NotSaved } from './not-saved.tsx';
import { closedWords, isLead, offerState } from './offer-words.ts';
import { useAdding } from './use-adding.ts';

interface Props {
  project: ProjectView;
  records: Records;
  today: string;
}

/** Who offers to back the project up; an engineer makes and withdraws their own offer here. */
export function ProjectOffers({ project, records, today }: Props) {
  const { me, is } = useSession();
  const volunteers = useVolunteers();
  const offers = useAdding('volunteer');
  const all = volunteers.data?.filter((one) => one.project === project.id) ?? [];
  const own = is('engineer') ? (me?.person ?? null) : null;
  const mayOffer =
    volunteers.data !== undefined &&
    own !== null &&
    closedWords(project, today) === null &&
    !isLead(records.assignments, own, project.id, today) &&
    !all.some(({ person }) => person === own);
  const withdraw = (one: VolunteerView) =>
    offers.remove(one, `The offer of ${nameOf(one.person, records.people)} to back up ${project.name} is withdrawn`);
  return (
    <Section id="offers" title="Offers to be sidekick">
      {volunteers.error && <ProblemNote error={volunteers.error} retry={() => void volunteers.refetch()} what="The offers did not load" />}
      {volunteers.isPending && <Lines count={1} />}
      {volunteers.data && all.length === 0 && <p className="mid">Nobody offers to back it up yet.</p>}
      <ul className="rows">
        {all.map((one) => {
          const { words, look } = offerState(one, records, today);
          return (
            <li key={one.id}>
              <span>
                <PersonLink id={one.person} people={records.people} unknown="Somebody who is gone" />
                {one.private?.note && (
                  <small>
                    <bdi>{one.private.note}</bdi>
                  </small>
                )}
              </span>
              <span className={look}>{words}</span>
              {(is('manager') || one.person === own) && (
                <Button
                  look="quiet"
                  busy={offers.busy}
                  aria-label={`Withdraw the offer of ${nameOf(one.person, records.people)}`}
                  onClick={() => void withdraw(one)}
                >
                  Withdraw
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {mayOffer && <OfferForm project={project} person={own} offers={offers} />}
      <NotSaved error={offers.error} stale={offers.stale} />
    </Section>
  );
}

interface FormProps {
  project: ProjectView;
  person: string;
  offers: ReturnType<typeof useAdding<'volunteer'>>;
}

function OfferForm({ project, person, offers }: FormProps) {
  const draft = useDraft(`volunteer:${project.id}`, () => ({ note: '' }), { clean: ({ note }) => note === '' });
  const { note } = draft.value;
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const record = { person, project: project.id, private: { note: note.trim() || null } };
    if (await offers.add(record, `You offer to be sidekick on ${project.name}`)) draft.clear();
  };
  return (
    <form className="fm ofr" onSubmit={(event) => void send(event)}>
      <label>
        A word to managers, if you like
        <input value={note} maxLength={2000} onChange={(event) => draft.set({ note: event.currentTarget.value })} />
      </label>
      <Button type="submit" busy={offers.busy}>
        Offer to be sidekick
      </Button>
    </form>
  );
}
