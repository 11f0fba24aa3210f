import type { AssignmentView } from '@sidekick/contracts';
import { usePreview, useRested } from '../../staffing/consequences.tsx';
import { dayRangeWithYear, hours } from '../../staffing/format.ts';
import { rulesOf } from '../../staffing/guarded-save.ts';
import { nameOf } from '../../staffing/people-names.ts';
import { type Slot, useCandidates } from '../../staffing/queries.ts';
import { useRecordForm } from '../../staffing/use-record-form.ts';
import { type AssignDraft, type AssignStart, assignDraft, assignFields, readAssignment, readDraft, slotFor } from './assign-draft.ts';
import type { Records } from './bars.ts';
import { placeName, type Rest, restsInWords } from './place-fill.ts';
import { startOfFill, useFilled } from './use-filled.ts';
import { type HandedOver, useHandedOver } from './use-handed-over.ts';

export interface AssignProps {
  /** The assignment to change: it stays open when somebody else removes it. */
  id?: string;
  /** Where a new one starts from. */
  start?: AssignStart;
  records: Records;
  today: string;
  /** The open place that it fills, wholly or in part, in the same change set. */
  fills?: string;
  /** Keeps what is typed as an open place instead. */
  onNobody?: (start: AssignStart, handed: HandedOver) => void;
  /** What was typed in the form of an open place that this one takes the place of. */
  handed?: HandedOver | null;
  /** Opens the menu of its bar, where there is one. */
  onMore?: () => void;
  onClose: () => void;
}

/** The state of the form: what is typed, what it would break and change, and the ways to save. */
export function useAssignForm({ id, start: begun = {}, fills, records, today, handed = null, onClose }: AssignProps) {
  const place = useFilled(fills);
  const start = place ? startOfFill(place.loaded) : begun;
  const record = id ? (records.assignments.find((one) => one.id === id) ?? null) : null;
  const said = (typed: AssignDraft) => {
    const read = readDraft(typed, today, records);
    const [who, what] = [typed.person ? nameOf(typed.person, records.people) : 'Somebody', records.projects.get(typed.project)?.name];
    const perWeek = read.hours.ok ? read.hours.value : 0;
    const work = `${who} ${id ? 'is now' : 'is'} ${typed.role} on ${what}, ${hours(perWeek)} a week, ${dayRangeWithYear(read.from, read.to)}`;
    const rest = place?.restOf(takenOf(typed)) ?? [];
    return rest.length > 0 ? `${work}; still open: ${restsInWords(rest)}` : work;
  };
  const takenOf = (typed: AssignDraft): Rest => {
    const { from, to, hours: perWeek } = readDraft(typed, today, records);
    return { from, to, hoursPerWeek: perWeek.ok ? perWeek.value : 0 };
  };
  const form = useRecordForm<AssignmentView, AssignDraft>({
    kind: 'assignment',
    subject: id ? `assignment:${id}` : fills ? `assignment:fill ${fills}` : `assignment:new ${JSON.stringify(start)}`,
    ...(id || fills ? {} : { group: 'assignment:new ' }),
    ...(place ? { more: (typed: AssignDraft) => place.commands(takenOf(typed)) } : {}),
    isNew: !id,
    record,
    fields: assignFields(records),
    draft: (edit) => assignDraft(edit, start, today, records),
    read: (typed) => readAssignment(typed, today, records),
    said,
    onClose,
  });
  const { typed, shown, set, guarded, command } = form;
  useHandedOver(handed, ({ range, hours, assignment }) => set({ range, hours, ...assignment }));
  const slot = readDraft(typed, today, records);
  const isGone = fills !== undefined && (place?.isGone ?? true) && !guarded.busy && !guarded.saved;
  const preview = usePreview(
    command && !isGone ? [command, ...(place?.commands(takenOf(typed)) ?? [])] : null,
    guarded.busy || guarded.saved,
  );
  const asked = useRested(
    slot.range && slot.hours.ok && typed.project
      ? JSON.stringify({ ...slotFor(typed, slot), ...(place && !place.isGone ? { opening: fills } : {}) })
      : null,
  );
  const candidates = useCandidates(asked === null ? null : (JSON.parse(asked) as Slot), guarded.busy || guarded.saved);
  const broken = preview.answer?.broken ?? guarded.refused;
  const name = shown.person ? nameOf(shown.person, records.people) : '';
  const projectName = records.projects.get(shown.project)?.name ?? '';
  const filling = place
    ? {
        ...place,
        isGone,
        isChanged: place.isChanged && !guarded.busy && !guarded.saved,
        rest: slot.range && slot.hours.ok ? place.restOf(takenOf(typed)) : null,
        taken: takenOf(typed),
      }
    : null;
  return {
    ...form,
    record,
    filling,
    isGone,
    title: id ? `${name} on ${projectName}` : fills ? `Fill: ${placeName(place?.loaded ?? typed, projectName)}` : 'New assignment',
    slot,
    preview: command ? preview : null,
    candidates,
    broken,
    rules: rulesOf(broken),
    name,
    projectName,
    save: () => (isGone ? Promise.resolve() : form.submit(broken)),
    /** The same as an open place: what is typed goes along. */
    asNobody: (to: AssignProps['onNobody']) => {
      form.clear();
      const { project, role } = typed;
      const start = {
        project,
        role,
        ...(slot.range ? { from: slot.from, to: slot.to } : {}),
        ...(slot.hours.ok && slot.hours.value > 0 ? { hours: slot.hours.value } : {}),
      };
      const { range, hours, person, state, note, reason } = typed;
      // Back from a place, what was typed there of the place alone is kept for it.
      const place = { skills: [], ...handed?.place, ...(handed?.place?.note ? {} : { note }) };
      to?.(start, { range, hours, assignment: { person, state, note, reason }, place: { note, ...place } });
    },
    takeOff: () => form.remove(`${name} is off ${projectName}`),
  };
}
export type AssignState = ReturnType<typeof useAssignForm>;
