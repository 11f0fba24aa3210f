import { addDays, mondayOfWeek } from '@sidekick/calendar/iso';
import type { ProjectView, WeekNoteView } from '@sidekick/contracts';
import { ulid } from '../../app/ulid.ts';
import { TextArea } from '../../staffing/fields.tsx';
import type { FormRead, Typed } from '../../staffing/form-types.ts';
import { dayRangeWithYear } from '../../staffing/format.ts';
import { isolated } from '../../staffing/people-names.ts';
import { useWeekNotes } from '../../staffing/queries.ts';
import { RecordForm } from '../../staffing/record-form.tsx';
import { fieldOf } from '../../staffing/three-way.ts';
import { useRecordForm } from '../../staffing/use-record-form.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Lines } from '../../ui/skeleton.tsx';

interface NoteDraft extends Typed {
  text: string;
}

const fields = [fieldOf<NoteDraft, 'text'>('text', 'Note', ['private.note'])];

const draftOf = (note: WeekNoteView | null): NoteDraft => ({ reason: '', id: note?.id ?? ulid(), text: note?.private.note ?? '' });

function readNote({ text: typed }: NoteDraft, project: string, week: string): FormRead<'weekNote'> {
  const text = typed.trim();
  if (text === '') return { body: null, errors: new Map([['text', 'Say what is to be noted']]) };
  return { body: { project, week, private: { note: text } }, errors: new Map() };
}

interface Props {
  project: ProjectView;
  week: string;
  onClose: () => void;
}

/** Notes something on a week of a project, or changes or removes what is noted. */
export function WeekNoteForm({ project, week, onClose }: Props) {
  const notes = useWeekNotes(true);
  const note = notes.data?.find((one) => one.project === project.id && one.week === week) ?? null;
  if (notes.data) return <NoteForm {...{ project, week, note, onClose }} />;
  return (
    <Sheet title="Note on a week" onClose={onClose}>
      {notes.error ? (
        <ProblemNote error={notes.error} what="The notes did not load" retry={() => void notes.refetch()} />
      ) : (
        <Lines count={3} />
      )}
    </Sheet>
  );
}

function NoteForm({ project, week, note, onClose }: Props & { note: WeekNoteView | null }) {
  const isNew = note === null;
  const monday = mondayOfWeek(week);
  const where = `${isolated(project.name)}, ${dayRangeWithYear(monday, addDays(monday, 6))}`;
  const { typed, set, submit, remove, wrong, frame } = useRecordForm<WeekNoteView, NoteDraft>({
    kind: 'weekNote',
    subject: `weekNote:${project.id} ${week}`,
    isNew,
    record: note,
    fields,
    draft: draftOf,
    read: (draft) => readNote(draft, project.id, week),
    said: () => `${where}, noted`,
    onClose,
  });
  return (
    <RecordForm
      title={`Note on ${where}`}
      frame={frame}
      onSubmit={() => void submit()}
      saveLabel={isNew ? 'Note it' : 'Save'}
      onRemove={isNew ? null : () => void remove(`${where}, without a note`)}
    >
      <TextArea
        label="Note"
        value={typed.text}
        onChange={(text) => set({ text })}
        help="For managers. Name nobody here: it stays when somebody is made anonymous"
        error={wrong('text', 'private.note', 'week')}
        autoFocus
      />
    </RecordForm>
  );
}
