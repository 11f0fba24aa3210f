import './editor.css';
import { type FormEvent, type KeyboardEvent, type ReactNode, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Field, FieldError } from '../../ui/field.tsx';
import { type Draft, dropDraft, type Fields, keepDraft, readDraft } from './drafts.ts';
import { wrongIn } from './fields.ts';
import { Preview } from './preview.tsx';

export interface EditorProps {
  heading: string;
  /** Name of the draft in this browser. */
  draft: string;
  saved: Fields;
  /** Version of the page that is edited; null for a new one. */
  version: number | null;
  /** A new page's path follows its title until somebody writes another. */
  pathFor?: (title: string) => string;
  /** Sends the fields with the version that the text began from; a rejected promise is shown by the caller in `note`. */
  save: (fields: Fields, version: number | null) => Promise<void>;
  busy: boolean;
  /** What stands between the head and the text: a problem. */
  note: ReactNode;
  wrong: ReadonlyMap<string, string>;
  leave: () => void;
  /** Opens the fields about the page first. */
  about?: boolean;
}

/** Markdown at the left, the page at the right; on a phone one of both. Saving publishes. Ctrl/Cmd S saves. */
export function Editor(props: EditorProps) {
  const { draft, saved, version, pathFor } = props;
  const [found, setFound] = useState<Draft | null>(() => newer(readDraft(draft), saved));
  const [fields, setFields] = useState<Fields>(found?.fields ?? saved);
  const [from, setFrom] = useState(found ? found.version : version);
  const [pane, setPane] = useState<'write' | 'read'>('write');
  const [wrong, setWrong] = useState<ReadonlyMap<string, string>>(new Map());
  const [kept, setKept] = useState(true);
  const change = (patch: Partial<Fields>) => {
    const follows = pathFor && patch.title !== undefined && fields.path === pathFor(fields.title);
    const next = { ...fields, ...patch, ...(follows && { path: pathFor(patch.title ?? '') }) };
    setFields(next);
    setKept(keepDraft(draft, { fields: next, version: from, at: new Date().toISOString() }));
  };
  const discard = () => {
    dropDraft(draft);
    setFound(null);
    setFields(saved);
    setFrom(version);
  };
  const send = async (event?: FormEvent) => {
    event?.preventDefault();
    const problems = wrongIn(fields);
    setWrong(problems);
    if (problems.size === 0) await props.save(fields, from);
  };
  const press = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    void send();
  };
  const errorOf = (name: string) => wrong.get(name) ?? props.wrong.get(name);
  return (
    <form className="ed fm" noValidate onSubmit={(event) => void send(event)} onKeyDown={press}>
      <header className="edh">
        <h1>{props.heading}</h1>
        <div className="seg only-s">
          <button type="button" aria-pressed={pane === 'write'} onClick={() => setPane('write')}>
            Write
          </button>
          <button type="button" aria-pressed={pane === 'read'} onClick={() => setPane('read')}>
            Read
          </button>
        </div>
        <Button onClick={props.leave}>Close</Button>
        <Button type="submit" look="primary" busy={props.busy}>
          {version === null ? 'Publish' : 'Save'}
        </Button>
      </header>
      {found && (
        <div className="conf">
          <span>What you wrote on {new Date(found.at).toLocaleString('en-GB')} and never saved is back.</span>
          <Button onClick={discard}>Throw it away</Button>
        </div>
      )}
      {!kept && <div className="conf">This browser has no room to keep a draft. Save before you leave.</div>}
      {props.note}
      <About fields={fields} change={change} errorOf={errorOf} isNew={version === null} open={props.about ?? false} />
      <div className="panes" data-pane={pane}>
        <div className="write">
          <label className="sr" htmlFor="body">
            Text in Markdown
          </label>
          <textarea
            id="body"
            spellCheck
            value={fields.body}
            aria-invalid={errorOf('body') ? true : undefined}
            aria-describedby="body-error"
            placeholder="# Markdown: headings, lists, tables, code, links to other pages"
            onChange={({ target }) => change({ body: target.value })}
          />
          <FieldError id="body-error" error={errorOf('body')} />
        </div>
        <section className="read" aria-label="As readers will see it">
          <Preview body={fields.body} path={fields.path} />
        </section>
      </div>
    </form>
  );
}

/** A draft that says something else than what is saved. */
function newer(draft: Draft | null, saved: Fields): Draft | null {
  return draft && JSON.stringify({ ...draft.fields, message: '' }) !== JSON.stringify({ ...saved, message: '' }) ? draft : null;
}

interface AboutProps {
  fields: Fields;
  change: (patch: Partial<Fields>) => void;
  errorOf: (name: string) => string | undefined;
  isNew: boolean;
  open: boolean;
}

function About({ fields, change, errorOf, isNew, open }: AboutProps) {
  const field = (name: 'title' | 'path' | 'tags' | 'message') => ({
    name,
    value: fields[name],
    error: errorOf(name),
    onChange: ({ target }: { target: { value: string } }) => change({ [name]: target.value }),
  });
  const showAll = open || isNew || ['path', 'tags'].some((name) => errorOf(name) !== undefined);
  return (
    <>
      <Field label="Title" autoFocus={isNew} {...field('title')} />
      <details className="about" open={showAll}>
        <summary>Address, tags, who may read</summary>
        <div className="fd2">
          <Field label="Address, below /p/" {...field('path')} help={isNew ? undefined : 'The old address leads to the new one.'} />
          <Field label="Tags" {...field('tags')} help="Separated by commas." />
          <div className="fd">
            <label htmlFor="visibility">Who may read it</label>
            <select
              id="visibility"
              value={fields.visibility}
              onChange={({ target }) => change({ visibility: target.value === 'public' ? 'public' : 'internal' })}
            >
              <option value="internal">Internal: people with an account</option>
              <option value="public">Public: everybody</option>
            </select>
          </div>
          {!isNew && <Field label="What this edit does" {...field('message')} help="For the history; may stay empty." maxLength={300} />}
        </div>
      </details>
    </>
  );
}
