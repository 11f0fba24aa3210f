import type { PageView } from '@sidekick/contracts';
import { useState } from 'react';
import { useSession } from '../../app/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useBringBack } from './changes.ts';

/** Above the text of an archived page. */
export function ArchivedNote({ page }: { page: PageView }) {
  const { is } = useSession();
  const bringBack = useBringBack();
  const [busy, setBusy] = useState(false);
  const bring = () => {
    setBusy(true);
    void bringBack(page).finally(() => setBusy(false));
  };
  return (
    <div className="conf" role="note">
      <Icon name="warn" />
      <span>
        <b>Archived.</b> It stands neither in the tree nor in the search; readers without an account do not see it.
      </span>
      {is('engineer', 'manager', 'ops') && (
        <Button busy={busy} onClick={bring}>
          Bring back
        </Button>
      )}
    </div>
  );
}
