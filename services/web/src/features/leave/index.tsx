import { useTitle } from '../../app/title.ts';
import { Empty } from '../../ui/empty.tsx';

export function LeaveScreen() {
  useTitle('Leave');
  return <Empty icon="info" title="Leave is not part of this build" />;
}
