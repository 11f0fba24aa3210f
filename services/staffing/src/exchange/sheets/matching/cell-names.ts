import { entriesOf } from '../entries/entry.ts';
import { isLeave } from '../entries/words.ts';
import { wordKey } from '../header/words.ts';
import { isTotal } from '../rows/kinds.ts';
import { personIn } from '../rows/names.ts';

/** What parts entries, brackets what they hold, or begins a formula. */
const unreadable = /[;|\n\r\t,/+()[\]{}?:=<>"]/g;

/** A name without what a cell of a sheet would be read as something else for. */
const plain = (name: string): string =>
  name
    .replaceAll(unreadable, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^['@=+\-–—\s]+/, '')
    .replace(/[-–—\s]+$/, '');

/** By which names compare once they went through a cell. */
export const cellKey = (name: string): string => wordKey(plain(name));

/** Whether a cell that begins with a name and 8 hours is read as that name. */
function isReadAs(name: string): boolean {
  const [entry, other] = entriesOf(`${name} 8h`, 'here');
  return entry !== undefined && other === undefined && 'work' in entry && entry.work.project === name;
}

/** A project as cells name it; null for a name that no cell can hold, such as one that reads as leave. */
export function projectInCell(name: string): string | null {
  const isFree = (text: string) => text !== '' && isReadAs(text) && !isLeave(text) && !isTotal(text) && !beginsFormula(text);
  return [name, plain(name)].find(isFree) ?? null;
}

/** A person as a cell names them; null for a name that is read as none. */
export function personInCell(name: string): string | null {
  const isFree = (text: string) => personIn(text) === 'name' && !isTotal(text) && !beginsFormula(text) && !/[([]/.test(text);
  return [name, plain(name)].find(isFree) ?? null;
}

/** What a spreadsheet would take for a formula. */
export const beginsFormula = (text: string): boolean => /^['=+\-@\t\r]/.test(text);
