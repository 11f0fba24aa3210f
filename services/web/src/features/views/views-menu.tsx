import './views.css';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { becameOf } from '../../api/ask.ts';
import { useSession } from '../../app/session.tsx';
import { ulid } from '../../app/ulid.ts';
import { wordsOf } from '../../staffing/changes.ts';
import { isolated } from '../../staffing/people-names.ts';
import { speak } from '../../staffing/speak.ts';
import { Button } from '../../ui/button.tsx';
import { CopyLine } from '../../ui/copy-line.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Menu } from '../../ui/menu.tsx';
import { toast } from '../../ui/toast.tsx';
import { ViewConflict } from './conflict-dialog.tsx';
import { NameDialog } from './name-dialog.tsx';
import { isStale, useViewWrites } from './saving.ts';
import { useLinkedView } from './use-linked-view.ts';
import { type Saved, useViews } from './views.ts';

/** What a screen says of the views that are saved of it. */
export interface ScreenViews {
  readonly screen: string;
  /** What is shown now, as it is saved: what the screen knows alone, days told from today on. */
  readonly query: string;
  /** The address of what is saved; what the screen does not know is left out and named. */
  read(query: string): { params: URLSearchParams; unknown: readonly string[] };
  /** The same as it would be saved now: views compare by it. */
  tidy(query: string): string;
  words(query: string): string;
}

type Open = 'new' | 'rename' | 'link' | null;

