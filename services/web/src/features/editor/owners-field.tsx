import { nameKey, type Owner } from '@sidekick/contracts';
import { type KeyboardEvent, useId, useState } from 'react';
import { composing } from '../../app/composition.ts';
import { Button } from '../../ui/button.tsx';
import { usePeople } from '../staffing/queries.ts';

/** Who cares for the page: people of the group by name, or teams by any other name. */
export function OwnersField({ value, change }: { value: Owner[]; change: (owners: Owner[]) => void }) {
  const people = usePeople();
  const [typed, setTyped] = useState('');
  const list = useId();
  const input = useId();
  const nameOf = ({ id }: Owner) => people.data?.find((person) => person.id === id)?.private.name ?? id;
  const add = () => {
    const name = typed.trim();
    if (name === '') return;
    const person = people.data?.find((one) => nameKey(one.private.name) === nameKey(name));
    const owner: Owner = person ? { type: 'person', id: person.id } : { type: 'team', id: name };
    if (!value.some((one) => nameKey(nameOf(one)) === nameKey(name))) change([...value, owner]);
    setTyped('');
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || composing(event)) return;
    event.preventDefault();
    add();
  };
  return (
    <div className="fd owners">
      <label htmlFor={input}>Owners</label>
      <div className="own">
        {value.map((owner) => (
          <span key={`${owner.type} ${owner.id}`} className="tag">
            <bdi>{nameOf(owner)}</bdi>
            <Button
              look="quiet"
              icon="x"
              aria-label={`Take ${nameOf(owner)} away`}
              onClick={() => change(value.filter((one) => one !== owner))}
            />
          </span>
        ))}
        <input
          id={input}
          list={list}
          value={typed}
          maxLength={100}
          onKeyDown={press}
          onBlur={add}
          onChange={({ target }) => setTyped(target.value)}
        />
      </div>
      <p className="xs">A person of the group, or the name of a team. Enter adds one.</p>
      <datalist id={list}>
        {people.data?.map(({ id, private: { name } }) => (
          <option key={id} value={name} />
        ))}
      </datalist>
    </div>
  );
}
