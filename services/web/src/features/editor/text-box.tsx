import type { KeyboardEvent } from 'react';
import { FieldError } from '../../ui/field.tsx';
import { continueList } from './continue-list.ts';

interface Props {
  value: string;
  error: string | undefined;
  change: (value: string) => void;
}

/** The Markdown. Enter goes on with a list; Shift Enter does not. */
export function TextBox({ value, error, change }: Props) {
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const box = event.currentTarget;
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
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
      <label className="sr" htmlFor="body">
        Text in Markdown
      </label>
      <textarea
        id="body"
        spellCheck
        value={value}
        aria-invalid={error ? true : undefined}
        aria-describedby="body-error"
        placeholder="# Markdown: headings, lists, tables, code, links to other pages"
        onKeyDown={press}
        onChange={({ target }) => change(target.value)}
      />
      <FieldError id="body-error" error={error} />
    </>
  );
}

/** As if it had been typed, so that the browser's own undo knows of it. False where the browser cannot. */
const typed = (text: string): boolean =>
  typeof document.execCommand === 'function' &&
  (text === '' ? document.execCommand('delete') : document.execCommand('insertText', false, text));
