import { hoursWords, isoDay, isoWeek, meet, numberWords, rangeWords, type Span, weekSpan, weeksIn } from '@sidekick/calendar';
import { type Assignment, everyRegion, type FigurePart, type FigureRow, regionOn } from '@sidekick/contracts';
import type { Figures } from '../figures/index.ts';
import { ofPerson } from '../kinds/records-of.ts';
import { keyOf } from '../state/names.ts';
import type { State } from '../state/state.ts';

const epsilon = 1e-9;

export const partOf = (as: FigurePart['as'], title: string, rows: FigureRow[], unit: FigurePart['unit'] = 'hours'): FigurePart => ({
  ...{ as, title, unit },
  value: rows.reduce((sum, { value }) => sum + value, 0),
  rows,
});

const daysOf = ({ from, to }: Span) => ({ from: isoDay(from), to: isoDay(to) });

const patternRow = (figures: Figures, person: string, span: Span): FigureRow[] => {
  const value = figures.gross(person, span);
  return value > epsilon ? [{ kind: 'pattern', value, person, words: 'weekly pattern' }] : [];
};

/** The holiday that counts for a person on a day, of their region that day or of every region: of two the larger (A4). */
const holidayOn = ({ person, holiday }: State, id: string, date: string) => {
  const record = person.get(id)?.record;
  const keys = [everyRegion, record ? regionOn(record, date) : null].map((region) => region && keyOf(region));
  const those = [...holiday.values()].map((one) => one.record).filter((one) => one.date === date && keys.includes(keyOf(one.region)));
  return those.sort((a, b) => b.portion - a.portion || (a.id < b.id ? -1 : 1))[0];
};

/** What holidays and leave take. */
const takenRows = (figures: Figures, person: string, span: Span): FigureRow[] =>
  figures.taken(person, span).map(({ timeOff, hours, ...days }) => {
    if (timeOff !== null) return { kind: 'leave', value: -hours, ...daysOf(days), person, timeOff, words: 'leave' };
    const holiday = holidayOn(figures.state, person, isoDay(days.from));
    return {
      kind: 'holiday',
      value: -hours,
      ...daysOf(days),
      person,
      ...(holiday ? { holiday: holiday.id } : {}),
      words: holiday?.name ?? 'holiday',
    };
  });

const netRows = (figures: Figures, person: string, span: Span): FigureRow[] => [
  ...patternRow(figures, person, span),
  ...takenRows(figures, person, span),
];

/** `sidekick, 8 h a week, tentative`. */
const workWords = (figures: Figures, { id, role, hoursPerWeek }: Assignment): string => {
  const state = figures.counts(id) === 'tentative' ? ', tentative' : '';
  return `${role}, ${hoursWords(hoursPerWeek)} a week${state}`;
};

export const workRow = (figures: Figures, record: Assignment, value: number): FigureRow => ({
  ...{ kind: 'work', value, person: record.person, project: record.project, assignment: record.id },
  words: workWords(figures, record),
});

/** Effective hours of each assignment of the person that has any. */
const workRows = (figures: Figures, person: string, span: Span, withTentative: boolean | undefined, sign: 1 | -1): FigureRow[] =>
  ofPerson(figures.state.assignment, person).flatMap((record) => {
    const counts = figures.counts(record.id);
    if (counts === 'nowhere' || (counts === 'tentative' && !withTentative)) return [];
    const value = figures.effective(record.id, span);
    return value > epsilon ? [workRow(figures, record, sign * value)] : [];
  });

export const grossParts = (figures: Figures, person: string, span: Span): FigurePart[] => [
  partOf('sum', 'Weekly pattern', patternRow(figures, person, span)),
];

export const netParts = (figures: Figures, person: string, span: Span): FigurePart[] => [
  partOf('sum', 'Net hours', netRows(figures, person, span)),
];

/** Of an assignment by week. */
export const workParts = (figures: Figures, span: Span, what: 'planned' | 'effective', assignment: string): FigurePart[] => {
  const record = figures.state.assignment.get(assignment)?.record;
  const weeks = weeksIn(span).flatMap((week): FigureRow[] => {
    const days = meet(weekSpan(week), span);
    const value = figures[what](assignment, days);
    if (!record || value <= epsilon) return [];
    return [{ ...workRow(figures, record, value), week: isoWeek(week), ...daysOf(days) }];
  });
  return [partOf('sum', 'By week', weeks)];
};

