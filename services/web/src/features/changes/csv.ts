import type { ChangeSetView } from '@sidekick/contracts';
import { ruleWords } from '../../staffing/rule-words.ts';

const columns: readonly (readonly [string, (set: ChangeSetView) => string | number | null])[] = [
  ['Number', ({ number }) => number],
  ['When (UTC)', ({ at }) => at],
  ['Who', ({ by }) => by.name],
  ['What', ({ summary }) => summary],
  ['Why', ({ reason }) => reason],
  ['Although', ({ accepted }) => (accepted.length > 0 ? ruleWords(accepted) : null)],
  ['Kinds', ({ changes, all }) => (all?.kinds ?? [...new Set(changes.map(({ kind }) => kind))]).join(' ')],
  ['Undoes', ({ undoes }) => undoes],
  ['Undone by', ({ undoneBy }) => undoneBy],
];

/**
 * What a spreadsheet takes for a formula, and with it for something to run, by its first letter: OWASP, CSV Injection. Blanks before it,
 * and marks that are not seen, do not save one from that.
 */
const formula = /^[\p{Z}\p{C}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/** One cell: in quotation marks, and never a formula. */
export function cell(value: string | number | null): string {
  if (typeof value === 'number') return String(value);
  const text = value ?? '';
  return `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

const line = (cells: readonly (string | number | null)[]): string => `${cells.map(cell).join(',')}\r\n`;

/** With the mark by which spreadsheets read UTF-8. */
export const csvHead = (): string => `\ufeff${line(columns.map(([name]) => name))}`;

export const csvLines = (sets: readonly ChangeSetView[]): string =>
  sets.map((set) => line(columns.map(([, value]) => value(set)))).join('');
