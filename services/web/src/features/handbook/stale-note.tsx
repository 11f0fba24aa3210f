import { daysBetween } from '@sidekick/calendar/iso';
import type { PageView } from '@sidekick/contracts';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { useToday } from '../../staffing/today.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { onDay } from '../../ui/instants.ts';
import { useQuickChange } from './changes.ts';

/** Days since the review was due; 0 when it is not. */
export function useOverdue({ dueAt }: PageView): number {
  const { today } = useToday();
  return dueAt === null ? 0 : Math.max(0, daysBetween(dueAt.slice(0, 10), today));
}

/** An overdue page offers the two ways out. "It is still right" records a review, which can be undone. */
export function StaleNote({ page }: { page: PageView }) {
  const days = useOverdue(page);
  const change = useQuickChange();
  const [busy, setBusy] = useState(false);
  const stillRight = async () => {
    setBusy(true);
    await change(page, { reviewedAt: new Date().toISOString() }, { reviewedAt: page.reviewedAt }, `Reviewed “${page.title}”`);
    setBusy(false);
  };
  return (
    <div className="stale" role="status">
      <Icon name="clock" />
      <span>
        {page.reviewedAt ? `Nobody has reviewed this page since ${onDay(page.reviewedAt)}.` : 'Nobody has reviewed this page yet.'} Review
        was due on <b>{onDay(page.dueAt ?? page.changedAt)}</b>, {days === 1 ? '1 day' : `${days} days`} ago.
      </span>
      <Button busy={busy} onClick={() => void stillRight()}>
        It is still right
      </Button>
      <Link className="btn" to={`/edit/${page.id}`}>
        Mend it
      </Link>
    </div>
  );
}
