import { countWords, hoursWords, listWords } from '@sidekick/calendar';
import type { CalendarEntry, CalendarView, FeedScope } from '@sidekick/contracts';
import type { IcsCalendar, IcsEvent } from './ics.ts';

const refreshHours = 1;

/** A calendar of staffing as programs show it. */
export const calendarOf = (scope: FeedScope, { name, entries }: CalendarView): IcsCalendar => ({
  name: scope === 'absences' ? 'Away' : scope === 'person' ? `${name}: work and leave` : `${name}: crew`,
  refreshHours,
  events: entries.map(eventOf),
});

/** An entry keeps its id; a project has many runs of weeks, each told by its first day. */
function eventOf(entry: CalendarEntry): IcsEvent {
  const { id, kind, from, to, changedAt, version } = entry;
  return {
    uid: `${kind === 'crew' ? `${id}-${from}` : id}@sidekick`,
    ...{ from, to, changedAt, sequence: version },
    ...wordsOf(entry),
    tentative: kind === 'away' ? false : entry.tentative,
    busy: kind === 'leave',
  };
}

function wordsOf(entry: CalendarEntry): Pick<IcsEvent, 'summary' | 'description'> {
  switch (entry.kind) {
    case 'work': {
      const { project, role, hoursPerWeek, open } = entry;
      return { summary: `${project}: ${role}, ${hoursWords(hoursPerWeek)} a week`, description: open ? 'No end is set.' : '' };
    }
    case 'leave':
      return { summary: `Leave${partWords(entry.amount)}`, description: entry.tentative ? 'Asked for, not approved yet.' : '' };
    case 'away':
      return { summary: `${entry.person} away${partWords(entry.amount)}`, description: '' };
    case 'crew':
      return { summary: `${entry.project}: ${listWords(entry.people.map(({ name }) => name))}`, description: crewWords(entry.people) };
  }
}

const crewWords = (people: Extract<CalendarEntry, { kind: 'crew' }>['people']): string =>
  people
    .map(
      ({ name, role, hoursPerWeek, tentative }) => `${name}: ${role}, ${hoursWords(hoursPerWeek)} a week${tentative ? ', tentative' : ''}`,
    )
    .join('\n');

function partWords(amount: Extract<CalendarEntry, { kind: 'leave' }>['amount']): string {
  if ('hours' in amount) return `, ${hoursWords(amount.hours)} a day`;
  return amount.portion < 1 ? `, ${countWords(amount.portion * 100, '% of each day', '% of each day')}` : '';
}
