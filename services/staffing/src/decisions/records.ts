import { countWords, type Day, dayOf, listWords, meet, openFrom, openTo, partsOf, type Span } from '@sidekick/calendar';
import { type Decision, type Person, regionsOf } from '@sidekick/contracts';
import { regionOf } from '../holidays/regions.ts';
import { skillsOf } from '../skills/skills.ts';
import { keyOf } from '../state/names.ts';
import type { Outlook } from './outlook.ts';

/** Most people named in one line. */
const mostNamed = 3;

const yearOf = (iso: string): number => Number(iso.slice(0, 4));

function peopleWords(outlook: Outlook, people: readonly string[]): string {
  const named = people.slice(0, mostNamed).map(outlook.shortName);
  const more = people.length - named.length;
  return listWords(more > 0 ? [...named, `${more} more`] : named);
}

/** A year of the calendar of one region: who is there in it, from which day of the outlook on. */
interface Year {
  from: Day;
  readonly people: Set<string>;
}
interface Need {
  readonly region: string;
  readonly years: Map<number, Year>;
}

/** The days of the outlook on which a person is here and in each region. */
const staysIn = (person: Person, span: Span): { region: string; days: Span }[] => {
  const here = meet({ from: openFrom(person.contract.from), to: openTo(person.contract.to) }, span);
  return regionsOf(person).flatMap(({ from, region }, index, all) => {
    const next = all[index + 1]?.from ?? null;
    const days = meet({ from: openFrom(from), to: next === null ? Number.POSITIVE_INFINITY : dayOf(next) - 1 }, here);
    return region === null || days.from > days.to ? [] : [{ region, days }];
  });
};

/** The years of each region in which somebody is there some day of the outlook, by the key of the region. */
function needsOf({ figures, span }: Outlook): Map<string, Need> {
  const needs = new Map<string, Need>();
  for (const { record } of figures.state.person.values()) {
    for (const { region, days } of staysIn(record, span)) {
      const need = needs.get(keyOf(region)) ?? { region, years: new Map() };
      needs.set(keyOf(region), need);
      for (let year = partsOf(days.from).year; year <= partsOf(days.to).year; year++) {
        const from = Math.max(days.from, dayOf(`${year}-01-01`));
        const own = need.years.get(year) ?? { from, people: new Set() };
        own.from = Math.min(own.from, from);
        own.people.add(record.id);
        need.years.set(year, own);
      }
    }
  }
  return needs;
}

/** Regions in use whose holidays are not loaded for a year in which somebody is there, or that no list of regions knows: an alarm until they are. */
export const calendarDecisions = (outlook: Outlook): Decision[] => {
  const loaded = new Set<string>();
  for (const { record } of outlook.figures.state.holiday.values()) loaded.add(`${keyOf(record.region)} ${yearOf(record.date)}`);
  return [...needsOf(outlook)].flatMap(([key, { region, years: all }]): Decision[] => {
    const known = regionOf(region) !== undefined;
    const missing = [...all].filter(([year]) => !loaded.has(`${key} ${year}`)).sort(([a], [b]) => a - b);
    if (known && missing.length === 0) return [];
    const years = missing.map(([year]) => year);
    const people = [...new Set((known ? missing : [...all]).flatMap(([, year]) => [...year.people]))];
    const whose = `${peopleWords(outlook, people)} ${people.length === 1 ? 'has' : 'have'}`;
    const begins = missing[0]?.[1].from ?? outlook.today;
    return [
      {
        kind: 'no-calendar',
        id: `no-calendar:${key}`,
        ...outlook.dated({ from: begins, to: outlook.span.to }),
        title: known ? `No holidays of ${region} are loaded for ${listWords(years.map(String))}` : `No region is called ${region}`,
        detail: known
          ? `${whose} too many free hours until they are: load the calendar of ${region}.`
          : `${whose} no holidays, so too many free hours: choose a region of the list for ${countWords(people.length, 'person', 'people')}.`,
        region,
        known,
        years,
        people,
      },
    ];
  });
};

/** Kept from before names had one form: somebody has, or a project requires, one skill in two spellings. */
export const spellingDecisions = (outlook: Outlook): Decision[] =>
  skillsOf(outlook.figures.state).flatMap(({ skill, spellings, twice }): Decision[] => {
    if (twice.people.length + twice.projects.length === 0) return [];
    const words = spellings.map(({ spelling }) => spelling);
    const whose = listWords([...twice.people.map(outlook.shortName), ...twice.projects.map(outlook.projectName)].slice(0, mostNamed));
    return [
      {
        kind: 'skill-spellings',
        id: `skill-spellings:${keyOf(skill)}`,
        ...outlook.dated({ from: outlook.today, to: outlook.today }),
        title: `${listWords(words)} are one skill`,
        detail: `${whose} ${twice.people.length + twice.projects.length === 1 ? 'has' : 'have'} it at two levels; the higher counts until one is left: merge them.`,
        skill,
        spellings: words,
        people: twice.people,
        projects: twice.projects,
      },
    ];
  });
