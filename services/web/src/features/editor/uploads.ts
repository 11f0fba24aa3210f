import { AttachmentView, largestAttachment } from '@sidekick/contracts';
import { type ClipboardEvent, type DragEvent, useCallback, useRef, useState } from 'react';
import { ApiProblem, ask } from '../../api/ask.ts';
import { useIsMounted } from '../../app/is-mounted.ts';
import { useToast } from '../../app/session.tsx';
import { ulid } from '../../app/ulid.ts';
import { sizeOf } from '../../ui/sizes.ts';
import { placeholder } from './file-text.ts';

export interface Upload {
  id: string;
  file: File;
  /** Words for a person; null while it is being sent. */
  error: string | null;
  /** Whether sending it once more may help. */
  again: boolean;
}

export interface Uploads {
  /** Being sent, or failed and not yet dismissed. */
  uploads: readonly Upload[];
  /** Whether a file is on its way: saved now, the text would lack it. */
  sending: boolean;
  /** Counts as sending until the work is over. */
  hold: <T>(work: Promise<T>) => Promise<T>;
  add: (files: Iterable<File>) => void;
  retry: (upload: Upload) => void;
  dismiss: (upload: Upload) => void;
  /** Handlers of the text's field: files that are pasted or dropped are added where the cursor stands. */
  onPaste: (event: ClipboardEvent) => void;
  onDrop: (event: DragEvent) => void;
  onDragOver: (event: DragEvent) => void;
}

export interface UploadsOptions {
  /** Puts words where the cursor stands. */
  insert: (words: string) => void;
  /** Replaces words wherever they stand in the text as it is then. */
  replace: (words: string, by: string) => void;
}

/** Sends one file. Throws ApiProblem. */
export const sendFile = (file: File): Promise<AttachmentView> =>
  ask(AttachmentView, '/attachments', {
    method: 'POST',
    query: { name: file.name || 'picture.png' },
    body: new Blob([file], { type: 'application/octet-stream' }),
  });

/** What cannot be sent at all, in words. */
export const refusalOf = (file: File): string | null =>
  file.size === 0
    ? 'it is empty, or a folder'
    : file.size > largestAttachment
      ? `it has ${sizeOf(file.size)}; a file holds at most ${sizeOf(largestAttachment)}`
      : null;

/**
 * Files on their way into a text. Each has a placeholder in the text while it is sent, which becomes the picture or link; of one
 * that fails the placeholder goes and the reason stays. What comes after the text was left is told and written nowhere: the text
 * that is kept may be another form's by now.
 */
export function useUploads({ insert, replace }: UploadsOptions): Uploads {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const [held, setHeld] = useState(0);
  const here = useIsMounted();
  const toast = useToast();
  // Sending outlasts many renderings; it writes into the text as it is when the answer comes.
  const write = useRef({ insert, replace });
  write.current = { insert, replace };
  const send = useCallback(
    async (upload: Upload) => {
      const words = placeholder(upload.id, upload.file.name);
      const tooLate = () =>
        void toast(`“${upload.file.name}” was not added`, {
          tone: 'bad',
          detail: 'The text was closed before the file had arrived. Add it again.',
        });
      const fail = (error: string, again: boolean) =>
        setUploads((old) => [...old.filter(({ id }) => id !== upload.id), { ...upload, error, again }]);
      const refusal = refusalOf(upload.file);
      if (refusal) return fail(`“${upload.file.name}” was not added: ${refusal}`, false);
      setUploads((old) => [...old.filter(({ id }) => id !== upload.id), { ...upload, error: null }]);
      write.current.insert(words);
      try {
        const { markdown } = await sendFile(upload.file);
        if (!here()) return tooLate();
        write.current.replace(words, markdown);
        setUploads((old) => old.filter(({ id }) => id !== upload.id));
      } catch (error) {
        if (!here()) return tooLate();
        write.current.replace(words, '');
        const problem = error instanceof ApiProblem ? error : null;
        const reason = problem?.at('name') ?? problem?.message ?? 'something failed';
        fail(`“${upload.file.name}” was not added: ${reason}`, problem === null || problem.status === 0 || problem.status >= 500);
      }
    },
    [here, toast],
  );
  const hold = useCallback(async <T>(work: Promise<T>): Promise<T> => {
    setHeld((count) => count + 1);
    try {
      return await work;
    } finally {
      setHeld((count) => count - 1);
    }
  }, []);
  const add = useCallback(
    (files: Iterable<File>) => {
      for (const file of files) void send({ id: ulid(), file, error: null, again: false });
    },
    [send],
  );
  const take = (event: ClipboardEvent | DragEvent, data: DataTransfer | null) => {
    const files = [...(data?.files ?? [])];
    // A copied table or text brings a picture of itself too: what is words stays words.
    if (files.length === 0 || data?.types.includes('text/plain')) return;
    event.preventDefault();
    add(files);
  };
  return {
    uploads,
    sending: held > 0 || uploads.some(({ error }) => error === null),
    hold,
    add,
    retry: (upload) => void send(upload),
    dismiss: (upload) => setUploads((old) => old.filter(({ id }) => id !== upload.id)),
    onPaste: (event) => take(event, event.clipboardData),
    onDrop: (event) => take(event, event.dataTransfer),
    onDragOver: (event) => {
      if (event.dataTransfer.types.includes('Files')) event.preventDefault();
    },
  };
}
