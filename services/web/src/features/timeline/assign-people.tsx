import { type Assignment, type CandidatesAnswer, typedKey } from '@sidekick/contracts';
import { useState } from 'react';
import { hours } from '../../staffing/format.ts';
import { isOffered, nameOf } from '../../staffing/people-names.ts';
import { Button } from '../../ui/button.tsx';
import { FieldError } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import type { Records } from './bars.ts';
import { freeRange, offerWords, orderWords } from './candidate-words.ts';

interface Props {
  answer: CandidatesAnswer | undefined;
  error: Error | null;
  retry: () => void;
  waiting: boolean;
  value: string | null;
  /** Who holds the assignment now: always in the list. */
  current: string | null;
  role: Assignment['role'];
  onChange: (person: string) => void;
  /** Leaves the place open. */
  onNobody?: (() => void) | undefined;
  records: Records;
  today: string;
  wrong: string | null;
}

/** Everybody who could do it in the order that is said; the rest below, each with the rule that forbids them. */
export function AssignPeople({ answer, error, retry, waiting, value, current, role, onChange, onNobody, records, today, wrong }: Props) {
  const [filter, setFilter] = useState('');
  const name = (person: string) => nameOf(person, records.people);
  const hit = (person: string) => typedKey(name(person)).includes(typedKey(filter));
  const candidates = (answer?.candidates ?? []).filter(({ person }) => hit(person));
  const offered = (person: string) => person !== current && isOffered(person, records.people, today);
  const ruledOut = (answer?.ruledOut ?? []).filter(({ person }) => hit(person) && offered(person));
  const listed = candidates.some(({ person }) => person === current);
  const row = (person: string, detail: string, free: string, volunteered = false) => (
    <label key={person} className={person === value ? 'on' : undefined}>
      <input type="radio" name="person" checked={person === value} onChange={() => onChange(person)} />
      <span>
        <bdi className="b">{name(person)}</bdi>
        {volunteered && (
          <>
            {' '}
            <span className="tag a">Volunteered</span>
          </>
        )}
      </span>
      <span className="num">{free}</span>
      {detail && <small>{detail}</small>}
    </label>
  );
  return (
    <fieldset>
      <legend>Person</legend>
      {onNobody && (
        <p className="nobody">
          <Button onClick={onNobody} title="It is kept as an open place: wanted hours, no work, filled later">
            Nobody yet…
          </Button>
        </p>
      )}
      {(answer?.candidates.length ?? 0) + (answer?.ruledOut.length ?? 0) > 10 && (
        <input
          type="search"
          aria-label="Find a person"
          placeholder="Find a person"
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
      )}
      {error && <ProblemNote error={error} retry={retry} what="Who could do it is not known" />}
      <div className="pick" aria-busy={waiting}>
        {current !== null && !listed && hit(current) && row(current, 'has it now', '')}
        {/* Whose row a new one was begun in stands here before anybody else is known. */}
        {!answer && value !== null && value !== current && row(value, '', '')}
        {!answer && !error && <div className="pick-h">{waiting ? 'Looking who is free' : 'Choose a project, days and hours first'}</div>}
        {answer && <div className="pick-h">{candidates.length === 0 ? 'Nobody is free for all of it' : orderWords(answer)}</div>}
        {candidates.map((one) => row(one.person, detailOf(one, role), freeRange(one), one.volunteered))}
        {ruledOut.length > 0 && <div className="pick-h">Ruled out; a manager can still save with a reason</div>}
        {ruledOut.map(({ person, message, volunteered, wishes }) =>
          row(person, [...offerWords({ wishes }), message].join(' · '), '', volunteered),
        )}
      </div>
      <FieldError error={wrong} />
    </fieldset>
  );
}

function detailOf(one: CandidatesAnswer['candidates'][number], role: Assignment['role']): string {
  const already = (one.already ?? []).map(
    (work) => `already ${work.role} here, ${hours(work.hoursPerWeek)} a week: this would be beside it`,
  );
  const skills = one.skills.map(({ skill, level, required }) => `${skill} ${level}${level < required ? ` of ${required}` : ''}`);
  const lacking = role === 'lead' && one.skilled === false ? ['lacks a level'] : [];
  const knows = one.knowledge >= 0.5 ? [`knows it: ${Math.round(one.knowledge)} h, ${one.knowledgeState}`] : [];
  return [...already, ...offerWords({ wishes: one.wishes }), ...skills, ...lacking, ...knows].join(' · ');
}