/** Week by week what there is, what is kept free, and the work. */
export function remainingParts(
  figures: Figures,
  person: string,
  span: Span,
  today: string,
  withTentative: boolean | undefined,
): FigurePart[] {
  const share = figures.state.person.get(person)?.record.operationsShare ?? 0;
  // Also where the span holds no week of the contract it is told of whom: an unknown person is none.
  figures.net(person, span);
  return weeksIn(span).flatMap((week) => {
    const days = meet(weekSpan(week), span);
    const net = netRows(figures, person, days);
    const work = workRows(figures, person, days, withTentative, -1);
    const operations = figures.operations(person, days);
    const words = `${numberWords(share * 100)} % of ${hoursWords(figures.net(person, days))} net, kept free of projects`;
    const kept: FigureRow[] = operations > epsilon ? [{ kind: 'operations', value: -operations, person, words }] : [];
    const rows = [...net, ...kept, ...work];
    return rows.length === 0 ? [] : [partOf('sum', rangeWords(days, today), rows)];
  });
}

/** The weeks that are over: work, less what there is for it. */
export function overParts(figures: Figures, person: string, span: Span, today: string, withTentative: boolean | undefined): FigurePart[] {
  return weeksIn(span).flatMap((week) => {
    const days = meet(weekSpan(week), span);
    if (figures.overHours(person, days, withTentative) === 0) return [];
    const net = netRows(figures, person, days).map((row) => ({ ...row, value: -row.value }));
    return [partOf('sum', rangeWords(days, today), [...workRows(figures, person, days, withTentative, 1), ...net])];
  });
}

interface Asked {
  readonly withTentative?: boolean | undefined;
  readonly [bucket: string]: unknown;
}

/** Of one person the records, of several each person, with the figure that each of them is. */
export function utilisationParts(figures: Figures, people: string | readonly string[], span: Span, asked: Asked): FigurePart[] {
  const { withTentative } = asked;
  const title = withTentative ? 'Confirmed and tentative work' : 'Confirmed work';
  if (typeof people === 'string') {
    return [
      partOf('numerator', title, workRows(figures, people, span, withTentative, 1)),
      partOf('denominator', 'Net hours', netRows(figures, people, span)),
    ];
  }
  const { team: _team, ...bucket } = asked;
  const each = people.map((person) => ({
    person,
    work: figures.confirmed(person, span) + (withTentative ? figures.tentative(person, span) : 0),
    net: figures.net(person, span),
  }));
  type Each = (typeof each)[number];
  const rowsOf = (hours: (one: Each) => number, words: (one: Each) => string) =>
    each
      .filter((one) => hours(one) > epsilon)
      .sort((a, b) => hours(b) - hours(a))
      .map((one): FigureRow => {
        const { person } = one;
        return {
          kind: 'person',
          value: hours(one),
          person,
          words: words(one),
          question: { what: 'utilisation', args: { person, ...bucket } },
        };
      });
  const workRowsOf = rowsOf(
    ({ work }) => work,
    ({ net }) => `of ${hoursWords(net)} net`,
  );
  const netRowsOf = rowsOf(
    ({ net }) => net,
    ({ work }) => `${hoursWords(work)} of it work`,
  );
  return [partOf('numerator', title, workRowsOf), partOf('denominator', 'Net hours', netRowsOf)];
}

/** Of each person who has net hours or work, most first. */
export function freeOfEach(figures: Figures, people: readonly string[], span: Span, asked: Asked): FigurePart[] {
  const { withTentative, team: _team, ...bucket } = asked;
  const tentative = withTentative ? { withTentative } : {};
  const rows = people
    .map((person): FigureRow => {
      const words = `of ${hoursWords(figures.net(person, span))} net`;
      const question = { what: 'remaining' as const, args: { person, ...tentative, ...bucket } };
      return { kind: 'person', value: figures.remaining(person, span, withTentative), person, words, question };
    })
    .filter(({ value }) => Math.abs(value) > epsilon)
    .sort((a, b) => b.value - a.value);
  return [partOf('sum', 'Free hours of each person', rows)];
}

/** The share of each person who has net hours (A24). */
export function fairnessParts(figures: Figures, people: readonly string[], span: Span): FigurePart[] {
  const rows = people.flatMap((person): FigureRow[] => {
    const net = figures.net(person, span);
    if (net <= epsilon) return [];
    let hours = 0;
    for (const { id, role } of ofPerson(figures.state.assignment, person)) {
      if (role === 'sidekick' && figures.counts(id) === 'confirmed') hours += figures.effective(id, span);
    }
    return [{ kind: 'person', value: hours / net, person, words: `${hoursWords(hours)} as sidekick of ${hoursWords(net)} net` }];
  });
  return [partOf('given', 'Share of each person', rows, 'share')];
}
