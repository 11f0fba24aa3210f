import type { AssignmentView } from '@sidekick/contracts';
import { wordsOf } from '../../staffing/changes.ts';
import { Field } from '../../staffing/fields.tsx';
import { dayRangeWithYear, hours } from '../../staffing/format.ts';
import { isolated, nameOf } from '../../staffing/people-names.ts';
import { useCandidates } from '../../staffing/queries.ts';
import { closedSlot, freeRange, offerWords, type Records } from '../timeline/index.ts';
import { after, daysAfter, workChoice } from './leaving.ts';
import type { LeavingForm } from './use-leaving-form.ts';

interface Props {
  form: LeavingForm;
  records: Records;
  day: string;
  today: string;
}

/** What each assignment that goes on after the last day becomes. */
export function WorkLeft({ form, records, day }: Props) {
  const { work } = after(form.left, day);
  return (
    <section aria-label="Work after the last day" className="lv">
      <h3>Work after that day</h3>
      {work.length === 0 && <p className="mid">None: what they work on is over by then.</p>}
      {work.map((one) => (
        <Handover key={one.id} {...{ one, form, records, day }} />
      ))}
    </section>
  );
}

interface HandoverProps {
  one: AssignmentView;
  form: LeavingForm;
  records: Records;
  day: string;
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

const couldWords = (many: number): string =>
  many === 0 ? 'Nobody has hours left for it' : `${many === 1 ? '1 has' : `${many} have`} hours left, listed best first`;

/** Ends it, or hands it over to one of those who could take its place, or against a rule to anybody else. */
function Handover({ one, form: { draft, left }, records, day }: HandoverProps) {
  const days = daysAfter(one, day);
  const project = records.projects.get(one.project);
  const slot = closedSlot({ project: one.project, role: one.role, ...days, hours: one.hoursPerWeek }, project?.to ?? null);
  const { data, error } = useCandidates(slot);
  const choice = workChoice(draft.value, one.id);
  const chosen = typeof choice === 'string' ? choice : choice.to;
  const others = <T extends { person: string }>(list: readonly T[]): T[] => list.filter(({ person }) => person !== left.person.id);
  const candidates = others(data?.candidates ?? []);
  const ruledOut = others(data?.ruledOut ?? []);
  const name = (id: string) => isolated(nameOf(id, records.people));
  const set = (value: string) => {
    const { [one.id]: _old, ...work } = draft.value.work;
    draft.set({ work: value === 'end' ? work : { ...work, [one.id]: value } });
  };
  const isKnown = typeof choice === 'string' || [...candidates, ...ruledOut].some(({ person }) => person === chosen);
  return (
    <Field
      label={`${capital(one.role)} on ${isolated(project?.name ?? 'a project')}, ${hours(one.hoursPerWeek)} a week${one.state === 'tentative' ? ', tentative' : ''}`}
      help={`${dayRangeWithYear(days.from, days.to)} is left. ${data ? couldWords(candidates.length) : error ? '' : 'Looking who could take it over…'}`}
      error={error ? `Who could take it over did not load: ${wordsOf(error)}` : null}
    >
      {(ids) => (
        <select {...ids} value={chosen} onChange={({ currentTarget }) => set(currentTarget.value)}>
          <option value="end">{one.from > day ? 'Take it off the plan' : `End on ${dayRangeWithYear(day, day)}`}</option>
          {one.hoursPerWeek > 0 && <option value="open">Keep the place open</option>}
          {!isKnown && <option value={chosen}>{name(chosen)}</option>}
          {candidates.length > 0 && (
            <optgroup label="Hand over to">
              {candidates.map((candidate) => (
                <option key={candidate.person} value={candidate.person}>
                  {[`${name(candidate.person)}: ${freeRange(candidate)} free a week`, ...offerWords(candidate)].join(', ')}
                </option>
              ))}
            </optgroup>
          )}
          {ruledOut.length > 0 && (
            <optgroup label="Against a rule">
              {ruledOut.map(({ person, message }) => (
                <option key={person} value={person}>
                  {name(person)}: {message}
                </option>
              ))}
            </optgroup>
          )}
        </select>
      )}
    </Field>
  );
}
