import { addDays, daysBetween, mondayOfWeek } from '@sidekick/calendar/iso';
import type { CapacityAnswer, PersonView, Question } from '@sidekick/contracts';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router-dom';
import { FigureButton } from '../../staffing/figure-button.tsx';
import { hours, shortDay, weekRuns } from '../../staffing/format.ts';
import { nameOf } from '../../staffing/people-names.ts';
import { Button } from '../../ui/button.tsx';
import { freeQuestion } from './heat-questions.ts';
import { loadWords } from './heat-rows.ts';

type Listed = CapacityAnswer['idle'];
const shownFirst = 8;

interface Props {
  answer: CapacityAnswer;
  people: ReadonlyMap<string, PersonView>;
}

/** Who is over, idle or under in these weeks, with the hours that it comes to. */
export function LoadLists({ answer, people }: Props) {
  const of = (title: string, items: Listed, what: string, none: string, mark: 'over' | 'idle' | 'under') => ({
    title,
    items,
    what,
    none,
    mark,
  });
  const lists = [
    of('Over', answer.over, 'above net', 'Confirmed work fits everybody’s net hours.', 'over'),
    of('Idle', answer.idle, 'free', 'Nobody has a week without confirmed work.', 'idle'),
    of('Under half', answer.under, 'free', 'Nobody has work for less than half of net.', 'under'),
  ];
  return (
    <div className="ht-lists">
      {lists.map((list) => (
        <section key={list.title} aria-label={list.title}>
          <h2>
            <span aria-hidden="true" className={list.mark === 'over' ? 'bad' : undefined}>
              {loadWords[list.mark].glyph}{' '}
            </span>
            {list.title} <span className="muted">{list.items.length}</span>
          </h2>
          {list.items.length === 0 && <p className="muted">{list.none}</p>}
          <People
            items={list.items}
            what={list.what}
            over={list.mark === 'over'}
            days={answer.by === 'day' && list.mark === 'over'}
            people={people}
          />
        </section>
      ))}
    </div>
  );
}

interface PeopleProps {
  items: Listed;
  what: string;
  over: boolean;
  /** The buckets are days, else weeks. */
  days: boolean;
  people: Props['people'];
}

function People({ items, what, over, days, people }: PeopleProps) {
  const [all, setAll] = useState(false);
  const shown = all ? items : items.slice(0, shownFirst);
  return (
    <>
      <ul className="pgs">
        {shown.map(({ person, buckets, hours: total }) => (
          <li key={person}>
            <span>
              <Link to={`/people/${person}`}>
                <bdi>{nameOf(person, people)}</bdi>
              </Link>
              <small>{days ? buckets.map(shortDay).join(', ') : weekRuns(buckets)}</small>
            </span>
            <span className="num">
              <Total person={person} buckets={buckets} over={over} days={days}>
                <b>{hours(total)}</b>
              </Total>{' '}
              <small>{what}</small>
            </span>
          </li>
        ))}
      </ul>
      {items.length > shown.length && (
        <Button look="quiet" onClick={() => setAll(true)}>
          Show all {items.length}
        </Button>
      )}
    </>
  );
}

interface TotalProps {
  person: string;
  buckets: readonly string[];
  over: boolean;
  days: boolean;
  children: ReactNode;
}

/** Hours open where one question names them: free hours of one run of weeks, hours over of weeks or of one day. */
function Total({ person, buckets, over, days, children }: TotalProps) {
  const [first, last] = [buckets[0] ?? '', buckets.at(-1) ?? ''];
  const [from, to] = days ? [first, last] : [mondayOfWeek(first), addDays(mondayOfWeek(last), 6)];
  const length = daysBetween(from, to) + 1;
  // Between weeks that are over there may be others, which add nothing; days are judged by day alone.
  if (over ? days && length > 1 : length !== buckets.length * 7) return <>{children}</>;
  const question: Question = over ? { what: 'overHours', args: { person, days: [from, to] } } : freeQuestion(person, { from, to });
  return <FigureButton question={question}>{children}</FigureButton>;
}
