import './figure.css';
import { addWeeks, weekOf } from '@sidekick/calendar/iso';
import {
  type CoverageState,
  defaultCurrency,
  type FigurePart,
  type FigureRow,
  type PersonView,
  type ProjectView,
  type Question,
  RowsAnswer,
  regionOn,
} from '@sidekick/contracts';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'react-router-dom';
import { ask, bodyOf } from '../api/ask.ts';
import { coverageWords } from '../ui/coverage-cell.tsx';
import { ProblemNote } from '../ui/problem.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { Lines } from '../ui/skeleton.tsx';
import { useAddress } from './address.ts';
import { amountWords } from './amounts.ts';
import { FigureButton } from './figure-button.tsx';
import { figureText, readFigure } from './figure-question.ts';
import { count, dayRange, dayRangeWithYear, hours, percent, shortDay } from './format.ts';
import { byId } from './lists.ts';
import { nameOf } from './people-names.ts';
import { usePeople, useProjects, useTeams } from './queries.ts';

const useRows = (question: Question) =>
  useQuery({
    queryKey: ['staffing', 'rows', question],
    queryFn: ({ signal }) => ask(RowsAnswer, '/figures/rows', { method: 'POST', body: bodyOf('askRows', { question }), signal }),
  });

/** What the figure of the address (`figure=…`) is made of. */
export function FigureSheet() {
  const [params, patch] = useAddress();
  const question = readFigure(params.get('figure'));
  const close = () => patch({ figure: null }, { replace: true });
  if (!question)
    return (
      <Sheet title="A figure" onClose={close}>
        <p className="mid">This link names no figure. Close it, and open the figure that you want from the screen.</p>
      </Sheet>
    );
  return <Told question={question} onClose={close} />;
}

interface Names {
  readonly people: ReadonlyMap<string, PersonView>;
  readonly projects: ReadonlyMap<string, ProjectView>;
}

function Told({ question, onClose }: { question: Question; onClose: () => void }) {
  const rows = useRows(question);
  const [people, projects, teams] = [usePeople(), useProjects(), useTeams()];
  const names = people.data && projects.data ? { people: byId(people.data), projects: byId(projects.data) } : null;
  const answer = rows.data;
  const head = useFocusWhenOther(question, answer !== undefined);
  const failed = rows.error ?? people.error ?? projects.error;
  const again = () => [rows, people, projects].forEach(({ refetch }) => void refetch());
  return (
    <Sheet title={answer?.title ?? 'A figure'} onClose={onClose}>
      {failed && <ProblemNote error={failed} what="The rows did not load" retry={again} />}
      {!(answer && names) && !failed && <Lines count={6} />}
      {answer && names && (
        <>
          <div className="figv" ref={head} tabIndex={-1}>
            <b>{valueWords(answer)}</b>
            <span className="muted">
              <Whose answer={answer} names={names} team={teams.data?.find(({ id }) => id === answer.team)?.name} />,{' '}
              {dayRangeWithYear(answer.from, answer.to)}
            </span>
          </div>
          <p className="mid figf">{answer.formula}.</p>
          {answer.parts.length === 0 && (
            <p className="mid">{answer.unit === 'day' ? 'No budget is set.' : 'Nothing in these days: no hours and no work.'}</p>
          )}
          {answer.parts.map((part) => (
            <Part key={part.title} part={part} folded={answer.parts.length > 4} answer={answer} names={names} />
          ))}
        </>
      )}
    </Sheet>
  );
}

/** A row that opens in turn goes with what it stood in: the focus goes to the figure that comes. */
function useFocusWhenOther(question: Question, loaded: boolean) {
  const head = useRef<HTMLDivElement>(null);
  const text = figureText(question);
  const shown = useRef(text);
  useEffect(() => {
    if (!loaded || shown.current === text) return;
    shown.current = text;
    head.current?.focus();
  }, [text, loaded]);
  return head;
}

function Whose({ answer, names, team: name }: { answer: RowsAnswer; names: Names; team: string | undefined }) {
  const { person, project, team } = answer;
  if (person) return <Link to={`/people/${person}`}>{nameOf(person, names.people)}</Link>;
  if (project) return <Link to={`/projects/${project}`}>{names.projects.get(project)?.name ?? 'A project'}</Link>;
  if (team) return <Link to={`/teams/${team}`}>{name ?? 'A team'}</Link>;
  return <>{answer.parts.some(({ unit }) => unit === 'weeks') ? 'All projects' : 'Everybody'}</>;
}

const isState = (value: unknown): value is CoverageState => typeof value === 'string' && value in coverageWords;

function valueWords({ value, unit, currency, parts }: RowsAnswer): string {
  if (unit === 'day') return typeof value === 'string' ? dayRangeWithYear(value, value) : parts.length > 0 ? 'never: it lasts' : '–';
  if (unit === 'state') return isState(value) ? coverageWords[value] : 'does not count';
  if (unit === 'yes-or-no') return value === true ? 'yes' : 'no';
  if (typeof value !== 'number') return '–';
  if (unit === 'money') return amountWords(value, currency ?? defaultCurrency);
  if (unit === 'ratio') return percent(value);
  return unit === 'hours' ? hours(value) : unit === 'people' ? count(value, 'person', 'people') : String(Math.round(value * 100) / 100);
}

