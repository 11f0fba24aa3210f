import { useId, useState } from 'react';
import { Field } from '../../ui/field.tsx';
import type { Fields } from './draft.ts';
import { OwnersField } from './owners-field.tsx';
import { ParentField } from './parent-field.tsx';

interface Props {
  fields: Fields;
  change: (patch: Partial<Fields>) => void;
  errorOf: (name: string) => string | undefined;
  isNew: boolean;
  open: boolean;
  /** Whether pages below move along with a new address; null where the address is as it was. */
  along: boolean | null;
  setAlong: (along: boolean) => void;
}

/** What the page says about itself: its title, where it stands, who cares for it. */
export function About({ fields, change, errorOf, isNew, open, along, setAlong }: Props) {
  const field = (name: 'title' | 'path' | 'tags' | 'message' | 'order' | 'review') => ({
    name,
    value: fields[name],
    error: errorOf(name),
    onChange: ({ target }: { target: { value: string } }) => change({ [name]: target.value }),
  });
  const wrong = ['path', 'tags', 'order', 'review', 'parent', 'owners'].some((name) => errorOf(name) !== undefined);
  // Once open it stays so: mended, a mistake would close it under the focus.
  const [shown, setShown] = useState(open || isNew);
  if (wrong && !shown) setShown(true);
  const visibility = useId();
  return (
    <>
      <Field label="Title" autoFocus={isNew} {...field('title')} />
      <details className="about" open={shown} onToggle={({ currentTarget }) => setShown(currentTarget.open)}>
        <summary>Address, place, tags, owners, review, who may read</summary>
        <div className="fd2">
          <div>
            <Field label="Address, below /p/" {...field('path')} help={isNew ? undefined : 'The old address leads to the new one.'} />
            {along !== null && (
              <label className="ck">
                <input type="checkbox" checked={along} onChange={({ target }) => setAlong(target.checked)} />
                Pages below the old address move along
              </label>
            )}
          </div>
          <ParentField value={fields.parent} error={errorOf('parent')} change={(parent) => change({ parent })} />
          <Field label="Place among its neighbours" {...field('order')} help="A number or words to sort by; empty: by title." />
          <Field label="Tags" {...field('tags')} help="Separated by commas." />
          <OwnersField fields={fields} error={errorOf('owners')} change={change} />
          <Field label="Weeks between reviews" inputMode="numeric" {...field('review')} help="Empty: no review is due." />
          <div className="fd">
            <label htmlFor={visibility}>Who may read it</label>
            <select
              id={visibility}
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
