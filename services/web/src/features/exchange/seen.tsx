import type { CsvError, CsvReading } from '@sidekick/contracts';
import { useMemo, useState } from 'react';
import { BrokenRules, ReasonField } from '../../staffing/consequences.tsx';
import { count } from '../../staffing/format.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { ChangeLines } from './change-lines.tsx';
import { columnLetters, linesOf } from './lines.ts';

interface Props {
  reading: CsvReading;
  saving: boolean;
  refused: Error | null;
  /** Why a rule may be broken: kept while a file is looked at again. */
  reason: string;
  setReason: (reason: string) => void;
  save: () => void;
}

/** Errors that are drawn before more is asked for. */
const firstErrors = 100;

/** What a file would change: what is wrong first, then what was assumed, then every change. */
export function Seen({ reading, saving, refused, reason, setReason, save }: Props) {
  const { counts, errors, changes, ignored, told, tooMany, broken, moreBroken, accept } = reading;
  const lines = useMemo(() => linesOf({ changes }), [changes]);
  const [asked, setAsked] = useState(false);
  const all = counts.new + counts.changed + counts.removed;
  const isWrong = counts.wrong > 0 || tooMany !== null;
  const run = () => {
    setAsked(true);
    if (accept.length === 0 || reason.trim() !== '') save();
  };
  const note = refused && <ProblemNote error={refused} what="Nothing was imported" done="the file was imported" />;
  const canSave = all > 0 && !isWrong;
  return (
    <section aria-label="Preview">
      {!canSave && note}
      <p className="xch-c" role="status">
        {countsWords(reading)}
      </p>
      {counts.wrong > 0 && <Errors errors={errors} more={reading.moreErrors} />}
      {tooMany && (
        <div className="conf bad0" role="alert">
          <Icon name="warn" />
          <span>
            <b>Too much for one import</b> {tooMany.words}.
          </span>
        </div>
      )}
      {(told.length > 0 || ignored.length > 0) && (
        <ul className="xch-t">
          {told.map((one) => (
            <li key={one}>{one}.</li>
          ))}
          {ignored.length > 0 && (
            <li>
              Not read, since {ignored.length === 1 ? 'this column is' : 'these columns are'} not known:{' '}
              {ignored.map(({ column, head }) => `${head} (${columnLetters(column)})`).join(', ')}.
            </li>
          )}
        </ul>
      )}
      {all === 0 && counts.wrong === 0 && (
        <Empty icon="check" title="Nothing would change">
          All of the file is here already.
        </Empty>
      )}
      {canSave && (
        <>
          <BrokenRules broken={broken.slice(0, 20)} />
          {broken.length + moreBroken > 20 && (
            <p className="xs">and {count(broken.length + moreBroken - 20, 'more rule or warning', 'more rules and warnings')}.</p>
          )}
          {accept.length > 0 && (
            <ReasonField
              value={reason}
              onChange={setReason}
              error={asked && reason.trim() === '' ? 'Say why a rule may be broken' : null}
            />
          )}
          {note}
          <div className="acts">
            <Button look="primary" large busy={saving} onClick={run}>
              Apply {count(all, 'change', 'changes')}
            </Button>
            <span className="muted">All of them, or none; one undo takes them back.</span>
          </div>
        </>
      )}
      {lines.length > 0 && <ChangeLines lines={lines} />}
    </section>
  );
}

function countsWords({ rows, counts }: CsvReading): string {
  const parts = [
    counts.new > 0 && `${counts.new.toLocaleString('en')} new`,
    counts.changed > 0 && `${counts.changed.toLocaleString('en')} changed`,
    counts.removed > 0 && `${counts.removed.toLocaleString('en')} removed`,
    counts.same > 0 && `${counts.same.toLocaleString('en')} as they are here`,
    counts.wrong > 0 && `${count(counts.wrong, 'row', 'rows')} wrong`,
  ].filter(Boolean);
  return `${count(rows, 'row', 'rows')}: ${parts.join(', ')}`;
}

function Errors({ errors, more }: { errors: readonly CsvError[]; more: number }) {
  const [all, setAll] = useState(false);
  const shown = all ? errors : errors.slice(0, firstErrors);
  return (
    <div className="xch-e" role="alert">
      <h3>
        <Icon name="warn" /> {count(errors.length + more, 'cell is', 'cells are')} wrong; nothing is imported until none is
      </h3>
      <ul>
        {shown.map(({ row, column, head, text, words }) => (
          <li key={`${row} ${column} ${words}`}>
            <b>
              Row {row}
              {column !== null && `, ${head || 'column'} (${columnLetters(column)}${row})`}
            </b>{' '}
            {text !== '' && !words.includes(text) && (
              <q>
                <bdi>{text}</bdi>
              </q>
            )}{' '}
            {words}.
          </li>
        ))}
      </ul>
      {shown.length < errors.length && <Button onClick={() => setAll(true)}>Show all {errors.length}</Button>}
      {more > 0 && <p className="xs">{count(more, 'more is', 'more are')} told once these are mended.</p>}
    </div>
  );
}
