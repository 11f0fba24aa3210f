import { type Decision, nameKey, RegionsAnswer, typedKey } from '@sidekick/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ask } from '../api/ask.ts';
import { useDecisions } from './queries.ts';

export type Region = RegionsAnswer['items'][number];
export type NoCalendar = Extract<Decision, { kind: 'no-calendar' }>;

/** What a region may be: asked once, since it changes with the release alone. */
export const useRegions = () =>
  useQuery({
    queryKey: ['staffing', 'regions'],
    queryFn: ({ signal }) => ask(RegionsAnswer, '/holidays/regions', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The one region that was typed, by its code or its name (`pt`, `Portugal`, `PT · Portugal`); null when it is none, or several. */
export function typedRegion(text: string, regions: readonly Region[]): Region | null {
  const typed = text.split(' · ')[0] ?? '';
  const key = nameKey(typed);
  return regions.find(({ code, name }) => nameKey(code) === key || nameKey(name) === key) ?? null;
}

/** Regions that hold all words of what is typed, those that begin with it first. */
export function regionsLike(text: string, regions: readonly Region[], most: number): Region[] {
  const typed = typedKey(text);
  const words = typed.split(/[\s,]+/).filter(Boolean);
  const hits = regions.filter((region) => words.every((word) => typedKey(`${region.code} ${region.name}`).includes(word)));
  const rank = ({ code, name }: Region) => (typedKey(code) === typed ? 0 : typedKey(name).startsWith(typed) ? 1 : 2);
  return hits.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name)).slice(0, most);
}

/** People whose holidays are not known, each with what is missing. */
export function useNoCalendar(on: boolean): ReadonlyMap<string, NoCalendar> {
  const decisions = useDecisions(1, on);
  const items = decisions.data?.items;
  return useMemo(
    () =>
      new Map(
        (items ?? [])
          .filter((one): one is NoCalendar => one.kind === 'no-calendar')
          .flatMap((one) => one.people.map((person): [string, NoCalendar] => [person, one])),
      ),
    [items],
  );
}

/** `No holidays of PT 2026, 2027 yet: free hours are too high`. */
export function calendarAlarm(alarm: NoCalendar | undefined): string {
  if (!alarm) return '';
  if (!alarm.known) return `No region is called ${alarm.region}: free hours are too high`;
  return `No holidays of ${alarm.region} ${alarm.years.join(', ')} yet: free hours are too high`;
}
