import type { FreeAnswer, PersonView } from '@sidekick/contracts';
import { useMemo } from 'react';
import { useAddress } from '../../staffing/address.ts';
import { useFree } from '../../staffing/queries.ts';
import type { Records } from './bars.ts';
import { type FreeAsked, freeAsked, isIn, overlapAsked, sharingHours } from './people-asked.ts';

const everybody = () => true;

/** In all: whom the service lists. In each week: whose every week, as it tells them, has the hours. */
const haveFree = ({ people }: FreeAnswer, { hours, each }: FreeAsked): ReadonlySet<string> =>
  new Set(people.filter(({ weeks }) => !each || weeks.every((week) => week >= hours - epsilon)).map(({ person }) => person));
/** As the service compares hours. */
const epsilon = 1e-9;

/** Who has the free hours, shares the working hours and is in the region that the address asks for, on the Mondays shown. */
export function usePeopleAsked(records: Records | undefined, mondays: readonly string[] | undefined) {
  const [params] = useAddress();
  const free = useMemo(() => freeAsked(params), [params]);
  const overlap = useMemo(() => (records ? overlapAsked(params, records.people.values()) : null), [params, records]);
  const region = params.get('region');
  const wanted = free === null || free === 'unclear' ? null : free;
  const query = useFree(
    wanted && { skill: null, level: 1, hours: wanted.each ? 0 : wanted.hours, from: wanted.from, to: wanted.to, team: null },
  );
  // Of another question than this one nothing is taken.
  const answer = query.isPlaceholderData ? undefined : query.data;
  const having = useMemo(() => (wanted && answer ? haveFree(answer, wanted) : undefined), [wanted, answer]);
  const fits = useMemo(() => {
    const shares = overlap === null || overlap === 'unclear' ? null : sharingHours(overlap, mondays ?? []);
    const isThere = region === null ? null : isIn(region, mondays ?? []);
    if (wanted === null && shares === null && isThere === null) return everybody;
    return (person: PersonView) =>
      (wanted === null || having?.has(person.id) === true) && (shares === null || shares(person)) && (isThere === null || isThere(person));
  }, [wanted, having, overlap, region, mondays]);
  return {
    fits,
    /** Nothing is drawn of hours that are not known yet. */
    waiting: wanted !== null && having === undefined,
    error: wanted === null ? null : query.error,
    retry: () => void query.refetch(),
  };
}
