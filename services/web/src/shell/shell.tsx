import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useCallback } from 'react';
import { Link, Outlet, useLocation, useNavigate } from 'react-router-dom';
import { useHotkeys } from '../app/hotkeys.ts';
import { useLive } from '../app/live.ts';
import { useSession } from '../app/session.tsx';
import { useAddress } from '../staffing/address.ts';
import { followingOf } from '../staffing/following.ts';
import { useUndoKeys } from '../staffing/use-undo-redo.ts';
import { Contained } from '../ui/contained.tsx';
import { Brand, HatchDefs, Icon, type IconName } from '../ui/icons.tsx';
import { Toasts } from '../ui/toast.tsx';
import { PersonMenu } from './person-menu.tsx';
import { Reader, useOpened } from './reader.tsx';
import { SampleNote } from './sample-note.tsx';

const FigureSheet = lazy(() => import('../staffing/figure-sheet.tsx').then(({ FigureSheet }) => ({ default: FigureSheet })));
const Palette = lazy(() => import('../features/search/palette.tsx').then(({ Palette }) => ({ default: Palette })));

interface Place {
  to: string;
  label: string;
  icon: IconName;
  here: (path: string, search: string) => boolean;
}
const byPerson = (search: string) => new URLSearchParams(search).get('by') === 'person';
const handbook: Place = {
  to: '/p/',
  label: 'Handbook',
  icon: 'book',
  here: (path) => /^\/(?:p|imports|new|edit|history)(?:\/|$)/.test(path),
};
const barPlaces: Place[] = [
  { to: '/', label: 'Home', icon: 'home', here: (path) => path === '/' },
  handbook,
  { to: '/staffing', label: 'Timeline', icon: 'time', here: (path, search) => /^\/(?:staffing|projects)/.test(path) && !byPerson(search) },
  {
    to: '/staffing?by=person',
    label: 'People',
    icon: 'people',
    here: (path, search) => /^\/(?:people|teams|capacity|skills)(?:\/|$)/.test(path) || (path === '/staffing' && byPerson(search)),
  },
  { to: '/leave', label: 'Leave', icon: 'cal', here: (path) => /^\/leave(?:\/|$)/.test(path) },
];
/** For managers. */
const plans: Place = { to: '/plan', label: 'Plans', icon: 'layers', here: (path) => /^\/plan(?:\/|$)/.test(path) };

/** Screens whose changes are those of staffing; where texts are written, the keys of undo are the text's. */
const isStaffing = (path: string): boolean =>
  path === '/' || /^\/(?:staffing|people|projects|leave|teams|skills|capacity|plan)(?:\/|$)/.test(path);

/** What stands around every screen: bar, tabs on a phone, search palette, notices, live updates. */
export function Shell() {
  const { me, ended, is } = useSession();
  const [searching, setSearching] = useOpened();
  const navigate = useNavigate();
  const [params, patch] = useAddress();
  const search = useCallback(() => setSearching(true), [setSearching]);
  useHotkeys({ search, go: (path) => void navigate(path) });
  useLive(me != null && !ended, followingOf(useQueryClient()));
  const { pathname } = useLocation();
  useUndoKeys(me != null && !ended && isStaffing(pathname));
  const places = me === null || ended ? [handbook] : is('manager') ? [...barPlaces, plans] : barPlaces;
  return (
    <>
      <a className="skip" href="#sk-main">
        Skip to the content
      </a>
      <HatchDefs />
      <header className="top">
        <Link className="brand" to="/">
          <Brand />
          Sidekick
        </Link>
        <nav aria-label="Main">
          <Places places={places} />
        </nav>
        <button type="button" className="find" aria-label="Search pages, people, projects ( / )" aria-haspopup="dialog" onClick={search}>
          <Icon name="search" />
          <span>Search pages, people, projects</span>
          <kbd>/</kbd>
        </button>
        <PersonMenu />
      </header>
      <SampleNote />
      <div id="sk-main" tabIndex={-1}>
        <Reader>
          <Outlet />
        </Reader>
      </div>
      <nav className="tabs" aria-label="Main, at the bottom">
        <Places places={places.filter((place) => place !== plans)} icons />
      </nav>
      <Toasts />
      {me !== null && !ended && params.has('figure') && (
        <Contained what="The figure" failed={() => patch({ figure: null }, { replace: true })}>
          <Suspense fallback={null}>
            <FigureSheet />
          </Suspense>
        </Contained>
      )}
      {searching && (
        <Contained what="Search" failed={() => setSearching(false)}>
          <Suspense fallback={null}>
            <Palette onClose={() => setSearching(false)} />
          </Suspense>
        </Contained>
      )}
    </>
  );
}

function Places({ places, icons = false }: { places: Place[]; icons?: boolean }) {
  const { pathname, search } = useLocation();
  return places.map(({ to, label, icon, here }) => (
    <Link key={to} to={to} aria-current={here(pathname, search) ? 'page' : undefined}>
      {icons && <Icon name={icon} />}
      {label}
    </Link>
  ));
}
