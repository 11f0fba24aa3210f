import { useSession } from '../../app/session.tsx';
import { useVolunteers } from '../../staffing/queries.ts';
import type { Records } from '../timeline/index.ts';
import { OfferRows } from './person-offers.tsx';

/** Projects that the reader offers to back up, with what has become of each offer. */
export function MyOffers({ person, records, today }: { person: string; records: Records; today: string }) {
  const own = useVolunteers().data?.filter((one) => one.person === person) ?? [];
  const { is } = useSession();
  if (own.length === 0) return null;
  return (
    <section aria-labelledby="my-offers">
      <div className="sec">
        <h2 id="my-offers">Projects I offer to back up</h2>
      </div>
      <OfferRows offers={own} records={records} today={today} mayWrite={is('engineer')} />
    </section>
  );
}
