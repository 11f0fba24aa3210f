import { hoursWords, rangeWords, type Span } from '@sidekick/calendar';

export const workWords = (person: string, project: string, role: string, state: string, hours: number, span: Span): string =>
  `${person} ${role} on ${project}, ${hoursWords(hours)} a week, ${rangeWords(span, null)}${state === 'tentative' ? ', tentative' : ''}`;

export const leaveWords = (person: string, portion: number, state: string, span: Span): string =>
  `${person} away ${rangeWords(span, null)}${portion < 1 ? `, ${portion} of each day` : ''}, ${state}`;
