import { sundayOf } from '@sidekick/calendar/iso';
import type { Decision } from '@sidekick/contracts';
import { Link } from 'react-router-dom';
import { count, monthName, weekdayAndDay } from '../../staffing/format.ts';
import { LinkedText, projectsIn, subjectsOf } from '../../staffing/links.tsx';
import { grouped } from '../../staffing/lists.ts';
import { Button } from '../../ui/button.tsx';
import { CoverageCell, coverageStates, coverageWords } from '../../ui/coverage-cell.tsx';
import { Icon, type IconName } from '../../ui/icons.tsx';
import type { Records } from '../timeline/index.ts';
import { MergeSkill } from './merge-skill.tsx';

interface Props {
  items: readonly Decision[];
  /** How many more there are of kinds that this page does not know. */
  unknown: number;
  records: Records;
  today: string;
  /** Last day of the weeks looked at. */
  until: string;
  canEdit: boolean;
  onAssign: (slot: { project: string; role: 'lead' | 'sidekick'; from: string; to: string }) => void;
}

/** `This week`, then by month; the year where it is another. */
function decisionGroup(decideBy: string, today: string): string {
  if (decideBy <= sundayOf(today)) return 'This week';
  if (decideBy.slice(0, 7) === today.slice(0, 7)) return `Later in ${monthName(decideBy)}`;
  return decideBy.slice(0, 4) === today.slice(0, 4) ? monthName(decideBy) : `${monthName(decideBy)} ${decideBy.slice(0, 4)}`;
}

/** What needs a decision, most urgent first, each with one action. */
export function Decisions({ items, unknown, records, today, until, canEdit, onAssign }: Props) {
  const groups = [...grouped(items, ({ decideBy }) => decisionGroup(decideBy, today))];
  return (
    <section>
      <div className="sec">
        <h2>Needs a decision</h2>
        {items.length > 0 && <span className="muted">{items.length}, most urgent first</span>}
      </div>
      {items.length === 0 && unknown === 0 && (
        <p className="mid em0">
          Nothing to decide until {weekdayAndDay(until)}. Project-weeks without a sidekick, requests for leave and proposals come here.
        </p>
      )}
      {groups.map(([title, list], index) => (
        <div key={title}>
          <h3 className="dg">
            <span>{title}</span>
            {index === 0 && <span className="by">decide by</span>}
          </h3>
          <ul className="dl">
            {list.map((decision) => (
              <li key={decision.id}>
                <Glyph decision={decision} />
                <div>
                  <span className="b">
                    <LinkedText text={decision.title} subjects={subjectsOf(namedIn(decision), records)} />
                  </span>
                  <div className="x">
                    <LinkedText
                      text={decision.detail}
                      subjects={[...subjectsOf(namedIn(decision), records), ...projectsIn(decision.detail, records.projects)]}
                    />
                  </div>
                </div>
                <div className="when">{weekdayAndDay(decision.decideBy)}</div>
                <div className="act">{canEdit && <Action decision={decision} onAssign={onAssign} />}</div>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {unknown > 0 && (
        <p className="mid">
          {count(unknown, 'more needs', 'more need')} a decision, of a kind that this page does not know: the portal was updated. Reload it.
        </p>
      )}
    </section>
  );
}

/** People and projects that a decision is about. */
const namedIn = (decision: Decision): string[] => [
  ...('person' in decision ? [decision.person] : []),
  ...('project' in decision ? [decision.project] : []),
  ...('people' in decision ? decision.people : []),
  ...('projects' in decision ? decision.projects : []),
];

const icons: Record<Exclude<Decision['kind'], 'gap'>, IconName> = {
  'open-lead': 'users',
  'open-place': 'users',
  'leave-request': 'cal',
  'over-allocated': 'warn',
  proposal: 'page',
  'contract-end': 'clock',
  'no-calendar': 'cal',
  'skill-spellings': 'warn',
  'budget-runs-out': 'warn',
};

function Glyph({ decision }: { decision: Decision }) {
  if (decision.kind === 'gap') {
    // The state most of the gap is in; the worse one where two are alike.
    const counts = grouped(decision.weeks, ({ state }) => state);
    const state = coverageStates.reduce((best, next) => ((counts.get(next)?.length ?? 0) > (counts.get(best)?.length ?? 0) ? next : best));
    return <CoverageCell state={state} title={coverageWords[state]} />;
  }
  return (
    <span className="g">
      <Icon name={icons[decision.kind]} />
    </span>
  );
}

function Action({ decision, onAssign }: { decision: Decision; onAssign: Props['onAssign'] }) {
  const { from, to } = decision;
  switch (decision.kind) {
    case 'gap':
      return <Button onClick={() => onAssign({ project: decision.project, role: 'sidekick', from, to })}>Find a sidekick</Button>;
    case 'open-lead':
      return <Button onClick={() => onAssign({ project: decision.project, role: 'lead', from, to })}>Find a lead</Button>;
    case 'open-place':
      return (
        <Link className="btn" to={`?fill=${decision.opening}`} preventScrollReset>
          Fill it
        </Link>
      );
    case 'leave-request':
      return (
        <Link className="btn" to={`/leave#request-${decision.timeOff}`}>
          Answer request
        </Link>
      );
    case 'proposal':
      return (
        <Link className="btn" to={`/projects/${decision.project}/edit?at=dates`}>
          Answer proposal
        </Link>
      );
    case 'budget-runs-out':
      return (
        <Link className="btn" to={`/projects/${decision.project}#money`}>
          Show the money
        </Link>
      );
    case 'over-allocated':
      return (
        <Link className="btn" to={`/staffing?by=person&open=${decision.person}`}>
          Show the weeks
        </Link>
      );
    case 'contract-end':
      return (
        <Link className="btn" to={`/people/${decision.person}?leaves=1`}>
          Hand over
        </Link>
      );
    case 'no-calendar':
      return decision.known ? (
        <Link className="btn" to={`/leave?holidays=${encodeURIComponent(decision.region)}`}>
          Load the holidays
        </Link>
      ) : (
        <Link className="btn" to={`/people/${decision.people[0] ?? ''}/edit?at=place`}>
          Choose a region
        </Link>
      );
    case 'skill-spellings':
      return <MergeSkill decision={decision} />;
  }
}
