import { type PersonView, SkillLevel } from '@sidekick/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { z } from 'zod';
import type { Read } from '../../api/ask.ts';
import { type Newest, useGuardedSave } from '../../staffing/guarded-save.ts';
import { lists } from '../../staffing/held.ts';
import { whoChanged } from '../../staffing/who-changed.ts';
import { levelOf, type SkillRow, withLevel } from './skill-rows.ts';

/** Somebody else set the same skill of the same person meanwhile. */
export interface Clash {
  readonly person: Pick<PersonView, 'id'>;
  readonly name: string;
  readonly row: SkillRow;
  readonly who: string;
  readonly was: number;
  readonly theirs: number;
  readonly mine: number;
}

/** Against somebody who saves again and again. */
const mostTries = 5;

const skillsIn = ({ version, record }: Newest): Pick<PersonView, 'skills' | 'version'> | null => {
  const skills = z.array(SkillLevel).safeParse(record?.['skills']);
  return version !== null && skills.success ? { version, skills: skills.data } : null;
};

/** Sets levels one after another. What somebody else changed in the same list meanwhile stays; the same skill is asked about. */
export function useLevels() {
  const { attempt, error, reset } = useGuardedSave();
  const [clash, setClash] = useState<Clash | null>(null);
  const [gone, setGone] = useState<string | null>(null);
  const before = useRef<Promise<unknown>>(Promise.resolve());
  const client = useQueryClient();

  const saveOne = async (id: string, row: SkillRow, next: (was: number) => number) => {
    const held = client.getQueryData<Read<PersonView[]>>(lists.people.queryKey)?.value.find((one) => one.id === id);
    if (!held) return;
    const name = held.private.name;
    const was = levelOf(held.skills, row);
    const level = next(was);
    if (level === was) return;
    const said = `${name}: ${row.name} ${level || 'none'} (was ${was || 'none'})`;
    setGone(null);
    let base: Pick<PersonView, 'skills' | 'version'> = held;
    for (let tries = 0; tries < mostTries; tries += 1) {
      const patch = { skills: withLevel(base.skills, row, level) };
      const outcome = await attempt({ commands: [{ do: 'change', kind: 'person', id, version: base.version, patch }], said });
      if (!('stale' in outcome)) return;
      reset();
      const newest = outcome.stale && skillsIn(outcome.stale);
      if (!newest) return setGone(name);
      const theirs = levelOf(newest.skills, row);
      if (theirs === level) return;
      if (theirs !== was) return setClash({ person: held, name, row, who: await whoChanged(id), was, theirs, mine: level });
      base = newest;
    }
    setGone(name);
  };
  // Figures are typed faster than they are saved: each waits for the one before, and is over what that has made.
  const set = (id: string, row: SkillRow, next: (was: number) => number) => {
    before.current = before.current.then(() => saveOne(id, row, next));
  };
  const settle = (mine: boolean) => {
    if (mine && clash) set(clash.person.id, clash.row, () => clash.mine);
    setClash(null);
  };
  return { set, error, clash, settle, gone };
}
