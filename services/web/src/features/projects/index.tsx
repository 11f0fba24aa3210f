import { useTitle } from '../../app/title.ts';
import { Empty } from '../../ui/empty.tsx';

export function ProjectsScreen() {
  useTitle('Projects');
  return <Empty icon="info" title="Projects is not part of this build" />;
}
