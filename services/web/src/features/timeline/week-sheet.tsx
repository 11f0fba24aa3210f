import './week-sheet.css';
import { mondayOfWeek, weekOf, weeksBetween, weeksFrom } from '@sidekick/calendar/iso';
import { type CSSProperties, type RefObject, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { BrokenRules, Consequences, ReasonField } from '../../staffing/consequences.tsx';
import { count, shortDay } from '../../staffing/format.ts';
import { PersonLink, ProjectLink } from '../../staffing/links.tsx';
import { KeptNote } from '../../staffing/record-form.tsx';
import { keptDraft } from '../../staffing/use-merging.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import type { Records } from './bars.ts';
import { Pop } from './pop.tsx';
import type { Scale } from './scale.ts';
import { weekWidth } from './use-bar-drag.ts';
import { useWeekSheet, type WeekSheetState } from './use-week-sheet.ts';
import { WeekCells } from './week-cells.tsx';

interface Props {
  /** The assignment from whose bar it was opened. */
  id: string;
  records: Records;
  scale: Scale;
  today: string;
  anchor: () => HTMLElement | null;
  scroller: RefObject<HTMLDivElement | null>;
  onClose: () => void;
}

/** Pixels that a cell needs for its number. */
const leastWidth = 36;

/** The row of the grid that cells may stand in: where its columns are weeks that are wide enough. */
function useTrack({ scale, anchor, scroller }: Pick<Props, 'scale' | 'anchor' | 'scroller'>) {
  const [track, setTrack] = useState<HTMLElement | null>(null);
  const [top, setTop] = useState('');
  useEffect(() => {
    const grid = scroller.current;
    const look = () => {
      const bar = anchor();
      const isFit = grid && scale.zoom === 'week' && weekWidth(grid, scale) >= leastWidth && !matchMedia('(max-width:860px)').matches;
      setTrack(isFit ? (bar?.closest<HTMLElement>('.tr') ?? null) : null);
      setTop(bar?.style.getPropertyValue('--lane') ?? '');
    };
    look();
    grid?.addEventListener('scroll', look, { passive: true });
    return () => grid?.removeEventListener('scroll', look);
  });
  return { track, lane: top };
}

/** Hours that differ by week, typed along the row of a bar; one assignment a run of equal weeks is made of them at once. */
export function WeekSheet({ id, records, scale, today, anchor, scroller, onClose }: Props) {
  const first = weekOf(scale.first);
  const sheet = useWeekSheet({ id, records, shown: weeksFrom(first, scale.weeks), onClose });
  const form = useRef<HTMLFormElement>(null);
  const [left, setLeft] = useState<string | null>(null);
  const { track, lane } = useTrack({ scale, anchor, scroller });
  const { assignment } = sheet;
  if (!assignment) return null;
  const now = weekOf(today);
  const cells = (
    <WeekCells
      key={track ? 'row' : 'panel'}
      sheet={sheet}
      after={track ? () => form.current?.querySelector<HTMLElement>('textarea, .acts button:not(:disabled)') : null}
      placeOf={track ? (week) => weeksBetween(first, week) : null}
      first={sheet.cells.some(({ week }) => week === now) ? now : null}
      onTold={setLeft}
    />
  );
  return (
    <>
      <Pop label="Hours by week" anchor={anchor} scroller={scroller} onClose={sheet.leave}>
        <div className="pop-h">
          <h2>
            Hours by week: <PersonLink id={assignment.person} people={records.people} unknown="Somebody" /> on{' '}
            <ProjectLink id={assignment.project} projects={records.projects} />
          </h2>
          <Button look="quiet" icon="x" aria-label="Close" onClick={sheet.leave} />
        </div>
        <form
          ref={form}
          className="bd fm wsh"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void sheet.save();
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            sheet.cancel();
          }}
        >
          <KeptNote kept={keptDraft(sheet.draft, ({ typed }) => Object.values(typed).join(', '))} />
          {!track && cells}
          <p className="xs">
            Hours a week; empty is no work that week. Tab and the arrows go on, Enter saves, Escape takes it back. A row copied from a
            spreadsheet can be pasted.
          </p>
          <Verdict sheet={sheet} left={left} records={records} />
        </form>
      </Pop>
      {track && createPortal(<div style={{ '--lane': lane } as CSSProperties}>{cells}</div>, track)}
    </>
  );
}

/** What is typed, what of it cannot be saved yet, and what saving would make and break. */
function Verdict({ sheet, left, records }: { sheet: WeekSheetState; left: string | null; records: Records }) {
  const { typed, cells, guarded, preview, rules, reason } = sheet;
  const own = useRef<HTMLDivElement>(null);
  const lacks = sheet.tries > 0 && rules.length > 0 && reason.trim() === '';
  useEffect(() => {
    if (sheet.tries > 0) own.current?.querySelector('textarea')?.focus();
  }, [sheet.tries]);
  const wrong = cells.find(({ error }) => error !== null);
  return (
    <>
      {left && <p className="conf fd">{left}</p>}
      {typed.length > 0 && (
        <p className="mid" aria-live="polite">
          {typed.map(({ week, text }) => `${shortDay(mondayOfWeek(week))} ${text}`).join(', ')}
          {!sheet.isWrong && !sheet.isNothing && ` · ${count(sheet.runs, 'assignment')} then`}
        </p>
      )}
      {wrong && (
        <p className="bad" role="alert">
          Week of {shortDay(mondayOfWeek(wrong.week))}: {wrong.error}
        </p>
      )}
      {sheet.isGone && (
        <p className="conf bad0" role="alert">
          Somebody has removed this assignment meanwhile. What you typed stands above; undo in the history brings it back.
        </p>
      )}
      <Conflicts sheet={sheet} />
      {guarded.stale && (
        <p className="conf bad0" role="alert">
          Somebody changed it first, and nothing was saved. What you typed stands over the newest state: save once more.
        </p>
      )}
      <BrokenRules broken={sheet.broken} />
      {preview.answer && <Consequences answer={preview.answer} names={records} />}
      {preview.error && !guarded.error && <ProblemNote error={preview.error} what="This would not be saved as it is" />}
      {rules.length > 0 && (
        <div ref={own}>
          <ReasonField value={reason} onChange={sheet.setReason} error={lacks ? 'Say why: the rule refuses this without a reason' : null} />
        </div>
      )}
      {guarded.error && <ProblemNote error={guarded.error} what="This was not saved" done="this was saved" />}
      <div className="acts">
        {!sheet.isGone && (
          <Button look="primary" type="submit" busy={guarded.busy} disabled={sheet.isNothing}>
            {rules.length > 0 ? 'Save anyway' : 'Save'}
          </Button>
        )}
        <Button busy={guarded.busy} onClick={sheet.cancel}>
          Take back
        </Button>
      </div>
    </>
  );
}

function Conflicts({ sheet: { conflicts, settle } }: { sheet: WeekSheetState }) {
  return conflicts.map(({ week, was, now, mine }) => (
    <div key={week} className="conf bad0" role="alert">
      <Icon name="warn" />
      <span>
        Week of {shortDay(mondayOfWeek(week))}: you typed {mine || 'none'} over {was || 'none'}, somebody else has set {now || 'none'}.{' '}
        <Button onClick={() => settle(week, 'mine')}>Keep mine</Button> <Button onClick={() => settle(week, 'theirs')}>Take theirs</Button>
      </span>
    </div>
  ));
}
