import './files.css';
import { AttachmentView, listOf } from '@sidekick/contracts';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import { ApiProblem, ask } from '../../api/ask.ts';
import { useToast } from '../../app/session.tsx';
import { Button } from '../../ui/button.tsx';
import { sizeOf } from '../../ui/sizes.ts';
import { type FileInText, filesInText, withoutFile } from './file-text.ts';
import { refusalOf, sendFile, type Uploads } from './uploads.ts';

/** A button that lets files be chosen. */
function ChooseFiles({ label, multiple, onFiles }: { label: ReactNode; multiple?: boolean; onFiles: (files: File[]) => void }) {
  const id = useId();
  return (
    <>
      <label className="btn" htmlFor={id}>
        {label}
      </label>
      <input
        className="sr"
        id={id}
        type="file"
        multiple={multiple}
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          // The same file may be chosen again after it failed.
          target.value = '';
        }}
      />
    </>
  );
}

/** Files on their way, and why one did not come. */
export function UploadNotes({ uploads, retry, dismiss }: Pick<Uploads, 'uploads' | 'retry' | 'dismiss'>) {
  return (
    <div aria-live="polite">
      {uploads.map((upload) => (
        <div key={upload.id} className={upload.error ? 'conf bad0' : 'conf'}>
          <span>{upload.error ?? `Sending “${upload.file.name}” (${sizeOf(upload.file.size)})…`}</span>
          {upload.error && upload.again && <Button onClick={() => retry(upload)}>Try again</Button>}
          {upload.error && <Button look="quiet" icon="x" aria-label="Dismiss" onClick={() => dismiss(upload)} />}
        </div>
      ))}
    </div>
  );
}

interface FilesProps {
  /** The page that is edited; null for a new one. */
  page: string | null;
  body: string;
  /** Writes the text anew. False once the text was left. */
  write: (change: (body: string) => string) => boolean;
  hold: Uploads['hold'];
  add: (files: File[]) => void;
}

/** What the text shows and links to: replaced and taken out here; added here, by paste, or by drop. */
export function Files({ page, body, write, add, hold }: FilesProps) {
  const inText = filesInText(body);
  const known = useKnown(page);
  return (
    <details className="about files">
      <summary>
        Pictures and files <span className="muted">{inText.length}</span>
      </summary>
      <p className="muted">Paste or drop them into the text, or choose them here. Readers see them once the page is saved.</p>
      <ul>
        {inText.map((file) => (
          <FileRow key={file.url} file={file} known={known.get(file.hash) ?? null} body={body} write={write} hold={hold} />
        ))}
      </ul>
      <ChooseFiles label="Add a picture or file" multiple onFiles={add} />
    </details>
  );
}

/** What is stored of the page's files; those that were just added are told by the text alone. */
function useKnown(page: string | null): ReadonlyMap<string, AttachmentView> {
  const stored = useQuery({
    queryKey: ['content', 'attachments', page],
    queryFn: ({ signal }) => ask(listOf(AttachmentView), '/attachments', { query: { page, limit: 200 }, signal }),
    enabled: page !== null,
    staleTime: 60_000,
  });
  return new Map(stored.data?.items.map((item) => [item.hash, item]));
}

type RowProps = Pick<FilesProps, 'body' | 'write' | 'hold'> & { file: FileInText; known: AttachmentView | null };

function FileRow({ file, known, body, write, hold }: RowProps) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const toast = useToast();
  const undo = (back: (body: string) => string) =>
    write(back) || toast('Not undone', { tone: 'bad', detail: 'The text is not open any more.' });
  const replace = async (chosen: File) => {
    const refusal = refusalOf(chosen);
    if (refusal) return setError(`“${chosen.name}” was not taken: ${refusal}`);
    setBusy(true);
    setError(null);
    try {
      const { url, name } = await hold(sendFile(chosen));
      if (!write((body) => body.replaceAll(file.url, url)))
        return void toast(`“${file.name}” was not replaced`, { tone: 'bad', detail: 'The text was closed before the file had arrived.' });
      toast(`“${file.name}” is “${name}” now`, {
        action: { label: 'Undo', run: () => undo((body) => body.replaceAll(url, file.url)) },
      });
    } catch (failure) {
      const problem = failure instanceof ApiProblem ? failure : null;
      setError(`“${chosen.name}” was not taken: ${problem?.at('name') ?? problem?.message ?? 'something failed'}`);
    } finally {
      setBusy(false);
    }
  };
  const remove = () => {
    const after = withoutFile(body, file.url);
    write(() => after);
    const back = (now: string) => (now === after ? body : `${now}\n\n[${file.name}](${file.url})\n`);
    toast(`“${file.name}” is out of the text`, { action: { label: 'Undo', run: () => undo(back) } });
  };
  const others = (known?.usedBy.length ?? 0) - 1;
  return (
    <li>
      {/\.(?:png|jpe?g|gif|webp|avif|svg|bmp|ico)$/i.test(file.name) ? <img src={file.url} alt="" /> : <span className="ph" aria-hidden />}
      <span className="grow">
        <a href={file.url} target="_blank" rel="noopener noreferrer">
          <bdi>{file.name}</bdi>
        </a>
        <small className="muted">
          {[
            known?.size != null && sizeOf(known.size),
            known?.addedBy && `added by ${known.addedBy}`,
            others > 0 && `${others} more ${others === 1 ? 'page uses' : 'pages use'} it`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
        {error && (
          <small className="err" role="alert">
            {error}
          </small>
        )}
      </span>
      {busy ? (
        <span className="muted">Sending…</span>
      ) : (
        <ChooseFiles
          label={
            <>
              Replace<span className="sr"> {file.name}</span>
            </>
          }
          onFiles={([chosen]) => chosen && void replace(chosen)}
        />
      )}
      <Button look="quiet" icon="trash" aria-label={`Take ${file.name} out of the text`} onClick={remove} />
    </li>
  );
}
