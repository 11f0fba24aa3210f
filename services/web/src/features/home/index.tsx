import { useTitle } from '../../app/title.ts';
import { Empty } from '../../ui/empty.tsx';

export function HomeScreen() {
  useTitle('Home');
  return <Empty icon="info" title="Home is not part of this build" />;
}
