import type { CapacityAnswer } from '@sidekick/contracts';
import { Link } from 'react-router-dom';
import { useAddress } from '../../staffing/address.ts';
import { FigureButton } from '../../staffing/figure-button.tsx';
import { number } from '../../staffing/format.ts';
import { rowFreeQuestion, wholeQuestion } from './heat-questions.ts';
import type { HeatRow } from './heat-rows.ts';
import type { Shown } from './range.ts';

export const rowName = (row: HeatRow) => <RowName row={row} />;

/** Above the first column. */
export function Corner({ words, unit }: { words: string; unit: Shown['unit'] }) {
  return (
    <>
      <span className="who">{words}</span>
      <span className="num">{unit === 'percent' ? '% of net' : 'Work h'}</span>
      <span className="num">Free h</span>
    </>
  );
}

function RowName({ row }: { row: HeatRow }) {
  if (row.kind === 'person')
    return (
      <Link className="b" to={`/people/${row.id}`}>
        <bdi>{row.name}</bdi>
      </Link>
    );
  if (row.kind === 'team')
    return (
      <Link className="b" to={`/teams/${row.id}`}>
        <bdi>{row.name}</bdi>
      </Link>
    );
  return <bdi className="b">{row.name}</bdi>;
}

interface HeadProps {
  row: HeatRow;
  answer: CapacityAnswer;
  cut: string | null;
}

/** The first column of a row: whose it is, its load and free hours of the whole range. */
export function RowHead({ row, answer, cut }: HeadProps) {
  const [, patch] = useAddress();
  const [whole, left] = [wholeQuestion(row, answer, cut), rowFreeQuestion(row, answer, cut)];
  const free = number(Math.abs(row.free) >= 100 ? Math.round(row.free) : row.free);
  return (
    <>
      <span className="who">
        <RowName row={row} />
        {row.kind === 'team' ? (
          <button type="button" className="lnk nl" onClick={() => patch({ team: row.id, rows: null })}>
            {row.meta}
          </button>
        ) : (
          <small>{row.meta}</small>
        )}
      </span>
      <span className="num">
        {whole ? (
          <FigureButton question={whole} label={`${row.name}, ${row.figure} of these days, what it is made of`}>
            {row.figure}
          </FigureButton>
        ) : (
          row.figure
        )}
      </span>
      <span className={row.free < -0.01 ? 'num b bad' : 'num b'}>
        {left ? (
          <FigureButton question={left} label={`${row.name}, ${free} h free, what it is made of`}>
            {free}
          </FigureButton>
        ) : (
          free
        )}
      </span>
    </>
  );
}
