import { Button } from '../../ui/button.tsx';
import type { Cell, ProjectRow } from './project-rows.ts';

interface Props {
  row: ProjectRow;
  cell: Pick<Cell, 'week' | 'note'>;
  canEdit: boolean;
  onNote: (noted: string) => void;
}

/** What the address calls a note by: its project and week. */
export const notedAt = ({ project }: Pick<ProjectRow, 'project'>, week: string): string => `${project.id} ${week}`;

/** What is noted on a week of a project, and the way to note something; managers alone have notes and make them. */
export function WeekNoteLine({ row, cell: { week, note }, canEdit, onNote }: Props) {
  if (!canEdit) return null;
  return (
    <div className="wnl">
      {note !== null && <p className="wn-q">{note}</p>}
      <Button
        look="quiet"
        icon="edit"
        aria-label={`${note === null ? 'Note on' : 'Change the note on'} ${row.project.name}, ${week}`}
        onClick={() => onNote(notedAt(row, week))}
      >
        {note === null ? 'Note…' : 'Change note…'}
      </Button>
    </div>
  );
}
