import { ImportQuery } from '@sidekick/contracts';
import { type FormEvent, useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { becameOf } from '../../api/ask.ts';
import { useIsMounted } from '../../app/is-mounted.ts';
import { useOnlyMe, useSession, useStillMe, useToast } from '../../app/session.tsx';
import { TypedNote, useTyped } from '../../app/typed.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { sizeOf } from '../../ui/sizes.ts';
import { countOf, pack, type Upload, uploadOfFolder, uploadOfZip } from './pack.ts';
import { type SourceView, startImport } from './queries.ts';

type Stage = { step: 'packing'; done: number } | { step: 'sending'; bytes: number } | null;

/** A folder or a zip, the name it is known by, and where its pages live. `again` is a source imported before. */
export function UploadForm({ again, archive: archiveAtFirst }: { again: SourceView | undefined; archive: boolean }) {
  const [upload, setUpload] = useState<Upload | null>(null);
  // What is asked for by the address is another form: what was ticked in one is no answer to the other.
  const subject = `import:${archiveAtFirst ? 'archive' : ''}:${again?.key ?? ''}`;
  const typed = useTyped(subject, { source: again?.key ?? '', into: again?.into ?? '', isPublic: false, archive: archiveAtFirst });
  const { source, into, isPublic, archive } = typed.value;
  const [stage, setStage] = useState<Stage>(null);
  const [error, setError] = useState<Error | null>(null);
  const [wrong, setWrong] = useState<{ source?: string; upload?: string }>({});
  const navigate = useNavigate();
  const here = useIsMounted();
  const toast = useToast();
  const stillMe = useStillMe();
  const onlyMe = useOnlyMe();
  const { is } = useSession();
  const choose = (chosen: Upload) => {
    setUpload(chosen);
    setWrong({});
    if (source === '') typed.set({ source: chosen.name });
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
      onlyMe();
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
      const { id } = await startImport(zip, settings, stillMe);
      typed.clear();
      const look = () => void navigate(`/imports/${id}`);
      if (here()) look();
      else toast(`The import of ${name.data} has begun`, { action: { label: 'Look at it', run: look } });
    } catch (failure) {
      const problem = failure instanceof Error ? failure : new Error(String(failure));
      setError(problem);
      setStage(null);
      if (!here())
        toast(becameOf(problem, `The import of ${name.data} did not start`, `the import of ${name.data} started`), {
          tone: 'bad',
          detail: problem.message,
        });
    }
  };
  return (
    <form className="fm upl" noValidate onSubmit={(event) => void send(event)}>
      <TypedNote typed={typed} about={(one) => one.source} />
      <Chooser upload={upload} choose={choose} error={wrong.upload} />
      <div className="fd2">
        <Field
          label="Name of the source"
          value={source}
          error={wrong.source}
          onChange={({ target }) => typed.set({ source: target.value })}
          help="Importing under the same name again updates its pages, and archives those that are gone."
        />
        <Field
          label="Pages live under"
          placeholder={source === '' ? 'the name of the source' : source}
          value={into}
          onChange={({ target }) => typed.set({ into: target.value })}
          help="Empty takes the name."
        />
      </div>
      <label className="ck">
        <input type="checkbox" checked={isPublic} onChange={({ target }) => typed.set({ isPublic: target.checked })} />
        <span>Everybody may read these pages, without an account</span>
      </label>
      {is('manager', 'ops') && (
        <label className="ck">
          <input type="checkbox" checked={archive} onChange={({ target }) => typed.set({ archive: target.checked })} />
          <span>Archive what is gone from the folder even when that is much</span>
        </label>
      )}
      {error && <ProblemNote error={error} what="The import did not start" done="the import started" />}
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
    <div className="dropz">
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
  if (files instanceof Blob) return `zip, ${sizeOf(files.size)}`;
  const pages = files.filter(({ path }) => /\.(?:md|markdown|mdown|mkdn?|mdx|[rq]md)(?:\.erb)?$/i.test(path)).length;
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  const not =
    without.length > 0 ? `. Not sent: ${without.slice(0, 3).join(', ')}${without.length > 3 ? ` and ${without.length - 3} more` : ''}` : '';
  return `${files.length} files, ${pages} of them Markdown, ${sizeOf(bytes)}${not}`;
}

/** A pattern for the slashes at both ends would look at each of many again and again. */
function trimSlashes(text: string): string {
  let [from, to] = [0, text.length];
  while (text[from] === '/') from++;
  while (to > from && text[to - 1] === '/') to--;
  return text.slice(from, to);
}

function Progress({ stage, total }: { stage: NonNullable<Stage>; total: number }) {
  const share = stage.step === 'packing' ? stage.done / Math.max(1, total) : 1;
  const words = stage.step === 'packing' ? `Packing ${stage.done} of ${total} files` : `Sending ${sizeOf(stage.bytes)}`;
  return (
    <div className="run" role="status">
      <span className="mid">{words}</span>
      <span className="prog w">
        <i style={{ width: `${share * 100}%` }} />
      </span>
    </div>
  );
}
