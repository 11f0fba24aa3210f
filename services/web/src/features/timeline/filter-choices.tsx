import { distinctNames, nameKey, type OpeningView, regionsOf } from '@sidekick/contracts';
import { useAddress } from '../../staffing/address.ts';
import { useOpenings } from '../../staffing/queries.ts';
import { levels } from '../../staffing/skills-field.tsx';
import { coverageStates, coverageWords } from '../../ui/coverage-cell.tsx';
import type { Records } from './bars.ts';
import { type ChoiceKey, choiceKeys, levelIn } from './filter.ts';

interface Choices {
  readonly label: string;
  readonly all: string;
  readonly options: readonly { value: string; label: string }[];
}

const plain = (values: Iterable<string>) =>
  distinctNames([...values].filter(Boolean))
    .sort((a, b) => a.localeCompare(b))
    .map((value) => ({ value, label: value }));

const roles = [
  { value: 'lead', label: 'Lead' },
  { value: 'sidekick', label: 'Sidekick' },
  { value: 'contributor', label: 'Contributor' },
];
const states = [
  { value: 'agreed', label: 'Agreed' },
  { value: 'proposal', label: 'Proposal' },
];
const employments = [
  { value: 'employed', label: 'Employed' },
  { value: 'freelance', label: 'Freelance' },
];
const covers = coverageStates.map((state) => ({ value: state, label: coverageWords[state] }));

/** What can be chosen from, of the records that are there. */
function choicesOf(by: 'project' | 'person', { people, projects }: Records, openings: readonly OpeningView[]): Map<ChoiceKey, Choices> {
  const [allPeople, allProjects] = [[...people.values()], [...projects.values()]];
  const named = by === 'project' ? allProjects.flatMap((one) => one.requiredSkills) : allPeople.flatMap((one) => one.skills);
  const skills = [...named, ...openings.flatMap((one) => one.skills)];
  const all = new Map<ChoiceKey, Choices>([
    ['role', { label: 'Role', all: 'Any role', options: roles }],
    ['client', { label: 'Client', all: 'Any client', options: plain(allProjects.map(({ client }) => client)) }],
    ['status', { label: 'Project state', all: 'Any project state', options: states }],
    ['cover', { label: 'Coverage in some week', all: 'Any coverage', options: covers }],
    ['employment', { label: 'Employment', all: 'Any employment', options: employments }],
    ['region', { label: 'Region', all: 'Any region', options: plain(allPeople.flatMap(regionsOf).map(({ region }) => region ?? '')) }],
    [
      'skill',
      { label: by === 'project' ? 'Skill it asks for' : 'Skill', all: 'Any skill', options: plain(skills.map(({ skill }) => skill)) },
    ],
  ]);
  if (by === 'person') all.delete('cover');
  return all;
}

/** A choice each; what the address asks and no record has is shown too, so that it can be taken away. */
export function FilterChoices({ by, records }: { by: 'project' | 'person'; records: Records }) {
  const [params, patch] = useAddress();
  const openings = useOpenings().data ?? [];
  const put = (key: string, value: string) => {
    const level = key === 'skill' && value === '' ? { level: null } : {};
    patch({ filter: '1', [key]: value || null, ...level }, { replace: true });
  };
  return (
    <>
      {[...choicesOf(by, records, openings)].map(([key, { label, all, options }]) => {
        const asked = params.get(key) ?? '';
        const known = options.find((option) => nameKey(option.value) === nameKey(asked));
        const value = known?.value ?? asked;
        return (
          <select key={key} aria-label={label} value={value} onChange={(event) => put(key, event.currentTarget.value)}>
            <option value="">{all}</option>
            {[...options, ...(known || value === '' ? [] : [{ value, label: value }])].map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        );
      })}
      {params.has('skill') && (
        <select aria-label="Level" value={levelIn(params)} onChange={(event) => put('level', event.currentTarget.value)}>
          {levels.map(([level]) => (
            <option key={level} value={level}>
              Level {level} or more
            </option>
          ))}
        </select>
      )}
    </>
  );
}

/** What was chosen, in words. */
export function choiceWords(params: URLSearchParams, by: 'project' | 'person'): string[] {
  const fixed = new Map([...roles, ...states, ...employments, ...covers].map(({ value, label }) => [value, label.toLowerCase()]));
  return choiceKeys.flatMap((key) => {
    const value = params.get(key);
    if (value === null || (key === 'cover' && by === 'person')) return [];
    if (key === 'skill') return [`${value} at level ${levelIn(params)} or more`];
    if (key === 'client' || key === 'region') return [`${key} ${value}`];
    const names = { role: 'role', status: 'project', cover: 'coverage', employment: 'employment' } as const;
    return [`${names[key]} ${fixed.get(value) ?? value}`];
  });
}
