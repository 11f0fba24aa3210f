import type { Wish } from '@sidekick/contracts';
import { keyOf } from '../state/names.ts';
import type { State } from '../state/state.ts';
import { type Change, changeOf } from './change.ts';
import type { OneNames } from './one-name.ts';

/** The same wish where the skill is not called otherwise. */
export function wishInOneName(record: Wish, names: OneNames): Wish {
  const skill = names.get(keyOf(record.skill)) ?? record.skill;
  return skill === record.skill ? record : { ...record, skill };
}

const keyOfWish = ({ person, skill }: Wish): string => `${person} ${keyOf(skill)}`;

/** What becomes of the wishes that nobody asked to change when skills are called otherwise: a new name, and of two of one person the end of one. */
export function wishesInOneName({ wish }: State, asked: readonly Change[], names: OneNames): Change[] {
  const own = new Set(asked.map(({ id }) => id));
  const others = [...wish.values()].flatMap(({ record }) => (own.has(record.id) ? [] : [record]));
  const next = others.map((record) => ({ record, named: wishInOneName(record, names) }));
  const renamed = next.filter(({ record, named }) => record !== named);
  if (renamed.length === 0) return [];
  const there = new Set(next.filter(({ record, named }) => record === named).map(({ record }) => keyOfWish(record)));
  for (const change of asked) if (change.kind === 'wish' && change.after) there.add(keyOfWish(change.after));
  return renamed.map(({ record, named }) => {
    const isOne = there.has(keyOfWish(named));
    there.add(keyOfWish(named));
    return changeOf('wish', record.id, record, isOne ? null : named);
  });
}
