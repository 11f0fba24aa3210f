import { Fragment } from 'react';
import { usePeople } from '../../staffing/queries.ts';
import type { FormField } from '../../staffing/three-way.ts';
import { Button } from '../../ui/button.tsx';
import { type Draft, type Form, fields, type Theirs } from './account-draft.ts';

/** What somebody else saved while the form was open: told where it is merged, to be chosen where both changed the same. */
export function AccountRace({ form, theirs, set }: { form: Form; theirs: Theirs[]; set: (patch: Partial<Form>) => void }) {
  const people = usePeople();
  const nameOf = (id: string | null) => people.data?.find((person) => person.id === id)?.private.name;
  const say = (field: FormField<Draft>, draft: Draft) => (field.key === 'person' && nameOf(draft.person)) || field.words(draft);
  const choose = ({ key, take }: FormField<Draft>, taken: Draft) =>
    set({ typed: { ...form.typed, ...take(taken) }, asked: form.asked.filter((one) => one !== key) });
  return (
    <>
      {theirs.length > 0 && (
        <div className="conf" role="alert">
          <span>
            <b>
              <bdi>{form.by ?? 'Somebody else'}</bdi> changed this account meanwhile.
            </b>{' '}
            Saving keeps it.
            {theirs.map(({ field, was }) => (
              <Fragment key={field.key}>
                {' '}
                {field.label}: <bdi>{say(field, form.base)}</bdi>, was <bdi>{say(field, was)}</bdi>.
              </Fragment>
            ))}
          </span>
        </div>
      )}
      {fields
        .filter(({ key }) => form.asked.includes(key))
        .map((field) => (
          <div key={field.key} className="conf bad0" role="alert">
            <span>
              <b>{field.label}: both of you changed it.</b> {form.by === undefined ? 'Theirs' : <bdi>{form.by}’s</bdi>} is “
              <bdi>{say(field, form.base)}</bdi>”, yours “<bdi>{say(field, form.typed)}</bdi>”.
            </span>
            <Button onClick={() => choose(field, form.base)}>Take theirs</Button>
            <Button onClick={() => choose(field, form.typed)}>Keep mine</Button>
          </div>
        ))}
    </>
  );
}
