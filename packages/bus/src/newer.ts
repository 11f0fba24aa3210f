/**
 * Whether a projection that last saw `known` (null: nothing yet) takes an event: a duplicate or an older one changes
 * nothing, and a restored database (a later epoch) starts its sequences anew.
 */
export function isNewer(known: { epoch: string; sequence: number } | null, event: { epoch: string; sequence: number }): boolean {
  if (!known) return true;
  return event.epoch === known.epoch ? event.sequence > known.sequence : event.epoch > known.epoch;
}
