import { ImportQuery } from '@sidekick/contracts';
import { type FormEvent, useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useSession } from '../../app/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { countOf, pack, type Upload, uploadOfFolder, uploadOfZip } from './pack.ts';
import { type SourceView, startImport } from './queries.ts';

type Stage = { step: 'packing'; done: number } | { step: 'sending'; bytes: number } | null;

/** A folder or a zip, the name it is known by, and where its pages live. `again` is a source imported before. */
export function UploadForm({ again, archive: archiveAtFirst }: { again: SourceView | undefined; archive: boolean }) {
  const [upload, setUpload] = useState<Upload | null>(null);
  const [source, setSource] = useState(again?.key ?? '');
  const [into, setInto] = useState(again?.into ?? '');
  const [isPublic, setPublic] = useState(false);
  const [archive, setArchive] = useState(archiveAtFirst);
  const [stage, setStage] = useState<Stage>(null);
  const [error, setError] = useState<Error | null>(null);
  const [wrong, setWrong] = useState<{ source?: string; upload?: string }>({});
  const navigate = useNavigate();
  const { is } = useSession();
  const choose = (chosen: Upload) => {
    setUpload(chosen);
    setWrong({});
    if (source === '') setSource(chosen.name);
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const name = ImportQuery.shape.source.safeParse(source);
    const missing = {
      ...(upload === null && { upload: 'Choose a folder or a zip first' }),
      ...(!name.success && { source: source.trim() === '' ? 'Name the source' : 'A name without / \\ ? or #' }),
    };
    setWrong(missing);
    if (upload === null || !name.success) return;
    setError(null);
    try {
      setStage({ step: 'packing', done: 0 });
      const zip = await pack(upload, (done) => setStage({ step: 'packing', done }));
      setStage({ step: 'sending', bytes: zip.size });
      const { without, files } = upload;
      const settings = {
        source: name.data,
        into: trimSlashes(into.trim()),
        public: isPublic,
        archive,
        rooted: !(files instanceof Blob),
        without,
      };
      const { id } = await startImport(zip, settings);
      void navigate(`/imports/${id}`);
    } catch (failure) {
      setError(failure instanceof Error ? failure : new Error(String(failure)));
      setStage(null);
    }
  };
  return (
    <form className="fm upl" noValidate onSubmit={(event) => void send(event)}>
      <Chooser upload={upload} choose={choose} error={wrong.upload} />
      <div className="fd2">
        <Field
          label="Name of the source"
          value={source}
          error={wrong.source}
          onChange={({ target }) => setSource(target.value)}
          help="Importing under the same name again updates its pages, and archives those that are gone."
        />
        <Field
          label="Pages live under"
          placeholder={source === '' ? 'the name of the source' : source}
          value={into}
          onChange={({ target }) => setInto(target.value)}
          help="Empty takes the name."
        />
      </div>
      <label className="ck">
        <input type="checkbox" checked={isPublic} onChange={({ target }) => setPublic(target.checked)} />
        <span>Everybody may read these pages, without an account</span>
      </label>
      {is('manager', 'ops') && (
        <label className="ck">
          <input type="checkbox" checked={archive} onChange={({ target }) => setArchive(target.checked)} />
          <span>Archive what is gone from the folder even when that is much</span>
        </label>
      )}
      {error && <ProblemNote error={error} what="The import did not start" />}
      {stage && <Progress stage={stage} total={upload ? countOf(upload) : 0} />}
      <div className="acts">
        <Button type="submit" look="primary" large busy={stage !== null}>
          Import
        </Button>
      </div>
    </form>
  );
}

function Chooser({ upload, choose, error }: { upload: Upload | null; choose: (upload: Upload) => void; error: string | undefined }) {
  const folder = useRef<HTMLInputElement>(null);
  const zip = useRef<HTMLInputElement>(null);
  return (
    <div className="drop">
      <Icon name="upload" />
      <div>
        <b>{upload ? upload.name : 'Your handbook'}</b>
        <small aria-live="polite">{upload ? describe(upload) : 'A folder on this computer, or a zip of one'}</small>
        {error && (
          <p className="fe" role="alert">
            <Icon name="warn" />
            {error}
          </p>
        )}
      </div>
      <span className="nw">
        <Button onClick={() => folder.current?.click()}>Choose a folder</Button>{' '}
        <Button onClick={() => zip.current?.click()}>Choose a zip</Button>
      </span>
      <input
        ref={folder}
        type="file"
        hidden
        multiple
        aria-label="Folder of the handbook"
        {...{ webkitdirectory: '' }}
        onChange={({ target }) => target.files?.length && choose(uploadOfFolder([...target.files]))}
      />
      <input
        ref={zip}
        type="file"
        hidden
        accept=".zip,application/zip"
        aria-label="Zip of the handbook"
        onChange={({ target }) => target.files?.[0] && choose(uploadOfZip(target.files[0]))}
      />
    </div>
  );
}

function describe({ files, without }: Upload): string {
  if (files instanceof Blob) return `zip, ${size(files.size)}`;
  const pages = files.filter(({ path }) => /\.(?:md|markdown|mdown|mkdn?|mdx|[rq]md)(?:\.erb)?$/i.test(path)).length;
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  const not =
    without.length > 0 ? `. Not sent: ${without.slice(0, 3).join(', ')}${without.length > 3 ? ` and ${without.length - 3} more` : ''}` : '';
  return `${files.length} files, ${pages} of them Markdown, ${size(bytes)}${not}`;
}

/** A pattern for the slashes at both ends would look at each of many again and again. */
function trimSlashes(text: string): string {
  let [from, to] = [0, text.length];
  while (text[from] === '/') from++;
  while (to > from && text[to - 1] === '/') to--;
  return text.slice(from, to);
}

function size(bytes: number): string {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function Progress({ stage, total }: { stage: NonNullable<Stage>; total: number }) {
  const share = stage.step === 'packing' ? stage.done / Math.max(1, total) : 1;
  const words = stage.step === 'packing' ? `Packing ${stage.done} of ${total} files` : `Sending ${size(stage.bytes)}`;
  return (
    <div className="run" role="status">
      <span className="mid">{words}</span>
      <span className="prog w">
        <i style={{ width: `${share * 100}%` }} />
      </span>
    </div>
  );
}
