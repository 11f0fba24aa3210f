import { addWeeks, mondayOfWeek, weekOf, weeksFrom } from '@sidekick/calendar/iso';
import { FiguresAnswer, type Question } from '@sidekick/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { ask, bodyOf } from '../../api/ask.ts';
import { percent, shortDay } from '../../staffing/format.ts';
import { LineChart } from '../../ui/line-chart.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Block } from '../../ui/skeleton.tsx';

/** Weeks before this one, and this one with those after it. */
const [past, ahead] = [12, 12];

const Values = z.array(z.number().nullable());
const Answers = FiguresAnswer.extend({ answers: z.tuple([Values, Values, Values, Values]) });

function useTrend(today: string, team: string | null) {
  const week = weekOf(today);
  const eachWeek: [string, string] = [addWeeks(week, -past), addWeeks(week, ahead - 1)];
  const cut = team === null ? { eachWeek } : { eachWeek, team };
  const questions: Question[] = [
    { what: 'utilisation', args: cut },
    { what: 'utilisation', args: { ...cut, withTentative: true } },
    { what: 'coverageRatio', args: { eachWeek } },
    { what: 'fairness', args: cut },
  ];
  const query = useQuery({
    queryKey: ['staffing', 'trend', questions],
    queryFn: ({ signal }) => ask(Answers, '/figures', { method: 'POST', body: bodyOf('askFigures', { questions }), signal }),
    placeholderData: keepPreviousData,
  });
  return { query, weeks: weeksFrom(eachWeek[0], past + ahead) };
}

/** The last and the next twelve weeks: how full the group is, how much is covered, how evenly sidekick hours are shared. */
export function Trend({ today, team }: { today: string; team: string | null }) {
  const { query, weeks } = useTrend(today, team);
  const columns = weeks.map((week) => shortDay(mondayOfWeek(week)));
  const [utilisation, withTentative, coverage, fairness] = query.data?.answers ?? [];
  return (
    <section className="ht-trend" aria-label="The last and the next 12 weeks">
      <h2>The last and the next 12 weeks</h2>
      {query.error && <ProblemNote error={query.error} what="The weeks did not load" retry={() => void query.refetch()} />}
      {!query.data && !query.error && <Block h={180} />}
      {utilisation && withTentative && coverage && fairness && (
        <div className="ht-charts">
          <LineChart
            title={
              team === null
                ? 'Utilisation of net hours, and covered of the projects that need cover'
                : 'Utilisation of net hours of this team; covered of all projects that need cover'
            }
            columns={columns}
            column="Week of"
            now={past}
            words={(value) => percent(value)}
            lines={[
              { key: 'confirmed', name: 'Confirmed work', values: utilisation },
              { key: 'tentative', name: 'With tentative work', values: withTentative },
              { key: 'coverage', name: 'Coverage ratio', values: coverage },
            ]}
          />
          <LineChart
            title="Fairness of sidekick hours: 1 where all have the same share of their net hours"
            columns={columns}
            column="Week of"
            now={past}
            words={(value) => String(Math.round(value * 100) / 100)}
            lines={[{ key: 'fairness', name: 'Fairness', values: fairness }]}
          />
        </div>
      )}
    </section>
  );
}