const inUnit = (unit: FigurePart['unit'], value: number, currency = defaultCurrency): string =>
  unit === 'money'
    ? amountWords(value, currency)
    : unit === 'hours'
      ? hours(value)
      : unit === 'share'
        ? percent(value)
        : count(value, 'week');

interface PartProps {
  part: FigurePart;
  folded: boolean;
  answer: RowsAnswer;
  names: Names;
}

/** One part with its rows; many parts (the weeks of a range) stand folded. */
function Part({ part, folded, answer, names }: PartProps) {
  const head = (
    <>
      <span>
        {part.title}
        {part.as === 'denominator' && <small className="muted"> · what it is a share of</small>}
      </span>
      {part.unit !== 'share' && <span className="num">{inUnit(part.unit, part.value, answer.currency)}</span>}
    </>
  );
  const rows = (
    <ul>
      {part.rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of one answer, which are never put in another order
        <Row key={index} row={row} unit={part.unit} answer={answer} names={names} />
      ))}
    </ul>
  );
  if (part.rows.length === 0)
    return (
      <section className="figp">
        <h3>{head}</h3>
      </section>
    );
  return folded ? (
    <details className="figp">
      <summary>{head}</summary>
      {rows}
    </details>
  ) : (
    <section className="figp">
      <h3>{head}</h3>
      {rows}
    </section>
  );
}

const signed = (unit: FigurePart['unit'], value: number, mixed: boolean, currency?: string): string =>
  mixed && value > 0 ? `+${inUnit(unit, value, currency)}` : inUnit(unit, value, currency);

function Row({ row, unit, answer, names }: { row: FigureRow; unit: FigurePart['unit']; answer: RowsAnswer; names: Names }) {
  const { name, to, words } = toldOf(row, answer, names);
  const value = signed(
    unit,
    row.value,
    answer.parts.some(({ as, rows }) => as === 'sum' && rows.some((one) => one.value < 0)),
    answer.currency,
  );
  return (
    <li>
      <span>
        <Link to={to}>
          <bdi>{name}</bdi>
        </Link>
        {words && <small>{words}</small>}
      </span>
      <span className="num">
        {row.question ? (
          <FigureButton question={row.question} label={`${name}: ${value}, what it is made of`}>
            {value}
          </FigureButton>
        ) : (
          value
        )}
      </span>
    </li>
  );
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** What of the work an amount of money prices, and at which rate. */
function priceWords({ hours: priced, rate }: FigureRow, currency = defaultCurrency): string {
  if (priced === undefined) return '';
  return rate == null ? `${hours(priced)} without a rate` : `${hours(priced)} at ${amountWords(rate, currency)}`;
}

const openDays = ({ from, to }: FigureRow): string => (from ? dayRange(from, to ?? null) : '');

/** What a row is called, where it leads, and what else is said of it. */
function toldOf(
  row: FigureRow,
  { from, currency, ...of }: RowsAnswer,
  { people, projects }: Names,
): { name: string; to: string; words: ReactNode } {
  const project = (id: string | undefined) => projects.get(id ?? '')?.name ?? 'A project that is gone';
  const days = row.from && row.to ? (row.from === row.to ? shortDay(row.from) : dayRange(row.from, row.to)) : '';
  const start = addWeeks(weekOf(row.from ?? from), -1);
  switch (row.kind) {
    case 'work': {
      const at = `/staffing?by=person&from=${start}&open=${row.person}&edit=${row.assignment}`;
      const [who, what] = [nameOf(row.person ?? '', people), project(row.project)];
      // Of a project's figure it is the person that tells rows apart.
      const [name, other] = of.project ? [who, of.project === row.project ? '' : what] : [what, of.person === row.person ? '' : who];
      return { name, to: at, words: [other, row.words, days, priceWords(row, currency)].filter(Boolean).join(' · ') };
    }
    case 'leave':
      return { name: 'Leave', to: `/leave?leave=${row.timeOff}`, words: days };
    case 'holiday':
      return {
        name: row.words,
        to: `/leave?holidays=${encodeURIComponent(regionThat(people.get(row.person ?? ''), row.from))}`,
        words: `Holiday, ${days}`,
      };
    case 'person':
      return { name: nameOf(row.person ?? '', people), to: `/people/${row.person}`, words: row.words };
    case 'project':
      return { name: project(row.project), to: `/projects/${row.project}`, words: row.words };
    case 'place':
      return {
        name: 'Open place',
        to: `/staffing?by=person&from=${start}&opening=${row.opening}`,
        words: [row.words, openDays(row)].join(' · '),
      };
    case 'week':
      return {
        name: days,
        to: `/staffing?from=${start}&cell=${encodeURIComponent(`${row.project} ${row.week}`)}`,
        words: isState(row.words) ? coverageWords[row.words] : row.words,
      };
    default:
      return {
        name: row.kind === 'operations' ? 'Operations share' : capital(row.words),
        to: `/people/${row.person}`,
        words: row.kind === 'operations' ? row.words : '',
      };
  }
}

const regionThat = (person: PersonView | undefined, day: string | undefined): string => (person && day && regionOn(person, day)) || '';
