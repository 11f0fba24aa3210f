import type { SessionView } from '@sidekick/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ApiProblem, becameOf, tell } from '../../api/ask.ts';
import { useToast } from '../../app/session.tsx';
import { Button } from '../../ui/button.tsx';
import { atMinute } from '../../ui/instants.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { sessionsKey, useSessions } from './queries.ts';

/** Where this account is signed in; each place can be ended alone. */
export function Sessions() {
  const sessions = useSessions();
  const client = useQueryClient();
  const toast = useToast();
  const end = useMutation<void, ApiProblem, { path: string; said: string }>({
    mutationFn: ({ path }) => tell(path, { method: 'DELETE' }),
    onSuccess: (_nothing, { said }) => toast(said),
    onError: (error) => toast(becameOf(error, 'It goes on', 'it was ended'), { tone: 'bad', detail: error.message }),
    onSettled: () => void client.invalidateQueries({ queryKey: sessionsKey }),
  });
  const others = sessions.data?.filter(({ current }) => !current).length ?? 0;
  return (
    <section className="tokens" aria-label="Sessions">
      <div className="sec">
        <h2>Where you are signed in</h2>
        <span className="muted">end what you do not know</span>
      </div>
      {sessions.error && <ProblemNote error={sessions.error} retry={() => void sessions.refetch()} />}
      {sessions.isPending && <Lines count={2} label="Loading the sessions" />}
      <ul className="feed toks">
        {sessions.data?.map((session) => (
          <li key={session.id}>
            <span>
              <b>{nameOf(session)}</b>
              <small>
                signed in {atMinute(session.createdAt)}, last used {atMinute(session.seenAt)}
                {session.address && ` · from ${session.address}`}
              </small>
            </span>
            {session.current ? (
              <span className="good nw">this browser</span>
            ) : (
              <Button
                busy={end.isPending}
                aria-label={`End the session of ${nameOf(session)}, signed in ${atMinute(session.createdAt)}`}
                onClick={() => end.mutate({ path: `/me/sessions/${session.id}`, said: `Signed out: ${nameOf(session)}` })}
              >
                End
              </Button>
            )}
          </li>
        ))}
      </ul>
      {others > 1 && (
        <Button busy={end.isPending} onClick={() => end.mutate({ path: '/me/sessions', said: 'Signed out everywhere else' })}>
          End all {others} others
        </Button>
      )}
    </section>
  );
}

const nameOf = ({ browser }: SessionView): string => browser || 'A browser or program that gave no name';
