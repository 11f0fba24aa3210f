import { useTitle } from '../../app/title.ts';
import { Empty } from '../../ui/empty.tsx';

export function PeopleScreen() {
  useTitle('People');
  return <Empty icon="info" title="People is not part of this build" />;
}
