import type { DeadLetterView } from '@sidekick/contracts';
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { atMinute } from '../../ui/instants.ts';
import { timeWords } from '../../ui/writing.ts';
import { Discard } from './discard.tsx';
import { eventWords, queueWords, tries } from './event-words.ts';
import { Payload } from './payload.tsx';
import { keyOf, type Row } from './sent-again.ts';

interface Props {
  row: Row;
  replay: () => void;
  busy: boolean;
  discarded: () => void;
}

/** One dead letter; open it shows why it died and what it says. Which is open stands in the address. */
export function LetterRow({ row, replay, busy, discarded }: Props) {
  const { letter } = row;
  const [params, setParams] = useSearchParams();
  if (row.is === 'sent') return <SentRow letter={letter} at={row.at} />;
  const key = keyOf(letter);
  const open = params.get('letter') === key;
  const toggle = () =>
    setParams(
      (before) => {
        if (open) before.delete('letter');
        else before.set('letter', key);
        return before;
      },
      { replace: true, preventScrollReset: true },
    );
  return (
    <li className={open ? 'open' : undefined}>
      <div className="dh">
        <span className="bad">
          <Icon name="warn" />
        </span>
        <span>
          <b>{row.is === 'dead-again' ? `Dead again: ${letter.reason}` : letter.reason}</b>
          <small>
            {eventWords(letter.event)} · {queueWords(letter)} · {tries(letter.attempts)}
          </small>
        </span>
        <span className="when">{atMinute(letter.diedAt)}</span>
        <Button
          look="quiet"
          className={open ? 'ex0 up' : 'ex0'}
          icon="right"
          aria-expanded={open}
          aria-label={`${open ? 'Close' : 'Open'}: ${letter.reason}`}
          onClick={toggle}
        />
      </div>
      {open && <OpenLetter letter={letter} replay={replay} busy={busy} discarded={discarded} />}
    </li>
  );
}

function SentRow({ letter, at }: { letter: DeadLetterView; at: number }) {
  const row = useRef<HTMLLIElement>(null);
  // The button that was pressed has gone with the open letter: who pressed it stays where the answer is.
  useEffect(() => {
    if (document.activeElement === document.body) row.current?.focus();
  }, []);
  return (
    <li ref={row} tabIndex={-1}>
      <div className="dh" role="status">
        <span className="good">
          <Icon name="check" />
        </span>
        <span>
          <b>Sent again at {timeWords(new Date(at), true)}</b>
          <small>
            {eventWords(letter.event)} · {queueWords(letter)} · not dead since; it comes back here if all its tries fail again
          </small>
        </span>
      </div>
    </li>
  );
}

function OpenLetter({ letter, replay, busy, discarded }: Omit<Props, 'row'> & { letter: DeadLetterView }) {
  const [discarding, setDiscarding] = useState(false);
  const { event } = letter;
  return (
    <div className="dd">
      <div className="dd2">
        <section>
          <h3>What it is</h3>
          <dl>
            <dt>Queue</dt>
            <dd className="mono">{queueWords(letter)}</dd>
            <dt>Tries</dt>
            <dd>{letter.attempts}</dd>
            {event && <dt>About</dt>}
            {event && <dd className="mono">{event.subject}</dd>}
            {event && <dt>Version</dt>}
            {event && <dd>{event.sequence}</dd>}
          </dl>
          <p className="xs">
            Replay sends this one event to this one queue. It is tried at once, then after 1, 10 and 60 seconds. A reader that has had it,
            or a newer one, changes nothing.
          </p>
        </section>
        <section>
          <Payload letter={letter} />
        </section>
      </div>
      <div className="acts">
        <Button icon="replay" busy={busy} onClick={replay}>
          Replay
        </Button>
        <Button look="quiet" onClick={() => setDiscarding(true)}>
          Discard, with a reason…
        </Button>
      </div>
      {discarding && <Discard letter={letter} close={() => setDiscarding(false)} done={discarded} />}
    </div>
  );
}
