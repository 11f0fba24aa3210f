import type { PersonView, VolunteerView, WishView } from '@sidekick/contracts';
import type { FormEvent } from 'react';
import { Link } from 'react-router-dom';
import { useAddress } from '../../staffing/address.ts';
import { useDraft } from '../../staffing/draft.ts';
import { ProjectLink } from '../../staffing/links.tsx';
import { useVolunteers, useWishes } from '../../staffing/queries.ts';
import { Section } from '../../staffing/record-page.tsx';
import { useSkillWords } from '../../staffing/skills-field.tsx';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import type { Records } from '../timeline/index.ts';
import { NotSaved } from './not-saved.tsx';
import { offerState } from './offer-words.ts';
import { useAdding } from './use-adding.ts';

interface Props {
  person: PersonView;
  /** Whether the reader may write these of the person. */
  mayWrite: boolean;
}

/** What the person wishes to learn, each with the way to who knows it. */
export function PersonWishes({ person, mayWrite }: Props) {
  const wishes = useWishes();
  const saving = useAdding('wish');
  const own = (wishes.data ?? []).filter((one) => one.person === person.id).sort((a, b) => a.skill.localeCompare(b.skill));
  const { name } = person.private;
  // `?wish=` names a skill that was found elsewhere.
  const [params, patch] = useAddress();
  const wished = params.get('wish') ?? '';
  const drop = (one: WishView) => saving.remove(one, `${name} does not wish to learn ${one.skill} any more`);
  return (
    <Section id="wishes" title="Wishes to learn">
      {wishes.error && <ProblemNote error={wishes.error} retry={() => void wishes.refetch()} what="The wishes did not load" />}
      {wishes.data && own.length === 0 && <p className="mid">No wish is named yet.</p>}
      <ul className="rows">
        {own.map((one) => (
          <li key={one.id}>
            <Link className="nl" to={`/people?q=${encodeURIComponent(one.skill)}`} title="Everybody with this skill">
              <bdi>{one.skill}</bdi>
            </Link>
            {mayWrite && (
              <Button
                look="quiet"
                icon="x"
                busy={saving.busy}
                aria-label={`Remove the wish to learn ${one.skill}`}
                onClick={() => void drop(one)}
              />
            )}
          </li>
        ))}
      </ul>
      {mayWrite && wishes.data && (
        <WishForm key={wished} {...{ person, saving, wished }} onAdded={() => patch({ wish: null }, { replace: true })} />
      )}
      <NotSaved error={saving.error} stale={saving.stale} />
    </Section>
  );
}

interface WishFormProps {
  person: PersonView;
  saving: ReturnType<typeof useAdding<'wish'>>;
  /** What the form begins with, where nothing was typed yet. */
  wished: string;
  onAdded: () => void;
}

function WishForm({ person, saving, wished, onAdded }: WishFormProps) {
  const draft = useDraft(`wish:${person.id}`, () => ({ skill: wished }), { clean: ({ skill }) => skill === '' });
  const { skill } = draft.value;
  const words = useSkillWords();
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (skill.trim() === '') return;
    if (!(await saving.add({ person: person.id, skill }, `${person.private.name} wishes to learn ${skill.trim()}`))) return;
    draft.clear();
    onAdded();
  };
  return (
    <form className="fm ofr" onSubmit={(event) => void send(event)}>
      <label>
        Skill to learn
        <input list="wish-words" value={skill} maxLength={120} onChange={(event) => draft.set({ skill: event.currentTarget.value })} />
      </label>
      <datalist id="wish-words">
        {words.data?.items.map(({ skill: word }) => (
          <option key={word} value={word} />
        ))}
      </datalist>
      <Button type="submit" busy={saving.busy}>
        Add the wish
      </Button>
    </form>
  );
}

/** Projects that the person offers to back up, with what has become of each offer. */
export function PersonOffers({ person, mayWrite, records, today }: Props & { records: Records; today: string }) {
  const volunteers = useVolunteers();
  const own = volunteers.data?.filter((one) => one.person === person.id) ?? [];
  return (
    <Section id="offers" title="Offers to back up">
      {volunteers.error && <ProblemNote error={volunteers.error} retry={() => void volunteers.refetch()} what="The offers did not load" />}
      {volunteers.data && own.length === 0 && <p className="mid">None. An offer is made on the page of a project.</p>}
      <OfferRows offers={own} records={records} today={today} mayWrite={mayWrite} />
    </Section>
  );
}

interface RowsProps {
  offers: readonly VolunteerView[];
  records: Records;
  today: string;
  mayWrite: boolean;
}

/** Offers of one person, a line a project. */
export function OfferRows({ offers, records, today, mayWrite }: RowsProps) {
  const saving = useAdding('volunteer');
  const named = (one: VolunteerView) => records.projects.get(one.project)?.name ?? 'a project';
  return (
    <>
      <ul className="rows">
        {offers.map((one) => {
          const { words, look } = offerState(one, records, today);
          return (
            <li key={one.id}>
              <span>
                <ProjectLink id={one.project} projects={records.projects} />
                {one.private?.note && (
                  <small>
                    <bdi>{one.private.note}</bdi>
                  </small>
                )}
              </span>
              <span className={look}>{words}</span>
              {mayWrite && (
                <Button
                  look="quiet"
                  busy={saving.busy}
                  aria-label={`Withdraw the offer for ${named(one)}`}
                  onClick={() => void saving.remove(one, `The offer to back up ${named(one)} is withdrawn`)}
                >
                  Withdraw
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <NotSaved error={saving.error} stale={saving.stale} />
    </>
  );
}
