import type { PersonView } from '@sidekick/contracts';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { SelectField } from '../../staffing/fields.tsx';
import { count } from '../../staffing/format.ts';
import { isHere, isolated, nameAmong, nameOf, peopleByName } from '../../staffing/people-names.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { hrefOf } from '../handbook/index.ts';
import { nobody, type Outcome } from './pages.ts';
import type { LeavingForm } from './use-leaving-form.ts';

interface Props {
  form: LeavingForm;
  people: ReadonlyMap<string, PersonView>;
  today: string;
}

/** Pages that they own: all to one person, or each by itself. The handbook is asked once staffing is saved. */
export function Pages({ form: { owned, draft, left }, people, today }: Props) {
  const { pages, error, retry } = owned;
  // Everybody once for each page is drawn only for whoever asks.
  const [each, setEach] = useState(false);
  if (error) return <ProblemNote error={error} retry={retry} what="The pages that they own did not load" />;
  if (!pages) return <Lines count={2} />;
  if (pages.length === 0) return null;
  const chosen = draft.value.pages;
  const set = (ids: readonly string[], value: string) => {
    const others = Object.fromEntries(Object.entries(chosen).filter(([id]) => !ids.includes(id)));
    draft.set({ pages: value === '' ? others : { ...others, ...Object.fromEntries(ids.map((id) => [id, value])) } });
  };
  const heirs = peopleByName(people.values()).filter((one) => one.id !== left.person.id && isHere(one, today));
  const options = [
    { value: '', label: 'Stays theirs' },
    { value: nobody, label: 'Nobody in their place' },
    ...heirs.map((one) => ({ value: one.id, label: isolated(nameAmong(one, people)) })),
  ];
  const all = pages.map(({ id }) => id);
  const first = chosen[all[0] ?? ''] ?? '';
  const isOne = all.every((id) => (chosen[id] ?? '') === first);
  return (
    <section aria-label="Pages they own" className="lv">
      <h3>Pages they own</h3>
      <SelectField
        label={pages.length === 1 ? 'The page' : `All ${pages.length} pages`}
        value={isOne ? first : 'several'}
        options={isOne ? options : [{ value: 'several', label: 'Several, as below' }, ...options]}
        onChange={(value) => value !== 'several' && set(all, value)}
        help="Handed over as you save, one after another; Undo of the change leaves them there"
      />
      {pages.length > 1 && (
        <details className="lv-e" onToggle={({ currentTarget }) => setEach(currentTarget.open)}>
          <summary>Each by itself</summary>
          {each &&
            pages.map((page) => (
              <SelectField
                key={page.id}
                label={isolated(page.title)}
                value={chosen[page.id] ?? ''}
                options={options}
                onChange={(value) => set([page.id], value)}
              />
            ))}
        </details>
      )}
      {pages.length === 1 && pages[0] && (
        <p className="mid fd">
          <Link className="nl" to={hrefOf(pages[0].path)}>
            <bdi>{pages[0].title}</bdi>
          </Link>
        </p>
      )}
    </section>
  );
}

/** What became of each page, once staffing is saved. */
export function Handed({ form, people }: { form: LeavingForm; people: ReadonlyMap<string, PersonView> }) {
  const { moved, outcomes, failed, again, close, isBusy } = form;
  const who = (to: string) => (to === nobody ? 'nobody in their place' : isolated(nameOf(to, people)));
  const words = (to: string, outcome: Outcome | undefined): string => {
    switch (outcome?.did) {
      case 'moved':
        return `is owned by ${who(to)}`;
      case 'gone':
        return 'was deleted meanwhile';
      case 'theirs':
        return `was taken from them meanwhile: ${outcome.owners.map(({ id }) => isolated(nameOf(id, people, id))).join(', ') || 'nobody'} owns it, not ${who(to)}`;
      case 'failed':
        return `was not handed over: ${outcome.words}`;
      default:
        return 'is being handed over…';
    }
  };
  return (
    <div className="fm">
      <p className="fd">What is chosen for their work is saved. The pages:</p>
      <ul className="rules fd" aria-label="What became of the pages" aria-live="polite">
        {moved.map(({ id, path, title, to }) => {
          const outcome = outcomes.get(id);
          return (
            <li key={id} className={outcome?.did === 'failed' ? 'bad' : undefined}>
              <Link className="nl" to={hrefOf(path)}>
                <bdi>{title}</bdi>
              </Link>{' '}
              {words(to, outcome)}
            </li>
          );
        })}
      </ul>
      <span className="gap" />
      <div className="sht-f">
        {failed.length > 0 && (
          <Button look="primary" onClick={again} busy={isBusy}>
            Try {failed.length === 1 ? 'that page' : count(failed.length, 'page')} again
          </Button>
        )}
        <Button look={failed.length > 0 ? 'quiet' : 'primary'} onClick={close} disabled={isBusy}>
          Close
        </Button>
      </div>
    </div>
  );
}
