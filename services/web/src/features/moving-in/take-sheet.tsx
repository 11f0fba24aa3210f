import { type ClipboardEvent, type DragEvent, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { type SheetFile, sheetOfFile, sheetOfPaste, sheetOfText } from './sheet-file.ts';

const noCells = 'These are no cells of a spreadsheet. Mark the cells there with their header, copy them, and paste them here.';

/** Choose a file, drop it, or paste cells straight from a spreadsheet. */
export function TakeSheet({ onSheet, small = false }: { onSheet: (file: SheetFile) => void; small?: boolean }) {
  const [error, setError] = useState<Error | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const take = async (chosen: File | undefined) => {
    if (!chosen) return;
    setError(null);
    try {
      onSheet(await sheetOfFile(chosen));
    } catch (failure) {
      setError(failure instanceof Error ? failure : new Error(String(failure)));
    }
  };
  const paste = (event: ClipboardEvent) => {
    event.preventDefault();
    const [dropped] = event.clipboardData.files;
    try {
      const sheet = sheetOfPaste(event.clipboardData);
      if (sheet) onSheet(sheet);
      else if (dropped && !dropped.type.startsWith('image/')) void take(dropped);
      else setError(new Error(noCells));
    } catch (failure) {
      setError(failure as Error);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    void take(event.dataTransfer.files[0]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is one way of three
    <div className={small ? 'mtake is-small' : 'mtake'} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <textarea
        rows={small ? 1 : 3}
        aria-label="Paste your sheet"
        placeholder="Paste your sheet here: mark the cells in the spreadsheet with their header, copy, and press Ctrl V or ⌘ V"
        value=""
        onPaste={paste}
        onChange={(event) => {
          const sheet = sheetOfText(event.currentTarget.value);
          if (sheet) onSheet(sheet);
          else setError(new Error(noCells));
        }}
      />
      <div className="acts">
        <Button look={small ? 'plain' : 'primary'} icon="upload" onClick={() => file.current?.click()}>
          Choose a file
        </Button>
        <span className="muted">CSV or XLSX, up to 10 MB; or drop it here</span>
      </div>
      <input
        ref={file}
        type="file"
        hidden
        aria-label="Sheet"
        accept=".csv,.tsv,.txt,.xlsx,.xlsm,.xls"
        onChange={(event) => {
          void take(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      {error && <ProblemNote error={error} what="This was not taken" />}
    </div>
  );
}
