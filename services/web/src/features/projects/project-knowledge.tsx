import { mondayOfWeek, weekOf } from '@sidekick/calendar/iso';
import type { KnowledgeOverTime } from '@sidekick/contracts';
import { FigureButton } from '../../staffing/figure-button.tsx';
import { knownHours, shortDay } from '../../staffing/format.ts';
import { PersonLinks } from '../../staffing/links.tsx';
import { nameOf } from '../../staffing/people-names.ts';
import { Section } from '../../staffing/record-page.tsx';
import { LineChart } from '../../ui/line-chart.tsx';
import type { Records } from '../timeline/index.ts';

type Week = KnowledgeOverTime[number];

/** Who together hold half of what is known, the fewest. */
const halfOf = ({ holders, absenceFactor }: Week): string[] => holders.slice(0, absenceFactor).map(({ person }) => person);

/** Hours of one person at the end of each week; 0 where nothing is known or they are not here. */
const hoursOf = (weeks: KnowledgeOverTime, person: string): number[] =>
  weeks.map(({ holders }) => holders.find((one) => one.person === person)?.hours ?? 0);

interface Props {
  project: string;
  weeks: KnowledgeOverTime;
  records: Records;
  today: string;
}

/** What is known of the project over time, by person, and on how many people it hangs. */
export function ProjectKnowledge({ project, weeks, records, today }: Props) {
  const now = weeks.findIndex(({ week }) => week === weekOf(today));
  const at = weeks[now] ?? weeks.at(-1);
  const people = [...new Set(weeks.flatMap(({ holders }) => holders.map(({ person }) => person)))]
    .map((person) => ({ person, values: hoursOf(weeks, person) }))
    .sort((a, b) => Math.max(...b.values) - Math.max(...a.values));
  const columns = weeks.map(({ week }) => shortDay(mondayOfWeek(week)));
  const shared = { columns, column: 'Week of', now: now < 0 ? undefined : now };
  return (
    <Section id="knowledge" title="Knowledge" note="hours worked, halved every 90 days, of those still here">
      {(people.length === 0 || !at) && <p className="mid">Nobody has worked on it yet, so nobody knows it.</p>}
      {people.length > 0 && at && (
        <>
          <p className="mid kn-w">
            {at.absenceFactor === 0 ? (
              'Nobody knows it yet: confirmed work is still to come.'
            ) : (
              <>
                <FigureButton className="b" question={{ what: 'absenceFactor', args: { project, on: at.on } }}>
                  Absence factor {at.absenceFactor}
                </FigureButton>
                : <PersonLinks ids={halfOf(at)} people={records.people} /> {at.absenceFactor === 1 ? 'alone holds' : 'together hold'} half
                of what is known.
              </>
            )}
          </p>
          <LineChart
            {...shared}
            title="Knowledge by person, hours at the end of each week"
            lines={people.map(({ person, values }) => ({ key: person, name: nameOf(person, records.people, 'Somebody'), values }))}
            words={knownHours}
            cell={(person, column, text) => (
              <FigureButton question={{ what: 'knowledge', args: { person, project, on: weeks[column]?.on } }}>{text}</FigureButton>
            )}
            guides={[
              { value: 20, name: 'warm 20 h' },
              { value: 8, name: 'cooling 8 h' },
            ]}
          />
          <LineChart
            {...shared}
            title="Absence factor, people"
            lines={[{ key: 'factor', name: 'Absence factor', values: weeks.map(({ absenceFactor }) => absenceFactor) }]}
            words={String}
            cell={(_line, column, text) => (
              <FigureButton question={{ what: 'absenceFactor', args: { project, on: weeks[column]?.on } }}>{text}</FigureButton>
            )}
            steps
            height={48}
          />
        </>
      )}
    </Section>
  );
}
