import { daysBetween } from '@sidekick/calendar/iso';
import { type PersonView, regionsOf, type TeamView, type TimeOffView } from '@sidekick/contracts';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { count, dayRangeWithYear, percent } from '../../staffing/format.ts';
import { useDecisions } from '../../staffing/queries.ts';
import { EditLink, Facts, Section } from '../../staffing/record-page.tsx';
import { useRegions } from '../../staffing/regions.ts';
import { skillLevelWords } from '../../staffing/skills-field.tsx';
import { useToday } from '../../staffing/today.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { dayWords } from '../../ui/writing.ts';
import { amountText, answerWords, lengthText, mayOpen } from '../leave/index.ts';

/** Skills with their levels, the highest first. */
export function Skills({ person, edit }: { person: PersonView; edit: string | null }) {
  const skills = [...person.skills].sort((a, b) => b.level - a.level || a.skill.localeCompare(b.skill));
  return (
    <Section id="skills" title="Skills" action={edit && <EditLink to={edit} at="skills" what="the skills" />}>
      {skills.length === 0 && <p className="mid">No skill is named yet: candidates are found by skills.</p>}
      <ul className="rows">
        {skills.map(({ skill, level }) => (
          <li key={skill}>
            <Link className="nl" to={`/people?q=${encodeURIComponent(skill)}`} title="Everybody with this skill">
              <bdi>{skill}</bdi>
            </Link>
            <span className="muted">
              {skillLevelWords(level)} <b className="num">{level}</b>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

interface LeaveProps {
  person: string;
  timeOff: readonly TimeOffView[];
  today: string;
  manager: boolean;
  /** The person of the reader. */
  own: string | null;
  /** Whether the reader may ask for leave of this person. */
  mayAsk: boolean;
}

const looks = { requested: 'tag a', approved: 'tag g', declined: 'tag' } as const;

/** When the person is away. Why is for the person and managers; everyone else reads that they are. */
export function Leave({ person, timeOff, today, manager, own, mayAsk }: LeaveProps) {
  const [past, setPast] = useState(false);
  const all = timeOff.filter((one) => one.person === person).sort((a, b) => (a.from < b.from ? -1 : 1));
  const ended = all.filter(({ to }) => to < today).reverse();
  const shown = past ? [...all.filter(({ to }) => to >= today), ...ended] : all.filter(({ to }) => to >= today);
  return (
    <Section
      id="leave"
      title="Leave"
      action={
        mayAsk && (
          <Link className="link rp-e" to="?ask=1" preventScrollReset>
            {manager ? 'Add leave' : 'Ask for leave'}
          </Link>
        )
      }
    >
      {shown.length === 0 && <p className="mid">Not away now, and nothing is asked for.</p>}
      <ul className="rows">
        {shown.map((leave) => (
          <li key={leave.id}>
            <span>
              {mayOpen(leave, manager, own) ? (
                <Link className="nl" to={`?leave=${leave.id}`} preventScrollReset>
                  {dayRangeWithYear(leave.from, leave.to)}
                </Link>
              ) : (
                dayRangeWithYear(leave.from, leave.to)
              )}
              <small>
                {[lengthText(leave), amountText(leave), leave.private ? leave.private.kind : 'away'].filter(Boolean).join(', ')}
                {answerWords(leave) && <bdi> {answerWords(leave)}</bdi>}
              </small>
            </span>
            <span className={looks[leave.state]}>{leave.state}</span>
          </li>
        ))}
      </ul>
      {ended.length > 0 && (
        <p className="acts">
          <Button look="quiet" onClick={() => setPast(!past)} aria-expanded={past}>
            {past ? 'Hide what is past' : 'Show what is past'}
          </Button>
        </p>
      )}
    </Section>
  );
}

/** Contract and place. */
export function Contract({ person, edit, manager }: { person: PersonView; edit: string | null; manager: boolean }) {
  const { contract, employment, timeZone, operationsShare } = person;
  const regions = useRegions().data?.items ?? [];
  const placeOf = (code: string | null) => {
    const name = regions.find((one) => one.code === code)?.name;
    return code === null ? 'none' : name ? `${name} (${code})` : code;
  };
  const holidays = regionsOf(person).map((one) =>
    one.from === null ? placeOf(one.region) : `from ${dayWords(one.from, null)} ${placeOf(one.region)}`,
  );
  return (
    <Section id="contract" title="Contract" action={edit && <EditLink to={edit} at="contract" what="contract and place" />}>
      <Facts
        items={[
          ['Employment', employment === 'freelance' ? 'Freelance' : 'Employed'],
          ['Contract', contract.from || contract.to ? windowWords(contract) : 'without an end'],
          ['Time zone', timeZone],
          ['Holidays', holidays.join(', ')],
          ['Operations', `${percent(operationsShare)} of net hours kept free`],
          ['E-mail', person.private.email ?? '–'],
          ...(manager && person.private.note ? ([['Note', <bdi key="note">{person.private.note}</bdi>]] as const) : []),
        ]}
      />
      <ContractEnds person={person} manager={manager} />
    </Section>
  );
}

/** Days before the end of a contract at which it is told, and at which it is told again. */
const [firstNotice, lastNotice] = [8 * 7, 2 * 7];

/** That the contract ends soon, and what loses cover then. */
function ContractEnds({ person, manager }: { person: PersonView; manager: boolean }) {
  const { today } = useToday();
  const { to } = person.contract;
  const left = to === null || to < today ? null : daysBetween(today, to);
  const isNear = left !== null && left <= firstNotice;
  const decisions = useDecisions(16, isNear);
  if (!isNear) return null;
  const told = decisions.data?.items.find((one) => one.kind === 'contract-end' && one.person === person.id);
  return (
    <div className={left <= lastNotice ? 'conf bad0' : 'conf'}>
      <Icon name="clock" />
      <span>
        <b>{left === 0 ? 'Today is the last day.' : `Ends in ${left % 7 === 0 ? count(left / 7, 'week') : count(left, 'day')}.`}</b>{' '}
        {told?.detail ?? (decisions.data && 'Nobody counts on them by then.')}{' '}
        {manager && told && (
          <Link className="link" to="?leaves=1" preventScrollReset>
            Hand over
          </Link>
        )}
      </span>
    </div>
  );
}

function windowWords({ from, to }: PersonView['contract']): string {
  if (from !== null) return dayRangeWithYear(from, to);
  return `until ${dayWords(to ?? '', null)}`;
}

/** Teams that the person is in. */
export function Teams({ person, teams, canEdit }: { person: string; teams: readonly TeamView[]; canEdit: boolean }) {
  const own = teams.filter(({ people }) => people.includes(person)).sort((a, b) => a.name.localeCompare(b.name));
  return (
    <Section
      id="teams"
      title="Teams"
      action={
        canEdit && (
          <Link className="link rp-e" to="/teams">
            All teams
          </Link>
        )
      }
    >
      {own.length === 0 && <p className="mid">In no team.</p>}
      <ul className="rows">
        {own.map((team) => (
          <li key={team.id}>
            <Link className="nl" to={`/teams/${team.id}`}>
              <bdi>{team.name}</bdi>
            </Link>
            {team.lead === person && <span className="tag">leads it</span>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
