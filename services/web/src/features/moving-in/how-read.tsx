import type { SheetMovePreview } from '@sidekick/contracts';
import { useMemo, useState } from 'react';
import { count, dayRangeWithYear } from '../../staffing/format.ts';
import { usePeople, useProjects } from '../../staffing/queries.ts';
import { Button } from '../../ui/button.tsx';
import { type Corrections, cellName, type Read, withCell, withName, withRole, withWeek } from './corrections.ts';
import { marksOf } from './marks.ts';
import { NamesTable } from './names-table.tsx';
import { NewPeople } from './new-people.tsx';
import { Roles } from './roles.tsx';
import { type At, SheetCells } from './sheet-grid.tsx';
import { Listed, WillChange } from './will-change.tsx';
import { faultWords, ignoredNotes, layoutWords, type Note, toldNotes } from './words.ts';

interface Props {
  answer: SheetMovePreview;
  corrections: Corrections;
  correct: (patch: Partial<Corrections>) => void;
  busy: boolean;
}

/** How a sheet was read, with every reading where it can be corrected. */
export function HowRead({ answer, corrections, correct, busy }: Props) {
  const read = 'reading' in answer ? answer : null;
  const { grid } = answer;
  const [at, setAt] = useState<At>(() => firstOf(read));
  const marks = useMemo(() => marksOf(read, corrections), [read, corrections]);
  const go = (to: At) => {
    setAt(to);
    document.getElementById('sheet-cells')?.scrollIntoView({ block: 'nearest' });
  };
  const type = (to: At, text: string | null) => correct({ cells: withCell(corrections, to, text).cells });
  const cells = grid && (
    <section id="sheet-cells" aria-label="The sheet as it came">
      <SheetCells {...{ grid, marks, at, busy }} onAt={setAt} onType={type} />
    </section>
  );
  if (!read)
    return (
      <>
        <div className="problem" role="alert">
          <div>
            <b>The sheet is not read</b>
            <div>{'words' in answer ? answer.words : ''}</div>
            {grid && <div>Or type over the cells that are wrong, such as the dates of the heads, and it is read again.</div>}
          </div>
        </div>
        {cells}
      </>
    );
  return (
    <>
      <p className="mid" role="status">
        Read as {layoutWords[read.reading.layout]}
        {read.range && `, ${dayRangeWithYear(read.range.from, read.range.to)}`}: {count(read.people.length, 'person', 'people')},{' '}
        {count(read.projects.length, 'project', 'projects')},{' '}
        {count(read.reading.assignments.length, 'stretch of work', 'stretches of work')},{' '}
        {count(read.reading.timeOff.length, 'leave', 'leaves')}
        {busy && ' · reading again'}
      </p>
      {read.faults.length > 0 && (
        <div className="problem" role="alert">
          <div>
            <b>This keeps the sheet from being written</b>
            <ul>
              {read.faults.slice(0, 20).map((fault) => (
                <li key={`${fault.row} ${fault.column} ${fault.message}`}>
                  {fault.row !== null && fault.column !== null && (
                    <Button look="quiet" onClick={() => go({ row: fault.row ?? 1, column: fault.column ?? 1 })}>
                      {cellName(fault.row, fault.column)}
                    </Button>
                  )}
                  {fault.message}
                </li>
              ))}
            </ul>
            {read.faults.length > 20 && <p>and {read.faults.length - 20} more</p>}
          </div>
        </div>
      )}
      {cells}
      <NotUnderstood read={read} go={go} />
      <div className="mcols">
        <Names {...{ read, corrections, correct }} />
        <section aria-labelledby="mroles-h">
          <h2 id="mroles-h">Who leads, who backs up</h2>
          {read.pairs.length === 0 ? (
            <p className="muted">No work was read.</p>
          ) : (
            <Roles
              pairs={read.pairs}
              set={(person, project, role) => correct({ roles: withRole(corrections, person, project, role).roles })}
              fill={(some) =>
                correct({ roles: some.reduce((all, one) => withRole(all, one.person, one.project, one.role), corrections).roles })
              }
            />
          )}
        </section>
      </div>
      <Taken {...{ read, corrections, correct, go }} />
      <section aria-labelledby="mwill-h">
        <h2 id="mwill-h">What will be written</h2>
        <WillChange read={read} corrections={corrections} set={correct} go={go} />
      </section>
    </>
  );
}

function firstOf(read: Read | null): At {
  const [first] = read?.reading.notUnderstood ?? [];
  return first ? { row: first.row, column: first.column } : { row: read?.grid.header ?? 1, column: 1 };
}

function NotUnderstood({ read, go }: { read: Read; go: (at: At) => void }) {
  const { notUnderstood } = read.reading;
  if (notUnderstood.length === 0) return <p className="good0">Every cell was understood.</p>;
  return (
    <section aria-labelledby="mnot-h">
      <h2 id="mnot-h">{count(notUnderstood.length, 'cell was', 'cells were')} not understood</h2>
      <p className="muted">Left out of what is written, unless you type them over.</p>
      <Listed items={notUnderstood}>
        {({ row, column, text, why }, at) => (
          <li key={`${row}:${column}:${at}`}>
            <Button look="quiet" onClick={() => go({ row, column })} aria-label={`Go to ${cellName(row, column)}`}>
              {cellName(row, column)}
            </Button>
            <q>{text}</q> {faultWords[why]}
          </li>
        )}
      </Listed>
    </section>
  );
}

