import type { CandidatesAnswer } from '@sidekick/contracts';
import { useState } from 'react';
import { FieldError } from '../staffing/fields.tsx';
import type { Records } from './bars.ts';
import { freeRange } from './gap-popover.tsx';

interface Props {
  answer: CandidatesAnswer | undefined;
  waiting: boolean;
  value: string | null;
  /** Who holds the assignment now: always in the list. */
  current: string | null;
  onChange: (person: string) => void;
  records: Records;
  error: string | null;
}

/** Everybody by free hours of those weeks; the rest below, each with the rule that forbids them. */
export function AssignPeople({ answer, waiting, value, current, onChange, records, error }: Props) {
  const [filter, setFilter] = useState('');
  const name = (person: string) => records.people.get(person)?.private.name ?? 'Unknown person';
  const hit = (person: string) => name(person).toLowerCase().includes(filter.trim().toLowerCase());
  const candidates = (answer?.candidates ?? []).filter(({ person }) => hit(person));
  const ruledOut = (answer?.ruledOut ?? []).filter(({ person }) => hit(person) && person !== current);
  const listed = candidates.some(({ person }) => person === current);
  const row = (person: string, detail: string, free: string) => (
    <label key={person} className={person === value ? 'on' : undefined}>
      <input type="radio" name="person" checked={person === value} onChange={() => onChange(person)} />
      <span className="b">{name(person)}</span>
      <span className="num">{free}</span>
      {detail && <small>{detail}</small>}
    </label>
  );
  return (
    <fieldset>
      <legend>Person</legend>
      {(answer?.candidates.length ?? 0) + (answer?.ruledOut.length ?? 0) > 10 && (
        <input
          type="search"
          aria-label="Find a person"
          placeholder="Find a person"
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
      )}
      <div className="pick" aria-busy={waiting}>
        {current !== null && !listed && hit(current) && row(current, 'has it now', '')}
        {!answer && <div className="pick-h">{waiting ? 'Looking who is free' : 'Choose a project and days first'}</div>}
        {answer && (
          <div className="pick-h">{candidates.length === 0 ? 'Nobody is free for all of it' : 'Most free hours a week first'}</div>
        )}
        {candidates.map((one) => row(one.person, detailOf(one), freeRange(one)))}
        {ruledOut.length > 0 && <div className="pick-h">Ruled out; a manager can still save with a reason</div>}
        {ruledOut.map(({ person, message }) => row(person, message, ''))}
      </div>
      {error && <FieldError>{error}</FieldError>}
    </fieldset>
  );
}

function detailOf(one: CandidatesAnswer['candidates'][number]): string {
  const skills = one.skills.map(({ skill, level, required }) => `${skill} ${level}${level < required ? ` of ${required}` : ''}`);
  const knows = one.knowledge >= 0.5 ? [`knows it: ${Math.round(one.knowledge)} h, ${one.knowledgeState}`] : [];
  return [...skills, ...knows].join(' · ');
}
