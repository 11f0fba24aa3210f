import { type Scope, TokenAnswer, withReading } from '@sidekick/contracts';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId } from 'react';
import type { z } from 'zod';
import { type ApiProblem, ask, bodyOf } from '../../api/ask.ts';
import { TypedNote, useTyped } from '../../app/typed.tsx';
import { DayField } from '../../staffing/date-fields.tsx';
import { useToday } from '../../staffing/today.ts';
import { Button } from '../../ui/button.tsx';
import { CopyLine } from '../../ui/copy-line.tsx';
import { Field } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { endOf, type Lasting, lastings, lastingWords, scopeWords } from './token-words.ts';

interface Draft {
  name: string;
  scopes: Scope[];
  lasting: Lasting;
  /** The last day as it was typed. */
  day: string;
}
const begun: Draft = { name: '', scopes: ['read'], lasting: '90', day: '' };

/** Makes a token; its secret stands above the form once, to be copied. */
export function TokenForm({ made }: { made: () => void }) {
  const { today } = useToday();
  const typed = useTyped('token', begun);
  const { name, scopes, lasting, day } = typed.value;
  const expiresAt = endOf(lasting, day, today);
  const create = useMutation<z.infer<typeof TokenAnswer>, ApiProblem>({
    mutationFn: () =>
      ask(TokenAnswer, '/tokens', {
        method: 'POST',
        body: bodyOf('createToken', { name: name.trim(), scopes: withReading(scopes), expiresAt: expiresAt ?? null }),
      }),
    onSuccess: () => {
      typed.clear();
      made();
    },
  });
  const ready = name.trim() !== '' && scopes.length > 0 && expiresAt !== undefined;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (ready) create.mutate();
  };
  return (
    <>
      {create.data && (
        <div className="conf good0" role="status">
          <span>
            <b>Copy the token of “{create.data.name}” now.</b> It is not shown again.
            <CopyLine label="Token" value={create.data.secret} />
          </span>
        </div>
      )}
      <TypedNote typed={typed} about={(one) => one.name} />
      <form className="fm newtok" onSubmit={send}>
        <Field
          label="A new token for"
          placeholder="nightly import"
          value={name}
          maxLength={120}
          onChange={({ target }) => typed.set({ name: target.value })}
        />
        <ScopeFields value={scopes} change={(next) => typed.set({ scopes: next })} />
        <LastingField value={lasting} change={(next) => typed.set({ lasting: next })} />
        {lasting === 'day' && (
          <DayField
            label="Its last day"
            text={day}
            onText={(text) => typed.set({ day: text })}
            today={today}
            error={create.error?.at('expiresAt')}
          />
        )}
        {lasting === 'never' && <p className="muted">A token without an end works until you take it back, also for whoever finds it.</p>}
        <Button type="submit" busy={create.isPending} disabled={!ready}>
          Make a token
        </Button>
      </form>
      {create.error && <ProblemNote error={create.error} what="No token was made" done="a token was made" />}
    </>
  );
}

/** Whoever changes something reads too: that one is ticked with it. */
function ScopeFields({ value, change }: { value: Scope[]; change: (scopes: Scope[]) => void }) {
  const all = withReading(value);
  return (
    <fieldset>
      <legend>It may</legend>
      {scopeWords.map(({ scope, name, does }) => (
        <label key={scope} className="ck">
          <input
            type="checkbox"
            checked={all.includes(scope)}
            disabled={all.includes(scope) && !value.includes(scope)}
            onChange={({ target }) => change(target.checked ? [...value, scope] : value.filter((one) => one !== scope))}
          />
          <span>
            <b>{name}</b> <span className="muted">{does}</span>
          </span>
        </label>
      ))}
      <p className="xs">Never more than you may yourself.</p>
    </fieldset>
  );
}

function LastingField({ value, change }: { value: Lasting; change: (lasting: Lasting) => void }) {
  const id = useId();
  return (
    <div className="fd">
      <label htmlFor={id}>It lasts</label>
      <select id={id} value={value} onChange={({ target }) => change(target.value as Lasting)}>
        {lastings.map((one) => (
          <option key={one} value={one}>
            {lastingWords[one]}
          </option>
        ))}
      </select>
    </div>
  );
}
