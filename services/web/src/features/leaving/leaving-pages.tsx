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
        help="Handed over as you save; Undo of the change leaves them there"
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

/** Of more pages than this only those are named that are not handed over as it was chosen, and of these not all. */
const [mostListed, mostNamed] = [20, 100];

/** What became of each page, once staffing is saved: how far it is, and which were not changed. */
export function Handed({ form, people }: { form: LeavingForm; people: ReadonlyMap<string, PersonView> }) {
  const { moved, outcomes, failed, again, stop, close, isBusy } = form;
  const did = ({ id }: { id: string }) => outcomes.get(id)?.did;
  const over = moved.filter((one) => did(one) !== 'under-way' && !failed.includes(one)).length;
  const named = moved.length <= mostListed ? moved : moved.filter((one) => did(one) !== 'moved' && did(one) !== 'under-way');
  return (
    <div className="fm">
      <p className="fd">What is chosen for their work is saved. The pages:</p>
      <p className="fd" role="status">
        {progressWords(over, moved.length, isBusy ? 0 : failed.length)}
      </p>
      {isBusy && (
        <div className="prog" aria-hidden="true">
          <i style={{ width: `${(over / Math.max(1, moved.length)) * 100}%` }} />
        </div>
      )}
      {named.length > 0 && (
        <ul className="rules fd" aria-label="What became of the pages">
          {named.slice(0, mostNamed).map(({ id, path, title, to }) => (
            <li key={id} className={did({ id }) === 'failed' ? 'bad' : undefined}>
              <Link className="nl" to={hrefOf(path)}>
                <bdi>{title}</bdi>
              </Link>{' '}
              {outcomeWords(to, outcomes.get(id), people)}
            </li>
          ))}
          {named.length > mostNamed && <li>and {count(named.length - mostNamed, 'other')}</li>}
        </ul>
      )}
      <span className="gap" />
      <div className="sht-f">
        {failed.length > 0 && !isBusy && (
          <Button look="primary" onClick={again}>
            Try {failed.length === 1 ? 'that page' : count(failed.length, 'page')} again
          </Button>
        )}
        {isBusy && moved.length > 1 && <Button onClick={stop}>Stop</Button>}
        <Button look={failed.length > 0 ? 'quiet' : 'primary'} onClick={close} disabled={isBusy}>
          Close
        </Button>
      </div>
    </div>
  );
}

/** `12 of 500 pages are done`, and how many were left as they are. */
function progressWords(done: number, all: number, left: number): string {
  const words = done === all ? `All of ${count(all, 'page')} done` : `${done} of ${count(all, 'page')} done`;
  return left === 0 ? words : `${words}; ${left === 1 ? 'one was' : `${left} were`} not changed`;
}

function outcomeWords(to: string, outcome: Outcome | undefined, people: ReadonlyMap<string, PersonView>): string {
  const who = to === nobody ? 'nobody in their place' : isolated(nameOf(to, people));
  switch (outcome?.did) {
    case 'moved':
      return `is owned by ${who}`;
    case 'gone':
      return 'was deleted meanwhile';
    case 'theirs':
      return `was taken from them meanwhile: ${outcome.owners.map(({ id }) => isolated(nameOf(id, people, id))).join(', ') || 'nobody'} owns it, not ${who}`;
    case 'failed':
      return `was not handed over: ${outcome.words}`;
    case 'stopped':
      return 'was not handed over: stopped before it';
    default:
      return 'is being handed over…';
  }
}
