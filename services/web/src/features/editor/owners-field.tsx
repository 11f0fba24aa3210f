import { nameKey, type Owner } from '@sidekick/contracts';
import { type KeyboardEvent, useId } from 'react';
import { composing } from '../../app/input-method.ts';
import { usePeople } from '../../staffing/queries.ts';
import { Button } from '../../ui/button.tsx';
import { FieldError } from '../../ui/field.tsx';
import type { Fields } from './draft.ts';

type Owned = Pick<Fields, 'owners' | 'newOwner'>;
interface Props {
  fields: Owned;
  error: string | undefined;
  change: (patch: Partial<Owned>) => void;
}

/** Who cares for the page: people of the group by name, or teams by any other name. */
export function OwnersField({ fields: { owners, newOwner }, error, change }: Props) {
  const people = usePeople();
  const list = useId();
  const input = useId();
  const nameOf = ({ id }: Owner) => people.data?.find((person) => person.id === id)?.private.name ?? id;
  const add = () => {
    const name = newOwner.trim();
    if (name === '') return;
    const person = people.data?.find((one) => nameKey(one.private.name) === nameKey(name));
    const owner: Owner = person ? { type: 'person', id: person.id } : { type: 'team', id: name };
    const known = owners.some((one) => nameKey(nameOf(one)) === nameKey(name));
    change({ owners: known ? owners : [...owners, owner], newOwner: '' });
  };
  const press = (event: KeyboardEvent) => {
    if (composing(event)) return;
    // Saving by keys leaves no field, so what stands here is entered first.
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') return add();
    if (event.key !== 'Enter') return;
    event.preventDefault();
    add();
  };
  return (
    <div className="fd owners">
      <label htmlFor={input}>Owners</label>
      <div className="own">
        {owners.map((owner) => (
          <span key={`${owner.type} ${owner.id}`} className="tag">
            <bdi>{nameOf(owner)}</bdi>
            <Button
              look="quiet"
              icon="x"
              aria-label={`Take ${nameOf(owner)} away`}
              onClick={() => change({ owners: owners.filter((one) => one !== owner) })}
            />
          </span>
        ))}
        <input
          id={input}
          list={list}
          value={newOwner}
          aria-invalid={error ? true : undefined}
          aria-describedby={error && `${input}-error`}
          maxLength={100}
          onKeyDown={press}
          onBlur={add}
          onChange={({ target }) => change({ newOwner: target.value })}
        />
      </div>
      <p className="xs">A person of the group, or the name of a team. Enter adds one.</p>
      <FieldError id={`${input}-error`} error={error} />
      <datalist id={list}>
        {people.data?.map(({ id, private: { name } }) => (
          <option key={id} value={name} />
        ))}
      </datalist>
    </div>
  );
}
