import type { FeedCreate, FeedView } from '@sidekick/contracts';
import { useState } from 'react';
import { becameOf } from '../../api/ask.ts';
import { useToast } from '../../app/session.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyLine } from '../../ui/copy-line.tsx';
import { onDay } from '../../ui/instants.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { useFeedDeeds } from './queries.ts';

interface FeedRowProps {
  what: FeedCreate;
  /** As a sentence begins with it: `Your weeks and leave`. */
  name: string;
  /** What a calendar shows of it. */
  shows: string;
  /** Null: there is none yet. */
  feed: FeedView | null;
}

/** A calendar feed: its address is made, copied once, renewed and ended here. */
export function FeedRow({ what, name, shows, feed }: FeedRowProps) {
  const { make, renew, end } = useFeedDeeds();
  const [sure, setSure] = useState<'renew' | 'end' | null>(null);
  const toast = useToast();
  const url =
    feed === null ? null : ([renew.data, make.data].find((made) => made?.id === feed.id && made.addressAt === feed.addressAt)?.url ?? null);
  const settle = () => setSure(null);
  const remove = () =>
    feed &&
    end.mutate(feed, {
      onSuccess: () => toast(`${name}: the calendar feed has ended`),
      onError: (error) => toast(becameOf(error, 'The feed goes on', 'the feed goes on'), { tone: 'bad', detail: error.message }),
      onSettled: settle,
    });
  return (
    <li>
      <span>
        <b>
          <bdi>{name}</bdi>
        </b>
        <small>{feed ? `address made ${onDay(feed.addressAt)}, ${fetchedWords(feed)}` : shows}</small>
        {make.error && <ProblemNote error={make.error} what="No address was made" done="one was made" />}
        {renew.error && <ProblemNote error={renew.error} what="The address is the one before" done="there is another" />}
      </span>
      {!feed && (
        <Button busy={make.isPending} aria-label={`Make an address: ${name}`} onClick={() => make.mutate(what)}>
          Make an address
        </Button>
      )}
      {feed && sure === null && (
        <span className="nw">
          <Button aria-label={`New address: ${name}`} onClick={() => setSure('renew')}>
            New address
          </Button>{' '}
          <Button look="quiet" icon="trash" aria-label={`End the feed: ${name}`} onClick={() => setSure('end')} />
        </span>
      )}
      {feed && sure === 'renew' && (
        <span className="nw">
          <Button look="danger" busy={renew.isPending} onClick={() => renew.mutate(feed, { onSettled: settle })}>
            Renew: the old one ends now
          </Button>{' '}
          <Button onClick={settle}>Keep</Button>
        </span>
      )}
      {feed && sure === 'end' && (
        <span className="nw">
          <Button look="danger" busy={end.isPending} onClick={remove}>
            End it
          </Button>{' '}
          <Button onClick={settle}>Keep</Button>
        </span>
      )}
      {url && (
        <div className="conf good0 cal-a" role="status">
          <span>
            <b>Copy the address now.</b> It is not shown again. Whoever has it reads this calendar without signing in.
            <CopyLine label={`Address: ${name}`} value={url} />
            <small>Paste it where your calendar adds one “from URL” or “by subscription”.</small>
          </span>
        </div>
      )}
    </li>
  );
}

const fetchedWords = ({ fetchedAt }: FeedView): string =>
  fetchedAt ? `last read by a calendar ${onDay(fetchedAt)}` : 'not read by a calendar yet';
