import type { CsvKind } from '@sidekick/contracts';
import { type DragEvent, useRef, useState } from 'react';
import { Link } from 'react-router-dom';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { sizeOf } from '../../ui/sizes.ts';
import { kindWords } from './kinds.ts';
import { type Chosen, chosen } from './requests.ts';
import { Seen } from './seen.tsx';
import { useImport } from './use-import.ts';

interface Props {
  kind: CsvKind;
  file: Chosen | null;
  choose: (file: Chosen | null) => void;
}

/** A file chosen or dropped, what it would change, and saving that. */
export function ImportPanel({ kind, file, choose }: Props) {
  const { seen, saving, refused, look, run, stop } = useImport(kind, file, () => choose(null));
  const [reason, setReason] = useState('');
  const reading = seen.is === 'seen' && !('refused' in seen.preview) ? seen.preview : null;
  return (
    <section className="xch-p" aria-labelledby="xch-import">
      <h2 id="xch-import">Import</h2>
      <p className="mid">
        {kindWords[kind].holds} What differs is shown before anything is saved: a column that is not there is left as it is, a blank cell is
        cleared, a row that is not there stays. A row with yes in the column delete goes.
      </p>
      <Chooser file={file} choose={choose} />
      {seen.is === 'reading' && file && (
        <div className="run" role="status">
          <span className="mid">Sending {sizeOf(file.bytes.size)} and comparing each row…</span>
          <Button onClick={stop}>Stop</Button>
        </div>
      )}
      {seen.is === 'nothing' && file && (
        <div className="acts">
          <Button onClick={look}>Look at {file.name}</Button>
        </div>
      )}
      {seen.is === 'failed' && <ProblemNote error={seen.error} retry={look} what="The file was not read" />}
      {seen.is === 'seen' && 'refused' in seen.preview && (
        <div className="problem" role="alert">
          <Icon name="warn" />
          <div>
            <b>{file?.name} cannot be read</b>
            <div>{seen.preview.words}.</div>
          </div>
          {seen.preview.kind ? (
            <Link className="btn" replace to={`/staffing/exchange?kind=${seen.preview.kind}`}>
              Import it as {kindWords[seen.preview.kind].many}
            </Link>
          ) : (
            <Button icon="replay" onClick={look}>
              Try again
            </Button>
          )}
        </div>
      )}
      {reading && <Seen key={reading.digest} {...{ reading, saving, refused, reason, setReason }} save={() => void run(reading, reason)} />}
    </section>
  );
}

function Chooser({ file, choose }: Omit<Props, 'kind'>) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (given: File | undefined) => {
    if (given) void chosen(given).then(choose);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  const hold = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button beside it does the same
    <div className={over ? 'xch-drop on' : 'xch-drop'} onDragOver={hold} onDragLeave={() => setOver(false)} onDrop={drop}>
      <Icon name="upload" />
      <div>
        <b>{file ? file.name : 'A CSV file'}</b>
        <small aria-live="polite">{file ? sizeOf(file.bytes.size) : 'Drop it here, or choose it. Commas, semicolons or tabs'}</small>
      </div>
      <Button onClick={() => input.current?.click()}>{file ? 'Choose another' : 'Choose a file'}</Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.tsv,.txt,text/csv"
        aria-label="CSV file"
        onChange={({ target }) => {
          take(target.files?.[0]);
          // The same file, edited, can be chosen again.
          target.value = '';
        }}
      />
    </div>
  );
}
