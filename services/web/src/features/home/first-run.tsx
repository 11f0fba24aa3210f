import { listOf, PageSummary, SetupView } from '@sidekick/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { ask, becameOf, bodyOf, undoFailed } from '../../api/ask.ts';
import { useToast } from '../../app/session.tsx';
import { setupQuery, useSetup } from '../../app/setup.ts';
import { wordsOf } from '../../staffing/changes.ts';
import { Button } from '../../ui/button.tsx';
import { handOver, sheetOfPaste } from '../moving-in/index.ts';

type Step = SetupView['skipped'][number];

interface Way {
  to: string;
  action: string;
}
interface FirstStep extends Way {
  key: Step;
  title: string;
  text: string;
  /** Of what there is more than one of: once one is there. */
  another?: string;
  /** Other ways to the same. */
  or?: readonly Way[];
}
const sheet = { to: '/staffing/import', action: 'Import the capacity sheet' };
const steps: FirstStep[] = [
  {
    key: 'handbook',
    title: 'Import your handbook',
    text: 'Your pages, with their links, images and order. Markdown as it is; nothing in the source is changed, and you can import again at any time.',
    to: '/imports',
    action: 'Upload a folder or a zip',
  },
  {
    key: 'people',
    title: 'Add your people',
    text: 'Names, hours for each weekday, skills with a level from 1 to 5. Sidekick counts who is free from this.',
    to: '/people/new',
    action: 'Add one by hand',
    another: 'Add another person',
    or: [sheet, { to: '/staffing/exchange?kind=people', action: 'Import from CSV' }],
  },
  {
    key: 'project',
    title: 'Add a project',
    text: 'From when to when, who leads it, what the sidekick must know. The first gaps show at once.',
    to: '/projects/new',
    action: 'Add a project',
    another: 'Add another project',
    or: [sheet],
  },
];

/** Steps of the installation that are neither done nor skipped; null while that is not known. */
export function useFirstRun(on: boolean, has: { people: boolean; projects: boolean } | null) {
  const setup = useSetup(on);
  const pages = useQuery({
    queryKey: ['content', 'pages', 'any'],
    queryFn: ({ signal }) => ask(listOf(PageSummary), '/pages', { query: { limit: 1 }, signal }),
    enabled: on,
    retry: false,
  });
  if (!on || !setup.data || !has || (!pages.data && !pages.error)) return null;
  const done: Record<Step, boolean> = { handbook: (pages.data?.items.length ?? 0) > 0, people: has.people, project: has.projects };
  const skipped = new Set(setup.data.skipped);
  const open = setup.data.sample ? [] : steps.filter(({ key }) => !done[key] && !skipped.has(key));
  return {
    setup: setup.data,
    open,
    /** Begun: more can be added until the first run is over, or somebody says that it is done. */
    begun: open.length === 0 ? [] : steps.filter(({ key, another }) => another && done[key] && !skipped.has(key)),
    done: steps.filter(({ key }) => done[key]).length,
  };
}

/** Three first steps, each skippable, gone when done, for the installation and not for each person. */
export function FirstRun({ run, name, fresh }: { run: NonNullable<ReturnType<typeof useFirstRun>>; name: string; fresh: boolean }) {
  const client = useQueryClient();
  const toast = useToast();
  const [busy, setBusy] = useState<Step | null>(null);
  const put = async (skipped: Step[], version: number): Promise<SetupView> => {
    const setup = await ask(SetupView, '/setup', { method: 'PATCH', version, body: bodyOf('changeSetup', { skipped }) });
    client.setQueryData(setupQuery.queryKey, setup);
    return setup;
  };
  const skip = async (key: Step, title: string) => {
    setBusy(key);
    try {
      const before = run.setup.skipped;
      const after = await put([...before, key], run.setup.version);
      const undo = () =>
        void put(before, after.version).catch((error: unknown) => toast(undoFailed(error), { tone: 'bad', detail: wordsOf(error) }));
      toast(`Skipped: ${title}`, { action: { label: 'Undo', run: undo } });
    } catch (error) {
      toast(becameOf(error, 'Not skipped', 'it was skipped'), { tone: 'bad', detail: wordsOf(error) });
      await client.invalidateQueries({ queryKey: setupQuery.queryKey });
    }
    setBusy(null);
  };
  return (
    <>
      {fresh && (
        <div className="hh">
          <div>
            <h1>Welcome, {name.split(' ')[0]}</h1>
            <div className="muted">
              {run.done === 0
                ? 'Sidekick is empty. Three steps fill it, in any order; each can wait.'
                : 'Steps in any order; each can wait.'}
            </div>
          </div>
          <span className="grow" />
          <span className="muted">{run.done} of 3 done</span>
        </div>
      )}
      {run.open.some(({ or }) => or) && <PasteSheet />}
      <ol className="steps" aria-label="First steps">
        {run.open.map((step, index) => (
          <li key={step.key} className={index === 0 ? 'on' : undefined}>
            <span className="sno" aria-hidden="true">
              {steps.indexOf(step) + 1}
            </span>
            <div>
              <div className="sec">
                <h2>{step.title}</h2>
                <span className="grow" />
                <Button
                  look="quiet"
                  busy={busy === step.key}
                  onClick={() => void skip(step.key, step.title)}
                  aria-label={`Skip: ${step.title}`}
                >
                  Skip
                </Button>
              </div>
              <p className="mid">{step.text}</p>
              <div className="acts">
                <Link className={index === 0 ? 'btn primary' : 'btn'} to={step.to}>
                  {step.action}
                </Link>
                {step.or?.map(({ to, action }) => (
                  <Link key={to} className="btn" to={to}>
                    {action}
                  </Link>
                ))}
              </div>
            </div>
          </li>
        ))}
        {run.begun.map((step) => (
          <li key={step.key}>
            <span className="sno" aria-hidden="true">
              {steps.indexOf(step) + 1}
            </span>
            <div className="acts">
              <Link className="btn" to={step.to}>
                {step.another}
              </Link>
              <Button
                look="quiet"
                busy={busy === step.key}
                onClick={() => void skip(step.key, step.title)}
                aria-label={`Done: ${step.title}`}
              >
                Done
              </Button>
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}

/** Cells from the clipboard of a spreadsheet, wherever on the screen they are pasted: taken to where they are read. */
function PasteSheet() {
  const navigate = useNavigate();
  const toast = useToast();
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const isTyping = event.target instanceof Element && event.target.closest('input, textarea, [contenteditable]');
      if (isTyping || !event.clipboardData) return;
      try {
        const file = sheetOfPaste(event.clipboardData);
        if (!file) return;
        event.preventDefault();
        handOver(file);
        void navigate('/staffing/import');
      } catch (error) {
        toast('This was not taken', { tone: 'bad', detail: wordsOf(error) });
      }
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [navigate, toast]);
  return (
    <p className="mid">
      <b>Paste your sheet:</b> copy the cells of the spreadsheet that your group plans with, and press Ctrl V or ⌘ V here. You see how it is
      read, and correct it, before anything is written.
    </p>
  );
}
