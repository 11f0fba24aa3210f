import { TokenAnswer } from '@sidekick/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import { type ApiProblem, ask, becameOf, bodyOf, tell } from '../../api/ask.ts';
import { useToast } from '../../app/session.tsx';
import { TypedNote, useTyped } from '../../app/typed.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyLine } from '../../ui/copy-line.tsx';
import { Field } from '../../ui/field.tsx';
import { onDay } from '../../ui/instants.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { type Token, tokensKey, useTokens } from './queries.ts';

/** Tokens let a program act as this account; each can be taken back alone. */
export function Tokens() {
  const tokens = useTokens();
  const client = useQueryClient();
  const typed = useTyped('token', { name: '' });
  const { name } = typed.value;
  const refetch = () => client.invalidateQueries({ queryKey: tokensKey });
  const create = useMutation<z.infer<typeof TokenAnswer>, ApiProblem>({
    mutationFn: () => ask(TokenAnswer, '/tokens', { method: 'POST', body: bodyOf('createToken', { name: name.trim() }) }),
    onSuccess: () => {
      typed.clear();
      void refetch();
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') create.mutate();
  };
  return (
    <section className="tokens">
      <div className="sec">
        <h2>API tokens</h2>
        <span className="muted">a program that sends one acts as you</span>
      </div>
      {create.data && (
        <div className="conf good0">
          <span>
            <b>Copy the token of “{create.data.name}” now.</b> It is not shown again.
            <CopyLine label="Token" value={create.data.secret} />
          </span>
        </div>
      )}
      {tokens.error && <ProblemNote error={tokens.error} retry={() => void tokens.refetch()} />}
      {tokens.isPending && <Lines count={2} label="Loading the tokens" />}
      {tokens.data?.length === 0 && <p className="muted">You have none. Scripts and commands on another machine need one.</p>}
      <ul className="feed toks">
        {tokens.data?.map((token) => (
          <TokenRow key={token.id} token={token} gone={() => void refetch()} />
        ))}
      </ul>
      <TypedNote typed={typed} about={(one) => one.name} />
      <form className="fm newtok" onSubmit={send}>
        <Field
          label="A new token for"
          placeholder="nightly import"
          value={name}
          maxLength={120}
          onChange={({ target }) => typed.set({ name: target.value })}
        />
        <Button type="submit" busy={create.isPending} disabled={name.trim() === ''}>
          Make a token
        </Button>
      </form>
      {create.error && <ProblemNote error={create.error} what="No token was made" done="a token was made" />}
    </section>
  );
}

function TokenRow({ token, gone }: { token: Token; gone: () => void }) {
  const [sure, setSure] = useState(false);
  const toast = useToast();
  const remove = useMutation<void, ApiProblem>({
    mutationFn: () => tell(`/tokens/${token.id}`, { method: 'DELETE' }),
    onSuccess: () => {
      toast(`The token of “${token.name}” works no more`);
      gone();
    },
    onError: (error) => toast(becameOf(error, 'The token still works', 'the token still works'), { tone: 'bad', detail: error.message }),
  });
  return (
    <li>
      <span>
        <b>{token.name}</b>
        <small>
          made {onDay(token.createdAt)}, {token.lastUsedAt ? `last used ${onDay(token.lastUsedAt)}` : 'never used'}
        </small>
      </span>
      {sure ? (
        <span className="nw">
          <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
            Take it back
          </Button>{' '}
          <Button onClick={() => setSure(false)}>Keep</Button>
        </span>
      ) : (
        <Button look="quiet" icon="trash" aria-label={`Take back the token of ${token.name}`} onClick={() => setSure(true)} />
      )}
    </li>
  );
}
