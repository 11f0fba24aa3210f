import { dayOf, dayWords, hoursWords, isoDay, listWords, meet, openFrom, openTo, type Span } from '@sidekick/calendar';
import type { Decision, Opening, Project } from '@sidekick/contracts';
import { slotOf } from '../candidates/candidates.ts';
import { windowWords } from '../rules/outside.ts';
import { couldWords } from './help.ts';
import type { Outlook } from './outlook.ts';

/** A place is told this many days before it begins, where the outlook is as long. */
const aheadDays = 42;
/** Weeks of a place in which it is looked for who could take it. */
const lookedWeeks = 26;
/** What has no end is dated as long as gaps without one are counted. */
const openDays = 104 * 7;

const article = { lead: 'a lead', sidekick: 'a sidekick', contributor: 'a contributor' } as const;

/** Who could take it in these days. */
function whoWords(outlook: Outlook, place: Opening, days: Span): string {
  const looked = { from: days.from, to: Math.min(days.to, days.from + lookedWeeks * 7 - 1) };
  const slot = slotOf(outlook.figures, place.project, place.role, looked, place.hoursPerWeek, isoDay(outlook.today), place);
  const fullest = looked.to < days.to ? `the fullest of the first ${lookedWeeks} weeks` : 'the fullest week';
  return couldWords(outlook, slot, fullest) ?? 'nobody could take it';
}

/** The same for places that ask for the same, which are looked at once. */
type WhoWords = (place: Opening, days: Span) => string;
const whoOnce = (outlook: Outlook): WhoWords => {
  const known = new Map<string, string>();
  return (place, days) => {
    const key = JSON.stringify([place.project, place.role, place.skills, days.from, days.to]);
    const words = known.get(key) ?? whoWords(outlook, place, days);
    known.set(key, words);
    return words;
  };
};

/** What it asks for, until when, and what stands in its way or who could take it. */
function detailOf({ today }: Outlook, place: Opening, project: Project, who: string): string {
  const asks = place.skills.map(({ skill, level }) => `${skill} ${level}`);
  const isCut = project.to !== null && place.from <= project.to && place.to !== null && place.to > project.to;
  const until = place.to === null ? 'without an end' : `until ${dayWords(isCut ? openTo(project.to) : place.to, today)}`;
  const end = isCut ? ', when the project ends' : '';
  return `${hoursWords(place.hoursPerWeek)} a week ${until}${end}${asks.length > 0 ? `, asks ${listWords(asks)}` : ''}; ${who}.`;
}

/** What is told of one place; nothing once it or its project is over. */
function placeDecision(outlook: Outlook, place: Opening, project: Project, whoOf: WhoWords): Decision[] {
  const { today } = outlook;
  const ahead: Span = { from: today, to: Number.POSITIVE_INFINITY };
  const runs: Span = { from: openFrom(project.from), to: openTo(project.to) };
  const own: Span = { from: dayOf(place.from), to: openTo(place.to) };
  const inside = meet(own, runs);
  const isOutside = inside.from > inside.to;
  const days = isOutside ? own : inside;
  const left = meet(days, ahead);
  if (runs.to < today || left.from > left.to || days.from > Math.min(today + aheadDays, outlook.span.to)) return [];
  const who = isOutside ? `it lies outside the project, which ${windowWords(project, isoDay(today))}` : whoOf(place, left);
  return [
    {
      kind: 'open-place',
      id: `open-place:${place.id}`,
      ...outlook.dated({ from: left.from, to: Math.min(left.to, left.from + openDays - 1) }),
      title: `${project.name} wants ${article[place.role]} ${days.from < today ? 'since' : 'from'} ${dayWords(days.from, today)}`,
      detail: detailOf(outlook, place, project, who),
      project: place.project,
      ...{ opening: place.id, role: place.role, hoursPerWeek: place.hoursPerWeek },
    },
  ];
}

/** Open places of agreed projects that have begun, or begin inside the outlook and within six weeks. */
export const placeDecisions = (outlook: Outlook): Decision[] => {
  const whoOf = whoOnce(outlook);
  return [...outlook.figures.state.opening.values()].flatMap(({ record: place }): Decision[] => {
    const project = outlook.figures.state.project.get(place.project)?.record;
    return project?.state === 'agreed' ? placeDecision(outlook, place, project, whoOf) : [];
  });
};
