import type { KeyboardEvent } from 'react';
import { composing } from '../../app/input-method.ts';
import { FieldError } from '../../ui/field.tsx';
import { continueList } from './continue-list.ts';
import type { Uploads } from './uploads.ts';

/** Not `body`: the preview beside it holds the ids of the page's own headings. */
const boxId = 'sk-body';

interface Props {
  value: string;
  error: string | undefined;
  change: (value: string) => void;
  /** What becomes of files that are pasted or dropped. */
  files: Pick<Uploads, 'onPaste' | 'onDrop' | 'onDragOver'>;
}

/** Puts words where the cursor stands, as if they had been typed. */
export function insertWords(words: string, change: (value: string) => void): void {
  const box = document.getElementById(boxId) as HTMLTextAreaElement | null;
  if (!box) return;
  if (document.activeElement !== box) box.focus();
  if (typed(words)) return;
  box.setRangeText(words, box.selectionStart, box.selectionEnd, 'end');
  change(box.value);
}

/** The Markdown. Enter goes on with a list; Shift Enter does not. */
export function TextBox({ value, error, change, files }: Props) {
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const box = event.currentTarget;
    if (event.key !== 'Enter' || composing(event) || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    const made = continueList(box.value, box.selectionStart, box.selectionEnd);
    if (!made) return;
    event.preventDefault();
    box.setSelectionRange(made.from, made.to);
    if (!typed(made.insert)) {
      box.setRangeText(made.insert, made.from, made.to, 'end');
      change(box.value);
    }
  };
  return (
    <>
      <label className="sr" htmlFor={boxId}>
        Text in Markdown
      </label>
      <textarea
        id={boxId}
        spellCheck
        value={value}
        aria-invalid={error ? true : undefined}
        aria-describedby="sk-body-error"
        placeholder="# Markdown: headings, lists, tables, code, links to other pages"
        onKeyDown={press}
        onChange={({ target }) => change(target.value)}
        onPaste={files.onPaste}
        onDrop={files.onDrop}
        onDragOver={files.onDragOver}
      />
      <FieldError id="sk-body-error" error={error} />
    </>
  );
}

/** As if it had been typed, so that the browser's own undo knows of it. False where the browser cannot. */
const typed = (text: string): boolean =>
  typeof document.execCommand === 'function' &&
  (text === '' ? document.execCommand('delete') : document.execCommand('insertText', false, text));
