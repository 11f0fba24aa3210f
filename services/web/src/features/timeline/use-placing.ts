import type { PreviewAnswer } from '@sidekick/contracts';
import { type RefObject, useCallback, useMemo, useRef, useState } from 'react';
import { ulid } from '../../app/ulid.ts';
import { type AssignStart, assignDraft, readAssignment } from './assign-draft.ts';
import type { Records } from './bars.ts';
import { type Placing, placingWords } from './placing.ts';
import type { Drawn } from './slice.ts';
import { useAsking } from './use-asking.ts';

interface Options {
  records: Records | undefined;
  timeline: Drawn | undefined;
  today: string;
}

/** The same as a command, as the form would begin with it; null while it is not known who or where. */
function commandOf({ project, person, from, to }: Placing, id: string, records: Records, today: string) {
  if (project === null || person === null) return null;
  const start: AssignStart = { project, person, from, to };
  const { body } = readAssignment({ ...assignDraft(null, start, today, records), id }, today, records);
  return body && { do: 'create' as const, kind: 'assignment' as const, id, record: body };
}

/**
 * A new bar while it is drawn or dragged in: what is told of it at once, and, where it is known who and on what, what saving it would
 * break and change, as while a bar is moved.
 */
export function usePlacing({ records, timeline, today }: Options) {
  const [placing, setPlacing] = useState<Placing | null>(null);
  const [answer, setAnswer] = useState<PreviewAnswer | null>(null);
  const hint = useRef<HTMLDivElement>(null);
  const id = useRef(ulid());
  const { ask, forget } = useAsking();
  const latest = useRef({ records, today });
  latest.current = { records, today };
  const place = useCallback(
    (next: Placing | null) => {
      forget();
      setPlacing(next);
      setAnswer(null);
      const { records: known, today: day } = latest.current;
      const command = next && known && commandOf(next, id.current, known, day);
      if (command) ask([command], setAnswer);
    },
    [ask, forget],
  );
  const words = useMemo(
    () => (placing && timeline && records ? placingWords(placing, answer, timeline, records) : null),
    [placing, answer, timeline, records],
  );
  return { hint, place, answer, words };
}
export type PlacingState = ReturnType<typeof usePlacing>;

/** Puts the words beside the pointer, without a render. */
export function hintAt(hint: RefObject<HTMLDivElement | null>, x: number, y: number): void {
  if (hint.current)
    hint.current.style.transform = `translate(${Math.min(x + 14, innerWidth - 370)}px, ${Math.min(y + 18, innerHeight - 160)}px)`;
}
