import { type PersonView, SkillLevel } from '@sidekick/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { z } from 'zod';
import type { Read } from '../../api/ask.ts';
import { type Newest, useGuardedSave } from '../../staffing/guarded-save.ts';
import { lists } from '../../staffing/held.ts';
import { whoChanged } from '../../staffing/who-changed.ts';
import { levelOf, type SkillRow, withLevel } from './skill-rows.ts';

/** A level that was not set, and stays on the list until it is settled. */
export interface Unset {
  readonly person: string;
  readonly name: string;
  readonly row: SkillRow;
  readonly mine: number;
  readonly why: /** Somebody else set the same skill of the same person meanwhile. */
    | { readonly clash: { readonly who: string; readonly was: number; readonly theirs: number } }
    /** Somebody else saves the person again and again, or has deleted them. */
    | 'gone'
    | { readonly error: unknown };
}
/** What is listed once: a skill of a person. */
export const unsetKey = ({ person, row }: Pick<Unset, 'person' | 'row'>): string => `${person} ${row.key}`;

/** Against somebody who saves again and again. */
const mostTries = 5;

const skillsIn = ({ version, record }: Newest): Pick<PersonView, 'skills' | 'version'> | null => {
  const skills = z.array(SkillLevel).safeParse(record?.['skills']);
  return version !== null && skills.success ? { version, skills: skills.data } : null;
};

/** Sets levels one after another. What somebody else changed in the same list meanwhile stays; the same skill is asked about. */
export function useLevels() {
  const { attempt, reset } = useGuardedSave();
  const [unset, setUnset] = useState<readonly Unset[]>([]);
  const before = useRef<Promise<unknown>>(Promise.resolve());
  const client = useQueryClient();

  const settled = (cell: Pick<Unset, 'person' | 'row'>) =>
    setUnset((old) => (old.some((one) => unsetKey(one) === unsetKey(cell)) ? old.filter((one) => unsetKey(one) !== unsetKey(cell)) : old));

  const saveOne = async (id: string, row: SkillRow, next: (was: number) => number) => {
    const held = client.getQueryData<Read<PersonView[]>>(lists.people.queryKey)?.value.find((one) => one.id === id);
    if (!held) return;
    const name = held.private.name;
    const was = levelOf(held.skills, row);
    const level = next(was);
    const cell = { person: id, name, row, mine: level };
    settled(cell);
    if (level === was) return;
    const said = `${name}: ${row.name} ${level || 'none'} (was ${was || 'none'})`;
    const keep = (why: Unset['why']) => setUnset((old) => [...old, { ...cell, why }]);
    let base: Pick<PersonView, 'skills' | 'version'> = held;
    for (let tries = 0; tries < mostTries; tries += 1) {
      const patch = { skills: withLevel(base.skills, row, level) };
      const outcome = await attempt({ commands: [{ do: 'change', kind: 'person', id, version: base.version, patch }], said });
      if ('refused' in outcome) keep({ error: outcome.error });
      if (!('stale' in outcome)) return;
      reset();
      const newest = outcome.stale && skillsIn(outcome.stale);
      if (!newest) return keep('gone');
      const theirs = levelOf(newest.skills, row);
      if (theirs === level) return;
      if (theirs !== was) return keep({ clash: { who: await whoChanged(id), was, theirs } });
      base = newest;
    }
    keep('gone');
  };
  // Figures are typed faster than they are saved: each waits for the one before, and is over what that has made.
  const set = (id: string, row: SkillRow, next: (was: number) => number) => {
    before.current = before.current.then(() => saveOne(id, row, next));
  };
  const settle = (cell: Unset, mine: boolean) => {
    settled(cell);
    if (mine) set(cell.person, cell.row, () => cell.mine);
  };
  return { set, unset, settle };
}
