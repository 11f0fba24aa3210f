import type { TeamView } from '@sidekick/contracts';
import { useState } from 'react';
import { useAddress } from '../../staffing/address.ts';
import { RangeField, rangeText, readRange } from '../../staffing/date-fields.tsx';
import { SelectField, TextField } from '../../staffing/fields.tsx';
import { number } from '../../staffing/format.ts';
import type { WantedHours } from '../../staffing/queries.ts';
import { levels, SkillWords } from '../../staffing/skills-field.tsx';
import { typedNumber } from '../../staffing/typed-hours.ts';
import { Button } from '../../ui/button.tsx';

interface Props {
  wanted: WantedHours;
  today: string;
  teams: readonly TeamView[];
}

/** Skill, level, hours, days and team: what is typed asks when it is sent, and is the address then. */
export function FreeForm({ wanted, today, teams }: Props) {
  const [, patch] = useAddress();
  const [skill, setSkill] = useState(wanted.skill ?? '');
  const [level, setLevel] = useState(String(wanted.level));
  const [least, setLeast] = useState(number(wanted.hours).replaceAll(',', ''));
  const [days, setDays] = useState(rangeText(wanted.from, wanted.to));
  const [team, setTeam] = useState(wanted.team ?? '');
  const [tried, setTried] = useState(false);
  const hours = typedNumber(least, 0, 20_000);
  const range = readRange(days, today);
  const send = () => {
    setTried(true);
    if (hours === null || !range.ok || range.to === null) return;
    const { from, to } = range;
    patch({ skill: skill.trim() || null, level: level === '1' ? null : level, hours: String(hours), from, to, team: team || null });
  };
  return (
    <form
      className="fm fr-f"
      aria-label="Who is free?"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <TextField label="Skill" value={skill} onChange={setSkill} list="skill-words" help="Leave blank for anybody" />
      <SkillWords />
      <SelectField
        label="Level at least"
        value={level}
        onChange={setLevel}
        options={levels.map(([value, label]) => ({ value: String(value), label }))}
      />
      <TextField
        label="Hours in all"
        type="number"
        value={least}
        onChange={setLeast}
        error={tried && hours === null ? `“${least.trim()}” is no number of hours we know. Try 16` : null}
        help="Net − operations − confirmed work"
      />
      <RangeField label="Between" text={days} onText={setDays} today={today} error={tried && !range.ok ? range.message : null} />
      {teams.length > 0 && (
        <SelectField
          label="Team"
          value={team}
          onChange={setTeam}
          options={[{ value: '', label: 'Everybody' }, ...teams.map(({ id, name }) => ({ value: id, label: name }))]}
        />
      )}
      <Button look="primary" icon="search" type="submit">
        Find
      </Button>
    </form>
  );
}