function Names({ read, corrections, correct }: Pick<Props, 'corrections' | 'correct'> & { read: Read }) {
  const people = (usePeople().data ?? []).map(({ id, private: { name } }) => ({ id, name }));
  const projects = (useProjects().data ?? []).map(({ id, name }) => ({ id, name }));
  return (
    <div>
      <section aria-labelledby="mwho-h">
        <h2 id="mwho-h">Who is who</h2>
        <NamesTable
          kind="people"
          names={read.people}
          known={people}
          choose={(name, as) => correct({ people: withName(corrections, 'people', name, as).people })}
          more={{
            label: 'Hours a week',
            of: (one) => (
              <WeekField key={`${one.hours}`} one={one} set={(hours) => correct({ weeks: withWeek(corrections, one.name, hours).weeks })} />
            ),
          }}
        />
        {read.people.some(({ as }) => as === 'new') && (
          <NewPeople value={corrections.newPeople} onChange={(newPeople) => correct({ newPeople })} />
        )}
      </section>
      <section aria-labelledby="mwhat-h">
        <h2 id="mwhat-h">Which project is which</h2>
        {read.projects.length === 0 ? (
          <p className="muted">No project was read.</p>
        ) : (
          <NamesTable
            kind="projects"
            names={read.projects}
            known={projects}
            choose={(name, as) => correct({ projects: withName(corrections, 'projects', name, as).projects })}
            more={{ label: 'From – to', of: ({ from, to }) => (from === null ? '' : dayRangeWithYear(from, to)) }}
          />
        )}
      </section>
    </div>
  );
}

function WeekField({ one, set }: { one: Read['people'][number]; set: (hours: number | null) => void }) {
  const [typed, setTyped] = useState(one.hours === null ? '' : String(one.hours));
  const hours = Number(typed.replace(',', '.'));
  const isWrong = typed.trim() !== '' && !(hours >= 0 && hours <= 168);
  const send = () => {
    if (isWrong || typed === (one.hours === null ? '' : String(one.hours))) return;
    set(typed.trim() === '' ? null : hours);
  };
  return (
    <>
      <input
        className="mweek"
        inputMode="decimal"
        aria-label={`Hours a week of ${one.name}`}
        aria-invalid={isWrong || undefined}
        placeholder={String(one.hoursHere ?? 40)}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={send}
        onKeyDown={(event) => event.key === 'Enter' && send()}
      />
      {isWrong && <small className="bad0">0 to 168</small>}
      {one.hoursHere !== null && one.hours !== null && one.hoursHere !== one.hours && (
        <small className="warn0">{one.hoursHere} here, which stays</small>
      )}
    </>
  );
}

/** What was taken for granted and what was left out, with the year where it was guessed. */
function Taken({ read, corrections, correct, go }: Pick<Props, 'corrections' | 'correct'> & { read: Read; go: (at: At) => void }) {
  const told = toldNotes(read.reading);
  const ignored = ignoredNotes(read.reading);
  const isYear = corrections.year !== null || read.reading.told.some(({ why }) => why === 'year-assumed');
  const note = ({ where, words, row, column }: Note) => (
    <li key={`${where} ${words}`}>
      {row !== null || column !== null ? (
        <Button look="quiet" onClick={() => go({ row: row ?? read.grid.header ?? 1, column: column ?? 1 })}>
          {where}
        </Button>
      ) : (
        <b>{where}</b>
      )}{' '}
      {words}
    </li>
  );
  return (
    <>
      {isYear && (
        <div className="myear">
          <label htmlFor="myear">Year of the first head</label>
          <YearField
            key={read.range?.from}
            value={String(corrections.year ?? read.range?.from.slice(0, 4) ?? '')}
            onYear={(year) => correct({ year })}
          />
          <span className="muted">The heads name no year.</span>
        </div>
      )}
      {told.length > 0 && (
        <details>
          <summary>{count(told.length, 'thing was', 'things were')} taken for granted</summary>
          <Listed items={told}>{note}</Listed>
        </details>
      )}
      {ignored.length > 0 && (
        <details>
          <summary>{count(ignored.length, 'part was', 'parts were')} left out</summary>
          <Listed items={ignored}>{note}</Listed>
        </details>
      )}
    </>
  );
}

function YearField({ value, onYear }: { value: string; onYear: (year: number | null) => void }) {
  const [typed, setTyped] = useState(value);
  const send = () => {
    if (/^20\d\d$/.test(typed) && typed !== value) onYear(Number(typed));
  };
  return (
    <input
      id="myear"
      inputMode="numeric"
      size={5}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={send}
      onKeyDown={(event) => event.key === 'Enter' && send()}
    />
  );
}
