import { isDeepStrictEqual } from 'node:util';
import type { Identity, Person } from '@sidekick/contracts';
import { Forbidden } from '@sidekick/service-kit';
import type { AnyRecord, Change } from './change-set.ts';

export const isManager = (actor: Identity): boolean => actor.roles.includes('manager');

/**
 * Managers may change everything. An engineer whose account is linked to a person may ask for own time off, change or
 * withdraw it while it is only requested, and set own skills; what is of the sample stays so, and nothing else becomes it. Throws Forbidden `managers-only`.
 */
export function refuseForbidden(actor: Identity, changes: readonly Change[], accept: readonly string[]): void {
  if (isManager(actor)) return;
  if (accept.length > 0) throw new Forbidden('managers-only', 'Only a manager may accept a broken rule');
  if (!changes.every((change) => isOwn(actor, change))) throw managersOnly();
}

/**
 * Before anything of a record that is stored is compared with what was sent: whose it is and would be. Else whoever may not write it
 * could learn from the kind of refusal what it holds. Throws Forbidden `managers-only`.
 */
export function refuseOthers(actor: Identity, records: readonly (AnyRecord | null)[]): void {
  if (isManager(actor)) return;
  const own = (record: AnyRecord) =>
    actor.person !== null && ('amount' in record ? record.person === actor.person : 'employment' in record && record.id === actor.person);
  if (!records.every((record) => record === null || own(record))) throw managersOnly();
}

const managersOnly = () =>
  new Forbidden('managers-only', 'Only a manager may change this; your own requests for leave and your skills are yours');

function isOwn({ person, roles }: Identity, change: Change): boolean {
  if (person === null || !roles.includes('engineer')) return false;
  if (change.kind === 'timeOff') {
    const isSample = change.before?.sample ?? false;
    return [change.before, change.after].every((side) => !side || (isOwnRequest(person, side) && side.sample === isSample));
  }
  if (change.kind !== 'person' || change.id !== person || !change.before || !change.after) return false;
  return isDeepStrictEqual(withoutSkills(change.before), withoutSkills(change.after));
}

const isOwnRequest = (person: string, request: { person: string; state: string }): boolean =>
  request.person === person && request.state === 'requested';

const withoutSkills = ({ skills: _skills, ...rest }: Person) => rest;
