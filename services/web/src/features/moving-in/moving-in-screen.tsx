import './moving-in.css';
import type { SheetMoved } from '@sidekick/contracts';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { Link } from 'react-router-dom';
import { useTitle } from '../../app/title.ts';
import { TypedNote, useTyped } from '../../app/typed.tsx';
import { useUndo } from '../../staffing/changes.ts';
import { count } from '../../staffing/format.ts';
import { useToday } from '../../staffing/today.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { type Corrections, countOf, type Move, noCorrections } from './corrections.ts';
import { HowRead } from './how-read.tsx';
import { type SheetFile, takeHanded } from './sheet-file.ts';
import { TakeOut } from './take-out.tsx';
import { TakeSheet } from './take-sheet.tsx';
import { useCommit, usePreviewOf } from './use-move.ts';
import { countWordsOf } from './words.ts';

const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
const weeksOut = 26;
const later = (day: string, days: number): string => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

interface Done {
  readonly moved: SheetMoved;
  readonly name: string;
  readonly layout: 'A' | 'B' | 'C' | 'D';
  readonly range: { from: string; to: string } | null;
}

/** From the old sheet to the timeline: take it, see how it was read, correct that, write it; and the sheet out again. */
export function MovingInScreen() {
  useTitle('Moving in');
  const begun = useMemo((): Move => ({ name: '', content: '', corrections: noCorrections(zone()) }), []);
  const typed = useTyped<Move>('moving-in', begun);
  const { name, content, corrections } = typed.value;
  const preview = usePreviewOf(typed.value);
  const { commit, busy, error, reset } = useCommit();
  const [done, setDone] = useState<Done | null>(null);
  const { today } = useToday();
  const take = (file: SheetFile) => {
    setDone(null);
    reset();
    // What was said of new people holds for the next sheet too; what was corrected in cells does not.
    typed.set({ ...file, corrections: { ...noCorrections(zone()), newPeople: corrections.newPeople } });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what another screen handed over is taken once
  useEffect(() => {
    const handed = takeHanded();
    if (handed) take(handed);
  }, []);
  const correct = useCallback(
    (patch: Partial<Corrections>) => typed.set({ corrections: { ...corrections, ...patch } }),
    [typed, corrections],
  );
  const { answer } = preview;
  const read = answer && 'reading' in answer ? answer : null;
  const write = async () => {
    if (!read) return;
    const moved = await commit(typed.value, read.digest);
    if (!moved) return preview.again();
    setDone({ moved, name, layout: read.reading.layout, range: read.range });
    typed.clear({ name: '', content: '', corrections: { ...noCorrections(zone()), newPeople: corrections.newPeople } });
  };
  return (
    <main className="wrap mvin">
      <div className="hh">
        <div>
          <nav className="bc" aria-label="Breadcrumb">
            <Link to="/staffing">Timeline</Link>
            <span aria-hidden="true">/</span>
            <span>Moving in</span>
          </nav>
          <h1>{content === '' ? 'Move in with your capacity sheet' : name}</h1>
        </div>
        <span className="grow" />
        {content !== '' && (
          <Button look="quiet" icon="x" onClick={typed.startAgain}>
            Put the sheet away
          </Button>
        )}
      </div>
      <TypedNote typed={typed} about={(kept) => kept.name} />
      {done && <DoneNote done={done} />}
      {content === '' ? (
        <div className="two">
          <section>
            <p className="mid">
              The spreadsheet that your group keeps, as it is: people in rows with weeks or days across, rows by project, or a list. Nothing
              is written before you have seen how it was read and corrected what was not.
            </p>
            <TakeSheet onSheet={take} />
            <Example />
          </section>
          <aside>
            <div className="sec">
              <h2>The sheet out again</h2>
            </div>
            <p className="mid">
              What is planned, in the layout that your group knows. Change it there and bring it back: only the difference is written.
            </p>
            <TakeOut from={today} to={later(today, weeksOut * 7 - 1)} />
          </aside>
        </div>
      ) : (
        <>
          {preview.error && <ProblemNote error={preview.error} retry={preview.again} what="The sheet was not read" />}
          {!answer && !preview.error && <Lines count={8} />}
          {answer && <HowRead answer={answer} corrections={corrections} correct={correct} busy={preview.busy} />}
          {error && <ProblemNote error={error} what="Nothing was written" done="it was written" retry={() => void write()} />}
          {read && (
            <div className="mbar">
              <span>
                {read.counts.length === 0 ? 'Nothing to write' : read.counts.map(countWordsOf).slice(0, 4).join(', ')}
                <small className="muted">
                  {busy ? 'Writing all of it, or nothing' : 'As one change set, which you can undo'}
                  {countOf(corrections) > 0 && ` · ${count(countOf(corrections), 'correction', 'corrections')}`}
                </small>
              </span>
              <span className="grow" />
              <Button
                look="primary"
                large
                busy={busy || preview.busy}
                disabled={read.changes.length === 0 || read.faults.length > 0}
                onClick={() => void write()}
              >
                {read.changes.length === 0 ? 'Nothing to write' : `Write ${count(read.changes.length, 'change', 'changes')}`}
              </Button>
            </div>
          )}
        </>
      )}
    </main>
  );
}

function DoneNote({ done: { moved, name, layout, range } }: { done: Done }) {
  const undo = useUndo();
  const [undone, setUndone] = useState(false);
  const said = `${name} moved in`;
  return (
    <section className="mdone" aria-live="polite">
      <h2>{undone ? 'Taken back' : moved.number === null ? 'Nothing had changed' : 'Your sheet has moved in'}</h2>
      {!undone && <p className="mid">{moved.counts.map(countWordsOf).join(', ') || 'What the sheet says is what stands here.'}</p>}
      {!undone && moved.notUnderstood > 0 && (
        <p className="warn0">
          {moved.notUnderstood === 1
            ? '1 cell was not understood and is not here.'
            : `${moved.notUnderstood} cells were not understood and are not here.`}
        </p>
      )}
      <div className="acts">
        <Link className="btn primary" to="/staffing">
          To the timeline
        </Link>
        {moved.number !== null && !undone && (
          <Button icon="undo" onClick={() => void undo(moved.number ?? 0, said).then(setUndone)}>
            Undo all of it
          </Button>
        )}
      </div>
      {!undone && range && (
        <details>
          <summary>The same sheet out again</summary>
          <TakeOut layout={layout} from={range.from} to={range.to} />
        </details>
      )}
    </section>
  );
}

const example = [
  ['Name', 'Hours/week', '2026-11-30', '2026-12-07', '2026-12-14'],
  ['Noor Haddad', '40', 'Atlas 24 (L)', 'Atlas 16 (L)', 'leave'],
  ['Jo Rask', '32', 'Atlas 8 (SK); Ocean 16', 'Ocean 24?', 'Ocean 24'],
];

function Example() {
  return (
    <div className="mex">
      <p className="muted">Such as this. A role in brackets (L, SK) and a question mark for what is not agreed are read too.</p>
      <div className="mexb">
        <table className="mtab">
          <tbody>
            {example.map((row) => (
              <tr key={row[0]}>
                {row.map((text) => (
                  <td key={text}>{text}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
