import './editor.css';
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { composing } from '../../app/input-method.ts';
import { OrphanedDraftNote } from '../../app/orphaned-drafts.tsx';
import type { Unsaved } from '../../app/unsaved.ts';
import { Button } from '../../ui/button.tsx';
import { atMinute } from '../../ui/instants.ts';
import { About } from './about.tsx';
import { asDraft, type Draft } from './draft.ts';
import { wrongIn } from './fields.ts';
import { Files, UploadNotes } from './files.tsx';
import { Preview } from './preview.tsx';
import { putInPlace } from './put-in-place.ts';
import { insertWords, TextBox } from './text-box.tsx';
import { useUploads } from './uploads.ts';
import type { DraftInHand } from './use-draft.ts';

export interface EditorProps {
  heading: string;
  /** Id of the page that is edited; null for a new one. */
  page: string | null;
  unsaved: Unsaved<Draft>;
  draft: DraftInHand;
  /** Sends what the draft changed; what goes wrong is shown by the caller in `note`. `along`: pages below follow a new address. */
  save: (draft: Draft, along: boolean) => Promise<void>;
  busy: boolean;
  /** What stands between the head and the text: a problem. */
  note: ReactNode;
  /** Stands in place of the form while something is to be settled first. */
  instead?: ReactNode;
  wrong: ReadonlyMap<string, string>;
  leave: () => void;
  /** Opens the fields about the page first. */
  about?: boolean;
}

/** Markdown at the left, the page at the right; on a phone one of both. Saving publishes. Ctrl/Cmd S saves. */
export function Editor(props: EditorProps) {
  const { unsaved, draft } = props;
  const { change } = draft;
  const { fields, base } = draft.now;
  const [pane, setPane] = useState<'write' | 'read'>('write');
  const [wrong, setWrong] = useState<ReadonlyMap<string, string>>(new Map());
  const [along, setAlong] = useState(true);
  const isNew = base === null;
  const write = (by: (body: string) => string) => change(({ body }) => ({ body: by(body) }));
  const files = useUploads({
    insert: (words) => insertWords(words, (body) => change({ body })),
    replace: (words, by) => write((body) => putInPlace(body, words, by)),
  });
  const send = async (event?: FormEvent) => {
    event?.preventDefault();
    // Enter in one of the fields that stand there instead.
    if (props.instead) return;
    const written = draft.latest();
    const problems = wrongIn(written.fields);
    if (files.sending) problems.set('body', 'A file is still being sent: save once it has arrived');
    setWrong(problems);
    if (problems.size === 0 && !props.busy) await props.save(written, along);
  };
  const press = (event: KeyboardEvent) => {
    if (composing(event) || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    void send();
  };
  const form = useRef<HTMLFormElement>(null);
  // Save stays at the top of a long text: what is wrong may stand outside of the window.
  useEffect(() => {
    const first = wrong.size > 0 ? form.current?.querySelector<HTMLElement>('[aria-invalid=true]') : null;
    if (!first || first === document.activeElement) return;
    first.focus({ preventScroll: true });
    first.scrollIntoView?.({ block: 'center' });
  }, [wrong]);
  const errorOf = (name: string) => wrong.get(name) ?? props.wrong.get(name);
  return (
    <form ref={form} className="ed fm" noValidate onSubmit={(event) => void send(event)} onKeyDown={press}>
      <header className="edh">
        <h1>{props.heading}</h1>
        {!props.instead && <Panes pane={pane} show={setPane} />}
        <Button onClick={props.leave}>Close</Button>
        {!props.instead && (
          <Button type="submit" look="primary" busy={props.busy}>
            {isNew ? 'Publish' : 'Save'}
          </Button>
        )}
      </header>
      {draft.found && !props.instead && (
        <div className="conf">
          <span>What you wrote on {atMinute(draft.found)} and never saved is back.</span>
          <Button onClick={draft.discard}>Throw it away</Button>
        </div>
      )}
      {/* Where something is to be settled, it is about the text that stands here now. */}
      <OrphanedDraftNote
        texts={props.instead ? [] : unsaved.orphanedDrafts}
        take={(one) => draft.put(asDraft(one, draft.now.id))}
        about={(one) => one.fields.title}
      />
      {!draft.room && <div className="conf bad0">This browser has no room to keep a draft. Save before you leave.</div>}
      {props.note}
      {props.instead ?? (
        <>
          <About
            fields={fields}
            change={change}
            errorOf={errorOf}
            isNew={isNew}
            open={props.about ?? false}
            along={base && fields.path !== base.fields.path && base.fields.path !== '' ? along : null}
            setAlong={setAlong}
          />
          <Files page={props.page} body={fields.body} write={write} add={files.add} hold={files.hold} />
          <UploadNotes {...files} />
          <div className="panes" data-pane={pane}>
            <div className="write">
              <TextBox value={fields.body} error={errorOf('body')} change={(body) => change({ body })} files={files} />
            </div>
            <section className="read" aria-label="As readers will see it">
              <Preview body={fields.body} path={fields.path} />
            </section>
          </div>
        </>
      )}
    </form>
  );
}

function Panes({ pane, show }: { pane: 'write' | 'read'; show: (pane: 'write' | 'read') => void }) {
  return (
    <div className="seg only-s">
      <button type="button" aria-pressed={pane === 'write'} onClick={() => show('write')}>
        Write
      </button>
      <button type="button" aria-pressed={pane === 'read'} onClick={() => show('read')}>
        Read
      </button>
    </div>
  );
}
