import { useTitle } from '../../app/title.ts';
import { Empty } from '../../ui/empty.tsx';

export function TimelineScreen() {
  useTitle('Timeline');
  return <Empty icon="info" title="Timeline is not part of this build" />;
}
