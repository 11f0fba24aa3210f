import type { ChangeAuthor, PersonView, ProjectView, RecordKind } from '@sidekick/contracts';
import { useState } from 'react';
import { useAddress } from '../../staffing/address.ts';
import { DayField, dayText, readDay } from '../../staffing/date-fields.tsx';
import { SelectField } from '../../staffing/fields.tsx';
import { nameAmong, peopleByName } from '../../staffing/people-names.ts';
import { dayIn, forManagers, kindWords } from './filter.ts';

interface Props {
  people: ReadonlyMap<string, PersonView>;
  projects: ReadonlyMap<string, ProjectView>;
  authors: readonly ChangeAuthor[];
  manager: boolean;
  today: string;
}

/** By whom and what the history is cut; every choice is in the address at once. */
export function FilterFields({ people, projects, authors, manager, today }: Props) {
  const persons = peopleByName(people.values()).map((one) => ({ value: one.id, label: nameAmong(one, people) }));
  const named = [...projects.values()].sort((a, b) => a.name.localeCompare(b.name)).map(({ id, name }) => ({ value: id, label: name }));
  const who = authors.map((one) => ({ value: one.account, label: labelOf(one, authors) }));
  const kinds = (Object.keys(kindWords) as RecordKind[])
    .filter((kind) => manager || !forManagers.includes(kind))
    .map((kind) => ({ value: kind, label: kindWords[kind] }));
  return (
    <div className="fm hfl">
      <Choice name="person" label="Person" any="Anybody" gone="Somebody who is not here any more" options={persons} />
      <Choice name="project" label="Project" any="Any project" gone="A project that is not here any more" options={named} />
      <Choice name="by" label="Changed by" any="Anybody" gone="Somebody else" options={who} />
      <Choice name="kind" label="Kind of record" any="Any kind" gone="Any kind" options={kinds} />
      <Day name="from" label="From" today={today} />
      <Day name="to" label="Until" today={today} />
    </div>
  );
}

/** Two accounts of one name are told apart by their ends. */
const labelOf = ({ account, name }: ChangeAuthor, all: readonly ChangeAuthor[]): string =>
  all.some((other) => other.account !== account && other.name === name) ? `${name} (${account.slice(-4)})` : name;

interface ChoiceProps {
  name: string;
  label: string;
  any: string;
  /** What is chosen where the address holds what is not offered. */
  gone: string;
  options: readonly { value: string; label: string }[];
}

function Choice({ name, label, any, gone, options }: ChoiceProps) {
  const [params, patch] = useAddress();
  const value = params.get(name) ?? '';
  const isOffered = value === '' || options.some((one) => one.value === value);
  return (
    <SelectField
      label={label}
      value={value}
      options={[{ value: '', label: any }, ...(isOffered ? [] : [{ value, label: gone }]), ...options]}
      onChange={(chosen) => patch({ [name]: chosen || null }, { replace: true })}
    />
  );
}

/** A day as it is typed; the address holds what was understood last. */
function Day({ name, label, today }: { name: 'from' | 'to'; label: string; today: string }) {
  const [params, patch] = useAddress();
  const kept = dayIn(params, name);
  const [typed, setTyped] = useState(() => dayText(kept));
  const day = readDay(typed, today);
  // The address has moved on without this field: by Back, or by what shows all.
  const text = day === undefined || day === kept ? typed : dayText(kept);
  const type = (next: string) => {
    setTyped(next);
    const understood = readDay(next, today);
    if (understood !== undefined) patch({ [name]: understood }, { replace: true });
  };
  return <DayField label={label} text={text} onText={type} today={today} help="Any day" blank />;
}
