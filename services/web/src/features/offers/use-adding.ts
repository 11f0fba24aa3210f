import { useState } from 'react';
import { ulid } from '../../app/ulid.ts';
import type { RecordBody } from '../../staffing/form-types.ts';
import { useGuardedSave } from '../../staffing/guarded-save.ts';

/** Makes and removes records of a kind at one click each, with Undo in the notice; a click repeated after a lost answer makes nothing twice. */
export function useAdding<K extends 'volunteer' | 'wish'>(kind: K) {
  const guarded = useGuardedSave();
  const [id, setId] = useState(ulid);
  const add = async (record: RecordBody<K>, said: string): Promise<boolean> => {
    const saved = await guarded.run({ commands: [{ do: 'create', kind, id, record }], said });
    if (saved) setId(ulid());
    return saved !== null;
  };
  const remove = ({ id: gone, version }: { id: string; version: number }, said: string) =>
    guarded.run({ commands: [{ do: 'delete', kind, id: gone, version }], said });
  return { add, remove, busy: guarded.busy, error: guarded.error, stale: guarded.stale };
}
