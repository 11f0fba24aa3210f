import { nameKey, type SkillLevel, tidyName } from '@sidekick/contracts';
import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { ask } from '../api/ask.ts';
import { ulid } from '../app/ulid.ts';
import { Button } from '../ui/button.tsx';
import { FieldError } from '../ui/field.tsx';

const Skills = z.looseObject({ items: z.array(z.looseObject({ skill: z.string() })) });

/** Words of skills that are in use, to be offered while typing. */
export const useSkillWords = () =>
  useQuery({ queryKey: ['staffing', 'skills'], queryFn: ({ signal }) => ask(Skills, '/skills', { signal }), staleTime: 60_000 });

export interface TypedSkill {
  /** Of no other line of any document: a kept form brings the lines of an earlier one. */
  key: string;
  skill: string;
  level: number;
}

export const typedSkills = (skills: readonly SkillLevel[]): TypedSkill[] => skills.map((one) => ({ ...one, key: ulid() }));

/** What was typed, without blank lines; a message where a skill is named twice, in whatever case or form. */
export function readSkills(typed: readonly TypedSkill[]): { skills: SkillLevel[]; error: string | null } {
  const skills = typed.map(({ skill, level }) => ({ skill: tidyName(skill), level })).filter(({ skill }) => skill !== '');
  const names = skills.map(({ skill }) => nameKey(skill));
  const twice = skills.find((_, index) => names.indexOf(names[index] ?? '') !== index);
  return { skills, error: twice === undefined ? null : `${twice.skill} is named twice` };
}

/** `Go 3, Postgres 4`. */
export const wordsOfSkills = (skills: readonly SkillLevel[]): string =>
  skills
    .filter(({ skill }) => skill.trim() !== '')
    .map(({ skill, level }) => `${skill} ${level}`)
    .join(', ') || 'none';

export const levels = [
  [1, '1 · has seen it'],
  [2, '2 · with help'],
  [3, '3 · alone'],
  [4, '4 · well'],
  [5, '5 · teaches it'],
] as const;

/** `alone` for 3. */
export const skillLevelWords = (level: number): string => (levels.find(([one]) => one === level)?.[1] ?? '').slice(4);

interface Props {
  legend: string;
  help: string;
  value: TypedSkill[];
  onChange: (value: TypedSkill[]) => void;
  error?: string | null;
}

/** Skills with a level from 1 to 5, a line each. */
export function SkillsField({ legend, help, value, onChange, error }: Props) {
  const put = (key: string, patch: Partial<TypedSkill>) => onChange(value.map((one) => (one.key === key ? { ...one, ...patch } : one)));
  return (
    <fieldset>
      <legend>{legend}</legend>
      {value.map((one) => (
        <div key={one.key} className="ln">
          <input
            aria-label="Skill"
            list="skill-words"
            value={one.skill}
            onChange={(event) => put(one.key, { skill: event.currentTarget.value })}
          />
          <select
            aria-label={`Level of ${one.skill || 'the skill'}`}
            value={one.level}
            onChange={(event) => put(one.key, { level: Number(event.currentTarget.value) })}
          >
            {levels.map(([level, label]) => (
              <option key={level} value={level}>
                {label}
              </option>
            ))}
          </select>
          <Button
            look="quiet"
            icon="x"
            aria-label={`Remove ${one.skill || 'the skill'}`}
            onClick={() => onChange(value.filter(({ key }) => key !== one.key))}
          />
        </div>
      ))}
      <SkillWords />
      {error ? <FieldError error={error} /> : <p className="xs">{help}</p>}
      <Button icon="plus" className="add" onClick={() => onChange([...value, { key: ulid(), skill: '', level: 3 }])}>
        Add a skill
      </Button>
    </fieldset>
  );
}

/** What a field whose `list` is `skill-words` offers. */
export function SkillWords() {
  const words = useSkillWords();
  return (
    <datalist id="skill-words">
      {words.data?.items.map(({ skill }) => (
        <option key={skill} value={skill} />
      ))}
    </datalist>
  );
}
