import { Me, type Role } from '@sidekick/contracts';
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { ApiProblem, ask, tell, watchSession } from '../api/ask.ts';
import { clearToasts, toast } from '../ui/toast.tsx';
import { writeFor } from '../ui/writing.ts';
import { forgetReader } from './forget.ts';
import { forgetSearches } from './recent-searches.ts';
import { sessionEnded, settleEnd, signedInAgain, useEnded } from './session-ended.ts';

const meKey = ['gateway', 'me'] as const;
/** Tabs of one browser share the cookie: each tells the others when it signs in or out. */
const channelName = 'sidekick-session';

async function askMe(): Promise<Me | null> {
  try {
    return await ask(Me, '/me');
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return null;
    throw error;
  }
}

/** Who is signed in. A session that has ended under the screen leaves its reader known, so that the screen stays as it is. */
async function readMe({ client }: { client: QueryClient }): Promise<Me | null> {
  const me = await askMe();
  const before = client.getQueryData<Me | null>(meKey);
  if (before && me === null) {
    sessionEnded();
    return before;
  }
  if (me && before !== undefined) takeOver(client, me);
  writeFor(me?.reading);
  return me;
}

export const meQuery = { queryKey: meKey, queryFn: readMe, staleTime: 60_000, refetchOnWindowFocus: 'always' as const };

export interface Session {
  /** Null for anonymous readers; undefined while it is not known. */
  me: Me | null | undefined;
  /** The session of `me` is over: what is on screen waits for `me` to sign in again. */
  ended: boolean;
  error: Error | null;
  retry: () => void;
  /** Whether the account has one of the roles. */
  is: (...roles: Role[]) => boolean;
}

export function useSession(): Session {
  const { data, error, refetch } = useQuery(meQuery);
  const ended = useEnded();
  return {
    me: data,
    ended,
    error,
    retry: () => void refetch(),
    is: (...roles) => data?.roles.some((role) => roles.includes(role)) ?? false,
  };
}

/** Asks whether the account that this is drawn for is still signed in: what comes later for it is not told to the next one. */
export function useStillMe(): () => boolean {
  const client = useQueryClient();
  const account = useSession().me?.account;
  return useCallback(() => client.getQueryData<Me | null>(meKey)?.account === account, [client, account]);
}

/** Throws once another has signed in: what takes several requests, or is made ready before it is sent, is not done in that one's name. */
export function useOnlyMe(): () => void {
  const stillMe = useStillMe();
  return useCallback(() => {
    if (!stillMe()) throw new ApiProblem(409, 'other-account', 'Somebody else has signed in in this browser: it was not done');
  }, [stillMe]);
}

/** As `toast`, for the account that this is drawn for: what comes once another has signed in is told to nobody. */
export function useToast(): typeof toast {
  const stillMe = useStillMe();
  return useCallback((text, options) => (stillMe() ? toast(text, options) : () => undefined), [stillMe]);
}

/** Takes over a sign-in answer: what somebody else read before is forgotten, what waited for this account goes on. */
export function useSignedIn(): (me: Me) => void {
  const client = useQueryClient();
  return (me) => {
    takeOver(client, me);
    announce();
  };
}

/** Ends the session and forgets everything that was read with it. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await tell('/auth/sign-out', { method: 'POST' });
    forgetSearches();
    leave(client);
    announce('out');
  };
}

/** Goes on as nobody where a session has ended. What is unsaved stays kept for its account. */
export function useLeave(): () => void {
  const client = useQueryClient();
  return () => leave(client);
}

function leave(client: QueryClient): void {
  settleEnd(false);
  readAnew(client, null);
}

function takeOver(client: QueryClient, me: Me): void {
  const before = client.getQueryData<Me | null>(meKey);
  if (before?.account === me.account) {
    writeFor(me.reading);
    client.setQueryData(meKey, me);
    settleEnd(true);
    void client.refetchQueries({ predicate: ({ state, queryKey }) => state.status === 'error' && queryKey.join() !== meKey.join() });
    return;
  }
  settleEnd(false);
  readAnew(client, me);
  if (before) {
    toast(`${me.name} is signed in here now`, {
      tone: 'bad',
      detail: `What ${before.name} had not saved is kept in this browser for ${before.name}.`,
    });
  }
}

/** What is on screen is asked for again, as the one who reads now; the rest is forgotten. (`clear` would leave screens without their data.) */
function readAnew(client: QueryClient, me: Me | null): void {
  writeFor(me?.reading);
  client.setQueryData(meKey, me);
  forgetReader();
  clearToasts();
  void client.resetQueries({ predicate: ({ queryKey }) => queryKey.join() !== meKey.join() });
}

function announce(what: 'in' | 'out' = 'in'): void {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(what);
  channel.close();
}

/**
 * Keeps this tab and its session together: its requests name whom it means, so that none is ever done as somebody else; one that
 * met the end of the session waits and is sent again; other tabs' sign-ins and sign-outs count here at once.
 */
export function useSessionWatch(): void {
  const client = useQueryClient();
  useEffect(() => {
    const look = () => void client.refetchQueries({ queryKey: meKey }, { cancelRefetch: false });
    watchSession({
      account: () => client.getQueryData<Me | null>(meKey)?.account ?? null,
      signedInAgain: (signal) => {
        const again = signedInAgain(signal);
        // Another tab may have signed in since the refused request was sent.
        look();
        return again;
      },
      somebodyElse: look,
    });
    const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(channelName);
    if (channel) channel.onmessage = ({ data }: MessageEvent<unknown>) => (data === 'out' ? leave(client) : look());
    return () => {
      watchSession(null);
      channel?.close();
    };
  }, [client]);
}
