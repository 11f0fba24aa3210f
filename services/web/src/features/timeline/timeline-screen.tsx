import '../../ui/grid.css';
import './timeline.css';
import './bars.css';
import './panels.css';
import './density.css';
import './zoom.css';
import './paper.css';
import { useAddress } from '../../staffing/address.ts';
import { PersonTimeline } from './person-timeline.tsx';
import { ProjectTimeline } from './project-timeline.tsx';

/** `/staffing`: weeks across, projects or people (`?by=person`) down. */
export function TimelineScreen() {
  const [params] = useAddress();
  return params.get('by') === 'person' ? <PersonTimeline /> : <ProjectTimeline />;
}
