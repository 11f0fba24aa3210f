import './search.css';
import { useFocusTrap } from '@mantine/hooks';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { composing } from '../../app/input-method.ts';
import { rememberSearch } from '../../app/recent-searches.ts';
import { useSession } from '../../app/session.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { useSettled } from '../../ui/use-settled.ts';
import { targetOf } from './hit.tsx';
import { OfferLink, WishLink } from './onward.tsx';
import { Nothing, Recent, Results } from './palette-results.tsx';
import { Correction, Facets, Notes, QueryHelp } from './parts.tsx';
import { type HitType, useGroups } from './queries.ts';
import { sendable } from './sendable.ts';

/** Milliseconds of silence after which what was typed is searched. */
const pause = 70;

/** Search over whatever is on screen. Arrows move, Enter opens, Ctrl/Cmd Enter opens beside, Escape leaves. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { me } = useSession();
  const [q, setQ] = useState('');
  const [exact, setExact] = useState(false);
  const [type, setType] = useState<HitType | null>(null);
  const [help, setHelp] = useState(false);
  const [at, setAt] = useState(0);
  const list = useId();
  const navigate = useNavigate();
  const trap = useFocusTrap(true);
  const settled = useSettled(q, pause);
  const asked = { q: settled === '?' ? '' : settled, exact, typing: true };
  const found = useGroups(asked, type);
  const empty = asked.q.trim() === '';
  const groups = empty ? [] : found.groups;
  const hits = groups.flatMap((group) => group.hits);
  const active = Math.min(at, Math.max(0, hits.length - 1));
  useReturnedFocus();
  const change = (text: string) => {
    setQ(text);
    setExact(false);
    setAt(0);
  };
  const open = (to: string, beside: boolean) => {
    rememberSearch(me?.account, q);
    if (beside) window.open(to, '_blank', 'noopener');
    else {
      onClose();
      void navigate(to);
    }
  };
  const press = (event: KeyboardEvent) => {
    if (composing(event)) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') onClose();
    else if (step && hits.length > 0) setAt((active + step + hits.length) % hits.length);
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      const hit = hits[active];
      // Enter before the answer has come means "search this".
      open(hit && settled === q ? targetOf(hit) : pageOf(q), event.ctrlKey || event.metaKey);
    } else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a click beside the palette leaves it, as Escape does
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape leaves it
    <div className="scrim" onClick={(event) => event.target === event.currentTarget && onClose()}>
      <div className="palette" role="dialog" aria-modal="true" aria-label="Search" ref={trap} onKeyDown={press}>
        <div className="q">
          <Icon name="search" />
          <input
            data-autofocus
            role="combobox"
            aria-label="Search pages, people, projects"
            aria-expanded={hits.length > 0}
            aria-controls={list}
            aria-activedescendant={hits[active] && `${list}-${active}`}
            autoComplete="off"
            spellCheck={false}
            placeholder="Search pages, people, projects"
            value={q}
            onChange={({ target }) => change(target.value)}
          />
          <button type="button" className="esc" onClick={onClose} aria-label="Close search">
            <kbd className="hide-s">esc</kbd>
            <span className="only-s">Close</span>
          </button>
        </div>
        {found.answer && !empty && <Correction q={asked.q} answer={found.answer} asTyped={() => setExact(true)} />}
        {found.answer && !empty && <Notes q={asked.q} notes={found.answer.notes} />}
        {found.answer && !empty && <Facets counts={found.answer.counts} type={type} choose={setType} />}
        <div className="res">
          {found.error && <ProblemNote error={found.error} retry={found.retry} what="The search did not answer" />}
          {help || q === '?' ? <QueryHelp take={change} /> : empty && <Recent take={change} />}
          <Results id={list} groups={groups} active={active} open={open} />
          {!empty && found.answer && hits.length === 0 && !found.error && <Nothing q={asked.q} close={onClose} />}
        </div>
        <div className="kb">
          <span className="hide-s">
            <kbd>↑</kbd> <kbd>↓</kbd> move
          </span>
          <span className="hide-s">
            <kbd>↵</kbd> open
          </span>
          <span className="hide-s">
            <kbd>ctrl ↵</kbd> new tab
          </span>
          <button type="button" aria-pressed={help} onClick={() => setHelp(!help)}>
            <kbd>?</kbd> query language
          </button>
          <OfferLink hit={hits[active]} close={onClose} />
          {!empty && <WishLink q={asked.q} close={onClose} />}
          {!empty && (
            <Link className="link" to={pageOf(q)} onClick={onClose}>
              All results on a page
            </Link>
          )}
          {found.answer && !empty && <span className="took">{Math.max(1, Math.round(found.answer.took))} ms</span>}
        </div>
      </div>
    </div>
  );
}

const pageOf = (q: string) => `/search?q=${encodeURIComponent(sendable(q).q)}`;

/** The focus goes back to where it was. */
function useReturnedFocus(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(() => () => (before instanceof HTMLElement ? before.focus() : undefined), [before]);
}
