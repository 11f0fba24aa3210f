import { lazy, Suspense } from 'react';
import { useSession } from '../app/session.tsx';
import { useSetup } from '../app/setup.ts';
import { Button } from '../ui/button.tsx';
import { Contained } from '../ui/contained.tsx';
import { useOpened } from './reader.tsx';

const SampleDialog = lazy(() => import('../features/sample/sample-dialog.tsx').then(({ SampleDialog }) => ({ default: SampleDialog })));

/** Says that sample data is here, for as long as it is; those who may remove it can do so from here. */
export function SampleNote() {
  const { me, is } = useSession();
  const { data } = useSetup(me != null);
  const [asking, setAsking] = useOpened();
  if (!data?.sample) return null;
  return (
    <aside className="strip-note" aria-label="Sample data">
      <span>
        This is a made-up group<span className="hide-s">, so that every screen has something to show</span>.
      </span>
      {is('manager') && <Button onClick={() => setAsking(true)}>Remove the sample</Button>}
      {asking && is('manager') && (
        <Contained what="The removal" failed={() => setAsking(false)}>
          <Suspense fallback={null}>
            <SampleDialog onClose={() => setAsking(false)} />
          </Suspense>
        </Contained>
      )}
    </aside>
  );
}
