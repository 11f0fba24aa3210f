import type { AssignmentView } from '@sidekick/contracts';
import { usePreview, useRested } from '../staffing/consequences.tsx';
import { useDraft } from '../staffing/draft.ts';
import { dayRange, hours } from '../staffing/format.ts';
import { rulesOf, useGuardedSave } from '../staffing/guarded-save.ts';
import { useCandidates } from '../staffing/queries.ts';
import { type AssignDraft, type AssignStart, assignDraft, commandOf, readDraft, slotFor } from './assign-draft.ts';
import type { Records } from './bars.ts';

export interface AssignProps {
  /** The assignment to change, or where a new one starts from. */
  edit?: AssignmentView;
  start?: AssignStart;
  records: Records;
  today: string;
  onClose: () => void;
}

/** The state of the form: what is typed, what it would break and change, and the ways to save. */
export function useAssignForm({ edit, start = {}, records, today, onClose }: AssignProps) {
  const key = edit ? `assignment ${edit.id} ${edit.version}` : `assignment new ${JSON.stringify(start)}`;
  const [draft, set, { clear }] = useDraft<AssignDraft>(key, () => assignDraft(edit, start, today, records));
  const guarded = useGuardedSave();
  const read = readDraft(draft, today, records);
  const commands = read.ok ? [commandOf(draft, read, edit)].filter((command) => command !== null) : [];
  const preview = usePreview(commands.length > 0 ? commands : null, guarded.busy || guarded.saved);
  const candidates = useCandidates(useRested(read.range && draft.project ? slotFor(draft, read) : null));
  const broken = preview.answer?.broken ?? guarded.refused;
  const rules = rulesOf(broken);
  const name = draft.person ? (records.people.get(draft.person)?.private.name ?? '') : '';
  const projectName = records.projects.get(draft.project)?.name ?? '';
  const done = () => {
    clear();
    onClose();
  };
  const submit = async () => {
    set({ tried: true });
    if (!read.ok) return;
    if (commands.length === 0) return done();
    if (rules.length > 0 && draft.reason.trim() === '') return;
    const said = `${name} ${edit ? 'is now' : 'is'} ${draft.role} on ${projectName}, ${hours(read.hours)} a week, ${dayRange(read.from, read.to)}`;
    const reason = rules.length > 0 ? draft.reason.trim() : '';
    if (await guarded.run({ commands, said, ...(reason ? { reason } : {}) }, rules)) done();
  };
  const remove = async () => {
    if (!edit) return;
    const said = `${name} is off ${projectName}`;
    if (await guarded.run({ commands: [{ do: 'delete', kind: 'assignment', id: edit.id, version: edit.version }], said })) done();
  };
  return {
    draft,
    set,
    guarded,
    read,
    preview: commands.length > 0 ? preview : null,
    candidates,
    broken,
    rules,
    name,
    projectName,
    done,
    submit,
    remove,
  };
}
export type AssignState = ReturnType<typeof useAssignForm>;
