import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type ApiProblem, becameOf, tell } from '../../api/ask.ts';
import { useToast } from '../../app/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { onDay } from '../../ui/instants.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { type Token, tokensKey, useTokens } from './queries.ts';
import { TokenForm } from './token-form.tsx';
import { endWords, scopesText } from './token-words.ts';

/** Tokens let a program act for this account; each can be taken back alone. */
export function Tokens() {
  const tokens = useTokens();
  const client = useQueryClient();
  const refetch = () => void client.invalidateQueries({ queryKey: tokensKey });
  const isWhole = tokens.data?.some(({ scopes }) => scopes === null);
  return (
    <section className="tokens">
      <div className="sec">
        <h2>API tokens</h2>
        <span className="muted">a program that sends one acts as you, within what you tick</span>
        <span className="grow" />
        <a className="link" href="/api/v1/docs">
          What it can ask
        </a>
      </div>
      {tokens.error && <ProblemNote error={tokens.error} retry={() => void tokens.refetch()} />}
      {tokens.isPending && <Lines count={2} label="Loading the tokens" />}
      {tokens.data?.length === 0 && <p className="muted">You have none. Scripts and commands on another machine need one.</p>}
      {isWhole && (
        <p className="muted">
          One that may do “everything you may” was made before tokens were limited: replace it with one that may what its program needs.
        </p>
      )}
      <ul className="feed toks">
        {tokens.data?.map((token) => (
          <TokenRow key={token.id} token={token} gone={refetch} />
        ))}
      </ul>
      <TokenForm made={refetch} />
    </section>
  );
}

function TokenRow({ token, gone }: { token: Token; gone: () => void }) {
  const [sure, setSure] = useState(false);
  const toast = useToast();
  const end = endWords(token.expiresAt, new Date());
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
        <b>{token.name}</b> <span className="muted">may {scopesText(token.scopes)}</span>
        <small>
          made {onDay(token.createdAt)}, {token.lastUsedAt ? `last used ${onDay(token.lastUsedAt)}` : 'never used'}
        </small>
        <small className={end.tone === 'ok' ? undefined : 'fe'}>
          {end.tone !== 'ok' && <Icon name="warn" />}
          {end.words}
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
