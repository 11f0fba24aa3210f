import { countWords, dayOf, listWords, openFrom, openTo, partsOf, type Span } from '@sidekick/calendar';
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

/** The regions in which a person is on some day of the span. */
const regionsIn = (person: Person, span: Span): string[] =>
  regionsOf(person).flatMap(({ from, region }, index, all) => {
    const next = all[index + 1]?.from ?? null;
    const isIn = openFrom(from) <= span.to && (next === null || dayOf(next) > span.from);
    return isIn && region !== null ? [region] : [];
  });

/** People of each region who are here some day of the outlook, by the key of the region. */
function peopleByRegion({ figures, span }: Outlook): Map<string, { region: string; people: string[] }> {
  const regions = new Map<string, { region: string; people: string[] }>();
  for (const { record } of figures.state.person.values()) {
    const { id, contract } = record;
    if (openFrom(contract.from) > span.to || openTo(contract.to) < span.from) continue;
    for (const region of new Set(regionsIn(record, span))) {
      const own = regions.get(keyOf(region)) ?? { region, people: [] };
      own.people.push(id);
      regions.set(keyOf(region), own);
    }
  }
  return regions;
}

/** Regions in use whose holidays are not loaded for a year of the outlook, or that no list of regions knows: an alarm until they are. */
export const calendarDecisions = (outlook: Outlook): Decision[] => {
  const loaded = new Set<string>();
  for (const { record } of outlook.figures.state.holiday.values()) loaded.add(`${keyOf(record.region)} ${yearOf(record.date)}`);
  const [first, last] = [partsOf(outlook.span.from).year, partsOf(outlook.span.to).year];
  const all = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return [...peopleByRegion(outlook)].flatMap(([key, { region, people }]): Decision[] => {
    const known = regionOf(region) !== undefined;
    const years = all.filter((year) => !loaded.has(`${key} ${year}`));
    if (known && years.length === 0) return [];
    const whose = `${peopleWords(outlook, people)} ${people.length === 1 ? 'has' : 'have'}`;
    const begins = years[0] === undefined || years[0] === first ? outlook.today : Math.max(outlook.today, dayOf(`${years[0]}-01-01`));
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