/** The saved views of a screen: choose one, save what is shown, save over, rename, remove, link. */
export function ViewsMenu({ of }: { of: ScreenViews }) {
  const { is } = useSession();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const { views, error, retry } = useViews(of.screen);
  const writes = useViewWrites(of.screen);
  const [open, setOpen] = useState<Open>(null);
  const [conflict, setConflict] = useState(false);
  const id = params.get('view');
  const chosen = views?.find((one) => one.id === id);
  // As it was when it was chosen, or last shown or saved here: what others save of it since is not saved over unasked.
  const [seen, setSeen] = useState<Saved | null>(null);
  if (chosen && seen?.id !== chosen.id) setSeen(chosen);
  const isNewer = chosen !== undefined && seen?.id === chosen.id && chosen.version > seen.version;
  const isOthers = isNewer && seen?.query !== chosen.query;
  // Where somebody else gave it another name alone, what is shown goes over that; else over what was loaded, whatever came since.
  const loaded = isNewer && !isOthers ? chosen : seen;
  const changed = chosen !== undefined && of.tidy(chosen.query) !== of.query;
  const canWrite = chosen !== undefined && (!chosen.shared || is('manager'));
  const show = (view: Saved, replace = false) => {
    const next = of.read(view.query).params;
    next.set('view', view.id);
    setSeen(view);
    void navigate({ search: next.toString() }, { replace });
  };
  // The link itself is no place to go back to: it would lead here again.
  useLinkedView(views, (view) => show(view, true));
  const failed = (failure: unknown) => {
    const what = becameOf(failure, 'Not saved', 'it was saved');
    toast(what, { tone: 'bad', detail: wordsOf(failure) });
    speak(`${what}. ${wordsOf(failure)}`);
  };
  const saveOver = async (view: Saved) => {
    try {
      const version = await writes.change(view, { query: of.query });
      setSeen({ ...view, query: of.query, version });
      setConflict(false);
    } catch (failure) {
      if (isStale(failure)) setConflict(true);
      else failed(failure);
    }
  };
  const remove = async (view: Saved) => {
    const first = new Error('Somebody changed it first. Look at it, then remove it.');
    if (isNewer) {
      setSeen(view);
      return failed(first);
    }
    try {
      await writes.remove(view);
      const next = new URLSearchParams(params);
      next.delete('view');
      void navigate({ search: next.toString() }, { replace: true });
    } catch (failure) {
      failed(isStale(failure) ? first : failure);
    }
  };
  const make = async (name: string, shared: boolean) => {
    const made = ulid();
    await writes.make({ id: made, name, query: of.query, shared });
    const next = new URLSearchParams(params);
    next.set('view', made);
    void navigate({ search: next.toString() }, { replace: true });
  };
  const list = (label: string, shared: boolean) => {
    const items = (views ?? []).filter((one) => one.shared === shared);
    if (items.length === 0) return null;
    return (
      <>
        <Menu.Label>{label}</Menu.Label>
        {items.map((one) => (
          <Menu.Item key={one.id} aria-current={one.id === id || undefined} title={of.words(one.query)} onClick={() => show(one)}>
            <bdi>{one.name}</bdi>
          </Menu.Item>
        ))}
      </>
    );
  };
  return (
    <>
      <Menu position="bottom-start" width={248} withinPortal>
        <Menu.Target>
          <button
            type="button"
            className="btn vws"
            aria-label={chosen ? `Saved views: ${isolated(chosen.name)}${changed ? ', changed since it was saved' : ''}` : 'Saved views'}
            title={chosen && changed ? 'Changed since it was saved' : undefined}
          >
            <Icon name="eye" />
            <span className={chosen ? 'vn' : 'vn wide'}>{chosen ? <bdi>{chosen.name}</bdi> : 'Views'}</span>
            {changed && <span aria-hidden="true">•</span>}
          </button>
        </Menu.Target>
        <Menu.Dropdown className="vwm">
          {error && <Menu.Item onClick={retry}>The saved views did not load. Try again</Menu.Item>}
          {list('My views', false)}
          {list('For everybody', true)}
          {views?.length === 0 && <Menu.Label>None yet: what you see can be saved by name</Menu.Label>}
          <Menu.Divider />
          <Menu.Item onClick={() => setOpen('new')}>Save as a new view…</Menu.Item>
          {chosen && canWrite && changed && (
            <Menu.Item onClick={() => (isOthers ? setConflict(true) : void saveOver(loaded ?? chosen))}>
              Save over “{isolated(chosen.name)}”
            </Menu.Item>
          )}
          {chosen && changed && <Menu.Item onClick={() => show(chosen)}>Back to what is saved</Menu.Item>}
          {chosen && canWrite && <Menu.Item onClick={() => setOpen('rename')}>Rename…</Menu.Item>}
          {chosen && <Menu.Item onClick={() => setOpen('link')}>Link…</Menu.Item>}
          {chosen && canWrite && <Menu.Item onClick={() => void remove(chosen)}>Remove</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {open === 'new' && (
        <NameDialog
          title="Save as a view"
          renamed={null}
          views={views ?? []}
          canShare={is('manager')}
          words={of.words(of.query)}
          onSave={make}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'rename' && chosen && (
        <NameDialog
          title="Rename the view"
          renamed={chosen}
          views={views ?? []}
          canShare={false}
          words=""
          onSave={async (name) => {
            const version = await writes.change(chosen, { name });
            if (!isNewer) setSeen({ ...chosen, name, version });
          }}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'link' && chosen && <ViewLink view={chosen} onClose={() => setOpen(null)} />}
      {conflict && chosen && (
        <ViewConflict
          view={chosen}
          theirs={of.words(chosen.query)}
          mine={of.words(of.query)}
          onMine={() => void saveOver(chosen)}
          onTheirs={() => {
            setConflict(false);
            show(chosen);
          }}
          onClose={() => setConflict(false)}
        />
      )}
    </>
  );
}

function ViewLink({ view, onClose }: { view: Saved; onClose: () => void }) {
  return (
    <Dialog title={`Link to “${isolated(view.name)}”`} onClose={onClose}>
      <p className="mid">
        {view.shared ? 'It opens what is saved then, for whoever may sign in.' : 'It opens for you alone: the view is your own.'}
      </p>
      <CopyLine label="Link" value={`${location.origin}${location.pathname}?saved=${view.id}`} />
    </Dialog>
  );
}

/** What the view of the address names and the screen has not: the view itself, or what it asks for. `gone` are the screen's own words. */
export function ViewNotice({ of, gone }: { of: ScreenViews; gone: readonly string[] }) {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const { views } = useViews(of.screen);
  const id = params.get('view') ?? params.get('saved');
  if (id === null || !views) return null;
  const chosen = views.find((one) => one.id === id);
  const leave = () => {
    const next = new URLSearchParams(params);
    next.delete('view');
    next.delete('saved');
    void navigate({ search: next.toString() }, { replace: true });
  };
  if (!chosen) {
    return (
      <div className="vws-g" role="status">
        <span>This view is not there: it was removed, or it is somebody else’s own.</span>
        <Button onClick={leave}>Go on without it</Button>
      </div>
    );
  }
  const { unknown } = of.read(chosen.query);
  const words = [...gone, ...(unknown.length > 0 ? [`what this page does not know (${unknown.join(', ')})`] : [])];
  if (words.length === 0) return null;
  return (
    <div className="vws-g" role="status">
      <span>
        The view “{isolated(chosen.name)}” asks for {words.join(', ')}.
      </span>
    </div>
  );
}
