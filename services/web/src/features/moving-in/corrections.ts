import { type AssignmentRole, nameKey, type SheetMoveRead, type SheetNameIs } from '@sidekick/contracts';
import type { SheetFile } from './sheet-file.ts';

export interface Corrections {
  cells: { row: number; column: number; text: string }[];
  year: number | null;
  people: { name: string; as: SheetNameIs }[];
  projects: { name: string; as: SheetNameIs }[];
  weeks: { name: string; hours: number; days: number | null }[];
  roles: { person: string; project: string; role: AssignmentRole }[];
  newPeople: { region: string | null; timeZone: string; hours: number[] | null };
  keep: string[];
  remove: string[];
}
/** A sheet with what was corrected of its reading. */
export interface Move extends SheetFile {
  readonly corrections: Corrections;
}

export const noCorrections = (timeZone: string): Corrections => ({
  ...{ cells: [], year: null, people: [], projects: [], weeks: [], roles: [], keep: [], remove: [] },
  newPeople: { region: null, timeZone, hours: null },
});

/** How many readings were corrected. */
export const countOf = ({ cells, year, people, projects, weeks, roles, keep, remove }: Corrections): number =>
  [cells, people, projects, weeks, roles, keep, remove].reduce((sum, list) => sum + list.length, year === null ? 0 : 1);

const others = <T>(list: readonly T[], is: (one: T) => boolean): T[] => list.filter((one) => !is(one));

/** Null puts back what the sheet has. */
export function withCell({ cells, ...rest }: Corrections, at: { row: number; column: number }, text: string | null): Corrections {
  const kept = others(cells, ({ row, column }) => row === at.row && column === at.column);
  return { ...rest, cells: text === null ? kept : [...kept, { ...at, text }] };
}

/** Null leaves it to the portal. */
export function withName(corrections: Corrections, kind: 'people' | 'projects', name: string, as: SheetNameIs | null): Corrections {
  const kept = others(corrections[kind], (one) => nameKey(one.name) === nameKey(name));
  return { ...corrections, [kind]: as === null ? kept : [...kept, { name, as }] };
}

export function withRole({ roles, ...rest }: Corrections, person: string, project: string, role: AssignmentRole): Corrections {
  const kept = others(roles, (one) => one.person === person && one.project === project);
  return { ...rest, roles: [...kept, { person, project, role }] };
}

export function withWeek({ weeks, ...rest }: Corrections, name: string, hours: number | null): Corrections {
  const kept = others(weeks, (one) => nameKey(one.name) === nameKey(name));
  return { ...rest, weeks: hours === null ? kept : [...kept, { name, hours, days: null }] };
}

export const toggled = (list: readonly string[], id: string, on: boolean): string[] => {
  const kept = others(list, (one) => one === id);
  return on ? [...kept, id] : kept;
};

/** `A`, `Z`, `AA`: as spreadsheets call columns. */
export function columnName(column: number): string {
  let name = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  return name;
}
export const cellName = (row: number, column: number): string => `${columnName(column)}${row}`;

export type Read = SheetMoveRead;
export type NameRead = Read['people'][number] | Read['projects'][number];
