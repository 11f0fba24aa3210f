import { nameKey, type SearchHit } from '@sidekick/contracts';
import { Link } from 'react-router-dom';
import { useSession } from '../../app/session.tsx';
import { useSkillWords } from '../../staffing/skills-field.tsx';

/** The engineer who reads, as a person of staffing: whose offers and wishes these would be. */
function useOwnPerson(): string | null {
  const { me, is } = useSession();
  return is('engineer') ? (me?.person ?? null) : null;
}

/** From a found project to where one offers to back it up. */
export function OfferLink({ hit, close }: { hit: SearchHit | undefined; close?: () => void }) {
  const person = useOwnPerson();
  if (person === null || hit?.type !== 'project') return null;
  const name = hit.title.map(({ text }) => text).join('');
  return (
    <Link className="link onw" to={`/projects/${hit.id}#offers`} onClick={close} aria-label={`Offer to back up ${name}`}>
      Offer to back it up
    </Link>
  );
}

/** From words that are a skill to the own wishes, with the skill filled in. */
export function WishLink({ q, close }: { q: string; close?: () => void }) {
  const person = useOwnPerson();
  return person === null ? null : <OwnWish {...{ q, person }} {...(close && { close })} />;
}

function OwnWish({ q, person, close }: { q: string; person: string; close?: () => void }) {
  const words = useSkillWords();
  const wanted = nameKey(q.replace(/^skill:/i, '').replaceAll('"', ''));
  const skill = words.data?.items.find((one) => nameKey(one.skill) === wanted)?.skill;
  if (skill === undefined) return null;
  return (
    <Link className="link onw" to={`/people/${person}?wish=${encodeURIComponent(skill)}#wishes`} onClick={close}>
      Wish to learn {skill}
    </Link>
  );
}
