import type { CsvKind, CsvPreview, CsvReading } from '@sidekick/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiProblem } from '../../api/ask.ts';
import { useOnlyMe, useToast } from '../../app/session.tsx';
import { ulid } from '../../app/ulid.ts';
import { useUndo } from '../../staffing/changes.ts';
import { followingOf } from '../../staffing/following.ts';
import { count } from '../../staffing/format.ts';
import { speak } from '../../staffing/speak.ts';
import { kindWords } from './kinds.ts';
import { type Chosen, preview, save } from './requests.ts';

type Seen =
  | { readonly is: 'nothing' }
  | { readonly is: 'reading' }
  | { readonly is: 'seen'; readonly preview: CsvPreview }
  | { readonly is: 'failed'; readonly error: Error };

const errorOf = (caught: unknown): Error => (caught instanceof Error ? caught : new Error(String(caught)));

/** What a chosen file would change, and saving it; the file stays chosen whatever fails. `saved` is told once it stands. */
export function useImport(kind: CsvKind, file: Chosen | null, saved: () => void) {
  const [seen, setSeen] = useState<Seen>({ is: 'nothing' });
  const [saving, setSaving] = useState(false);
  const [refused, setRefused] = useState<Error | null>(null);
  const reading = useRef<AbortController | null>(null);
  const request = useRef({ of: '', id: '' });
  const client = useQueryClient();
  const [undo, toast, onlyMe] = [useUndo(), useToast(), useOnlyMe()];
  const look = useCallback(
    async (refusal: Error | null = null) => {
      reading.current?.abort();
      if (!file) return setSeen({ is: 'nothing' });
      const own = new AbortController();
      reading.current = own;
      setSeen({ is: 'reading' });
      setRefused(refusal);
      try {
        const answer = await preview(kind, file, own.signal);
        if (!own.signal.aborted) setSeen({ is: 'seen', preview: answer });
      } catch (caught) {
        if (!own.signal.aborted) setSeen({ is: 'failed', error: errorOf(caught) });
      }
    },
    [kind, file],
  );
  useEffect(() => {
    void look();
    return () => reading.current?.abort();
  }, [look]);
  const run = async ({ digest, accept }: CsvReading, reason: string) => {
    if (!file) return;
    setRefused(null);
    setSaving(true);
    // The same asked again, after an answer that was lost, is the same change set.
    if (request.current.of !== digest) request.current = { of: digest, id: ulid() };
    try {
      onlyMe();
      const done = await save(kind, file, { id: request.current.id, digest, accept, reason: reason.trim() || null });
      const { one, many } = kindWords[kind];
      const said = `Imported ${count(done.new + done.changed + done.removed, one, many)} from ${file.name}`;
      const { number } = done;
      toast(said, number === null ? {} : { action: { label: 'Undo', run: () => void undo(number, said) }, about: `change set ${number}` });
      speak(said);
      saved();
      void followingOf(client).catchUp();
    } catch (caught) {
      // What it would change by now is shown beside why it was refused.
      if (caught instanceof ApiProblem && caught.code === 'preview-outdated') void look(caught);
      else setRefused(errorOf(caught));
    }
    setSaving(false);
  };
  const stop = () => {
    reading.current?.abort();
    setSeen({ is: 'nothing' });
  };
  return { seen, saving, refused, look: () => void look(), run, stop };
}
