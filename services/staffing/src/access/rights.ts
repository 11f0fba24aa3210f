import type { Identity, RecordKind } from '@sidekick/contracts';
import { Forbidden } from '@sidekick/service-kit';
import type { AnyRecord, Change } from '../kinds/change.ts';
import { isAbout, kindOf } from '../log/kinds.ts';

export const isManager = (actor: Identity): boolean => actor.roles.includes('manager');

/** Whether records of a kind are for this reader at all. */
export const mayRead = (reader: Identity, kind: string): boolean => kindOf(kind).readers === 'everybody' || isManager(reader);

/** Who may ask for records of a kind by themselves. */
export const readersOf = (kind: string): 'signed-in' | readonly ['manager'] =>
  kindOf(kind).readers === 'everybody' ? 'signed-in' : ['manager'];

/** What of some changes a reader may know to have happened. */
export const readableBy = (reader: Identity, changes: readonly Change[]): readonly Change[] =>
  changes.filter(({ kind }) => mayRead(reader, kind));

/** Before a record is looked for: whoever may not read its kind does not learn which ids there are. Throws Forbidden `managers-only`. */
export function refuseNoReader(actor: Identity, kind: string): void {
  if (!mayRead(actor, kind)) throw managersOnly();
}

/**
 * Managers may change everything; an engineer whose account is linked to a person, of records about that person what their kind lets
 * them. Throws Forbidden `managers-only`.
 */
export function refuseForbidden(actor: Identity, changes: readonly Change[], accept: readonly string[]): void {
  if (isManager(actor)) return;
  if (accept.length > 0) throw new Forbidden('managers-only', 'Only a manager may accept a broken rule');
  if (!changes.every((change) => mayMake(actor, change))) throw managersOnly();
}

/**
 * Before anything of a record that is stored is compared with what was sent: whose it is and would be. Else whoever may not write it
 * could learn from the kind of refusal what it holds. Throws Forbidden `managers-only`.
 */
export function refuseOthers(actor: Identity, kind: RecordKind, records: readonly (AnyRecord | null)[]): void {
  if (!isManager(actor) && !records.every((record) => record === null || isOwn(actor, kind, record))) throw managersOnly();
}

const managersOnly = () =>
  new Forbidden('managers-only', 'Only a manager may change this; your own requests for leave, skills, offers and wishes are yours');

function mayMake(actor: Identity, change: Change): boolean {
  const areOwn = [change.before, change.after].every((side) => side === null || isOwn(actor, change.kind, side));
  return actor.roles.includes('engineer') && areOwn && kindOf(change.kind).own?.may(change) === true;
}

/** Whether the record is about the person of the account, and of a kind that people may write. */
const isOwn = ({ person }: Identity, kind: RecordKind, record: AnyRecord): boolean =>
  kindOf(kind).own !== null && isAbout(kind, record, person);
