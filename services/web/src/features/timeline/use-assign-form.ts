import type { AssignmentView } from '@sidekick/contracts';
import { usePreview, useRested } from '../../staffing/consequences.tsx';
import { dayRangeWithYear, hours } from '../../staffing/format.ts';
import { rulesOf } from '../../staffing/guarded-save.ts';
import { nameOf } from '../../staffing/people-names.ts';
import { type Slot, useCandidates } from '../../staffing/queries.ts';
import { useRecordForm } from '../../staffing/use-record-form.ts';
import { type AssignDraft, type AssignStart, assignDraft, assignFields, readAssignment, readDraft, slotFor } from './assign-draft.ts';
import type { Records } from './bars.ts';

export interface AssignProps {
  /** The assignment to change: it stays open when somebody else removes it. */
  id?: string;
  /** Where a new one starts from. */
  start?: AssignStart;
  records: Records;
  today: string;
  /** Opens the menu of its bar, where there is one. */
  onMore?: () => void;
  onClose: () => void;
}

/** The state of the form: what is typed, what it would break and change, and the ways to save. */
export function useAssignForm({ id, start = {}, records, today, onClose }: AssignProps) {
  const record = id ? (records.assignments.find((one) => one.id === id) ?? null) : null;
  const said = (typed: AssignDraft) => {
    const read = readDraft(typed, today, records);
    const [who, what] = [typed.person ? nameOf(typed.person, records.people) : 'Somebody', records.projects.get(typed.project)?.name];
    const perWeek = read.hours.ok ? read.hours.value : 0;
    return `${who} ${id ? 'is now' : 'is'} ${typed.role} on ${what}, ${hours(perWeek)} a week, ${dayRangeWithYear(read.from, read.to)}`;
  };
  const form = useRecordForm<AssignmentView, AssignDraft>({
    kind: 'assignment',
    subject: id ? `assignment:${id}` : `assignment:new ${JSON.stringify(start)}`,
    ...(id ? {} : { group: 'assignment:new ' }),
    isNew: !id,
    record,
    fields: assignFields(records),
    draft: (edit) => assignDraft(edit, start, today, records),
    read: (typed) => readAssignment(typed, today, records),
    said,
    onClose,
  });
  const { typed, shown, guarded, command } = form;
  const slot = readDraft(typed, today, records);
  const preview = usePreview(command ? [command] : null, guarded.busy || guarded.saved);
  const asked = useRested(slot.range && slot.hours.ok && typed.project ? JSON.stringify(slotFor(typed, slot)) : null);
  const candidates = useCandidates(asked === null ? null : (JSON.parse(asked) as Slot));
  const broken = preview.answer?.broken ?? guarded.refused;
  const name = shown.person ? nameOf(shown.person, records.people) : '';
  const projectName = records.projects.get(shown.project)?.name ?? '';
  return {
    ...form,
    record,
    slot,
    preview: command ? preview : null,
    candidates,
    broken,
    rules: rulesOf(broken),
    name,
    projectName,
    save: () => form.submit(broken),
    takeOff: () => form.remove(`${name} is off ${projectName}`),
  };
}
export type AssignState = ReturnType<typeof useAssignForm>;
