import { dayOf, dayWords, hoursWords, isoDay, listWords, meet, openTo, type Span } from '@sidekick/calendar';
import type { Decision, Opening, Project } from '@sidekick/contracts';
import { slotOf, whoCouldTake } from '../candidates/candidates.ts';
import type { Outlook } from './outlook.ts';

/** A place is told this many days before it begins. */
const aheadDays = 42;
/** Of a place without an end: who could take it is looked at for as many weeks as gaps without one are counted. */
const openDays = 104 * 7;

const article = { lead: 'a lead', sidekick: 'a sidekick', contributor: 'a contributor' } as const;

/** What it asks for, and who could take it. */
function detailOf(outlook: Outlook, place: Opening, project: Project, span: Span): string {
  const asks = place.skills.map(({ skill, level }) => `${skill} ${level}`);
  // An end that is open is that of the project.
  const ends = Math.min(place.to === null ? openTo(project.to) : span.to, span.from + openDays - 1);
  const closed = { from: span.from, to: Math.max(span.from, ends) };
  const slot = slotOf(outlook.figures, place.project, place.role, closed, place.hoursPerWeek, isoDay(outlook.today), place);
  const people = whoCouldTake(slot, outlook.freeHours).map(({ person }) => outlook.shortName(person.id));
  const [first, second, ...others] = people;
  const named = [first, second].filter((name) => name !== undefined);
  const who =
    named.length === 0
      ? 'nobody has the skills and the hours'
      : `${listWords(named)}${others.length > 0 ? ` and ${others.length} more` : ''} could`;
  const until = place.to === null ? 'without an end' : `until ${dayWords(place.to, outlook.today)}`;
  return `${hoursWords(place.hoursPerWeek)} a week ${until}${asks.length > 0 ? `, asks ${listWords(asks)}` : ''}; ${who}.`;
}

/** Open places of agreed projects that have begun or begin within six weeks. */
export const placeDecisions = (outlook: Outlook): Decision[] =>
  [...outlook.figures.state.opening.values()].flatMap(({ record: place }): Decision[] => {
    const project = outlook.figures.state.project.get(place.project)?.record;
    const begins = dayOf(place.from);
    const span = meet({ from: begins, to: openTo(place.to) }, { from: outlook.today, to: Number.POSITIVE_INFINITY });
    if (project?.state !== 'agreed' || span.from > span.to || begins > outlook.today + aheadDays) return [];
    const when = `${begins < outlook.today ? 'since' : 'from'} ${dayWords(begins, outlook.today)}`;
    return [
      {
        kind: 'open-place',
        id: `open-place:${place.id}`,
        ...outlook.dated({ from: span.from, to: Math.min(span.to, span.from + openDays - 1) }),
        title: `${project.name} wants ${article[place.role]} ${when}`,
        detail: detailOf(outlook, place, project, span),
        project: place.project,
        ...{ opening: place.id, role: place.role, hoursPerWeek: place.hoursPerWeek },
      },
    ];
  });
