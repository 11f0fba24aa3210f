import '../../ui/grid.css';
import './timeline.css';
import './bars.css';
import './panels.css';
import './density.css';
import './zoom.css';
import './paper.css';
import { useAddress } from '../../staffing/address.ts';
import { useNarrow } from '../../ui/narrow.ts';
import { PersonTimeline } from './person-timeline.tsx';
import { PersonWeeks } from './person-weeks.tsx';
import { ProjectTimeline } from './project-timeline.tsx';
import { ProjectWeeks } from './project-weeks.tsx';
import { showsGrid } from './week-list.tsx';

/** `/staffing`: weeks across, projects or people (`?by=person`) down; on a phone a list of one week, unless the grid is asked for (`?as=grid`). */
export function TimelineScreen() {
  const [params] = useAddress();
  const byPerson = params.get('by') === 'person';
  const isList = useNarrow() && !showsGrid(params);
  if (isList) return byPerson ? <PersonWeeks /> : <ProjectWeeks />;
  return byPerson ? <PersonTimeline /> : <ProjectTimeline />;
}
