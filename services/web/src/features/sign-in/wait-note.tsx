import { useEffect, useState } from 'react';
import { Icon } from '../../ui/icons.tsx';

/** Too many wrong passwords: until when, counted down. Read out once, by the sentence above the clock. */
export function WaitNote({ seconds }: { seconds: number }) {
  const [until] = useState(() => Date.now() + seconds * 1_000);
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1_000))), 500);
    return () => clearInterval(timer);
  }, [until]);
  return (
    <div className="problem">
      <Icon name="warn" />
      <div>
        <b role="alert">Too many wrong passwords. You can try again in {waitWords(seconds)}.</b>
        <div aria-hidden="true">{left > 0 ? `${waitWords(left)} left.` : 'You can try again now.'}</div>
        <div>
          A browser or a place where you signed in before lets you in at once. If you forgot the password, ask a manager for a link.
        </div>
      </div>
    </div>
  );
}

/** `45 seconds`, `1 minute`, `14 minutes 50 seconds`. */
function waitWords(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 60), 'minute'],
    [seconds % 60, 'second'],
  ] as const;
  return parts.flatMap(([count, unit]) => (count === 0 ? [] : [`${count} ${unit}${count === 1 ? '' : 's'}`])).join(' ');
}
