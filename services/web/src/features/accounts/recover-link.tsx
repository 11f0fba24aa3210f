import { type AccountView, RecoveryAnswer } from '@sidekick/contracts';
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { type ApiProblem, ask } from '../../api/ask.ts';
import { Button } from '../../ui/button.tsx';
import { CopyLine } from '../../ui/copy-line.tsx';
import { atMinute } from '../../ui/instants.ts';
import { ProblemNote } from '../../ui/problem.tsx';

type Link = UseMutationResult<z.infer<typeof RecoveryAnswer>, ApiProblem, void>;

/** Its answer is shown once: whoever holds it keeps it on screen. */
export function useRecoverLink({ id }: AccountView): Link {
  const client = useQueryClient();
  return useMutation<z.infer<typeof RecoveryAnswer>, ApiProblem>({
    mutationFn: () => ask(RecoveryAnswer, `/accounts/${id}/recovery`, { method: 'POST' }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['gateway'] }),
  });
}

/** For somebody who cannot get in: a link to send, with which a new password is set once. */
export function RecoverLink({ account, link }: { account: AccountView; link: Link }) {
  const [sure, setSure] = useState(false);
  return (
    <section className="recov" aria-label="Cannot get in">
      <h3>Cannot get in?</h3>
      {link.error && <ProblemNote error={link.error} what="No link was made" done="a link was made" />}
      {link.data ? (
        <>
          <p>
            Send this link to {account.name}. It sets a new password once, until {atMinute(link.data.expiresAt)}, and is not shown again.
          </p>
          <CopyLine label="Link to get back in" value={link.data.url} />
        </>
      ) : sure ? (
        <p>
          Every session of {account.name} ends now, and with the new password every API token.{' '}
          <span className="nw">
            <Button look="danger" busy={link.isPending} onClick={() => link.mutate()}>
              Make the link
            </Button>{' '}
            <Button onClick={() => setSure(false)}>Do not</Button>
          </span>
        </p>
      ) : (
        <Button icon="lock" onClick={() => setSure(true)}>
          Make a link to get back in
        </Button>
      )}
    </section>
  );
}
