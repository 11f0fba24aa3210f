import { isPlain, nameKey } from '@sidekick/contracts';

/** The form by which words of a sheet compare: without case, accents and repeated blanks (S10, S13). */
export const wordKey = (text: string): string =>
  isPlain(text) ? nameKey(text) : nameKey(nameKey(text).normalize('NFKD').replaceAll(/\p{M}/gu, ''));

/** The same without a last colon, as labels have them. */
export const labelKey = (text: string): string => wordKey(text).replace(/ ?:$/, '');

export type ColumnKind =
  | 'person'
  | 'project'
  | 'role'
  | 'week'
  | 'days'
  | 'from'
  | 'to'
  | 'hours'
  | 'status'
  | 'total-column'
  | 'notes-column';

const perWeek = ['hours/week', 'h/week', 'hours per week', 'hrs/wk', 'h/w'];
const wordsOf = {
  person: 'name, person, who, employee, team member, member, resource, engineer, developer, consultant, staff, people'.split(', '),
  project: ['project', 'projects', 'project name', 'job', 'engagement'],
  role: ['role'],
  week: ['capacity', 'contract hours', 'weekly hours', ...perWeek],
  days: ['days/week', 'days per week', 'working days'],
  from: ['from', 'start', 'starts', 'start date', 'begin'],
  to: ['to', 'end', 'ends', 'end date', 'until', 'till'],
  hours: ['hours', 'allocation', 'amount', 'effort'],
  status: ['status', 'state'],
  'total-column':
    'total, totals, sum, subtotal, average, avg, utilisation, utilization, remaining, free, available, availability, balance, fte'.split(
      ', ',
    ),
  'notes-column': ['note', 'notes', 'comment', 'comments', 'remark', 'remarks'],
} satisfies Record<ColumnKind, string[]>;

const byWord = new Map<string, ColumnKind>(
  (Object.entries(wordsOf) as [ColumnKind, string[]][]).flatMap(([kind, words]) => words.map((word) => [word, kind] as const)),
);
const weekly = new Set(perWeek);

/** What a column with this label holds; in a list hours a week are those of the assignment. */
export function columnKind(label: string, isList: boolean): ColumnKind | null {
  const key = labelKey(label);
  return isList && weekly.has(key) ? 'hours' : (byWord.get(key) ?? null);
}
