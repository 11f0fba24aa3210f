import { isoDay, mondayOf, weekOf, weekWords } from '@sidekick/calendar';
import type { WeekNote } from '@sidekick/contracts';
import type { FieldError } from '@sidekick/service-kit';
import { aboutNobody } from '../kinds/about-nobody.ts';
import { tooFar } from '../kinds/checks.ts';
import type { Kind, NameOf } from '../kinds/kind.ts';
import { ofProject } from '../kinds/records-of.ts';
import { plainSentences } from '../kinds/sentences.ts';
import type { State } from '../state/state.ts';

/** What managers note on a week of a project, for each other; it goes with the project. */
export const weekNote: Kind<'weekNote'> = {
  readers: 'managers',
  event: null,
  bodyOf: ({ id: _id, ...body }) => body,
  recordOf: (id, body) => ({ id, ...body }),
  tidy: (record) => record,

  names: ({ project }) => [{ kind: 'project', id: project, path: 'project' }],
  letsGo: { without: (record, gone) => (gone.has(record.project) ? null : record) },
  called: null,
  impossible: (record, after) => another(record, after),
  unfit: ({ before, after }, _state, today) => (after ? tooFar('week', mondayIn(after), before && mondayIn(before), today) : []),
  accepts: null,
  span: () => null,
  days: () => [],

  ...aboutNobody,
  shareable: ({ private: _private, ...record }) => record,
  texts: ['private.note'],
  redacted: (record) => ({ ...record, private: { note: null } }),

  /** Never the words: the change holds them. */
  sentences: plainSentences<WeekNote>(phrase, { private: 'words' }),
};

const numberOf = ({ week }: WeekNote): number => weekOf(week) ?? 0;
const mondayIn = (record: WeekNote): string => isoDay(mondayOf(numberOf(record)));

function phrase(record: WeekNote, nameOf: NameOf, near: string | null): string {
  return `Note on ${nameOf('project', record.project)}, ${weekWords(numberOf(record), near)}`;
}

function another({ id, project, week }: WeekNote, { weekNote: notes }: State): FieldError[] {
  const other = ofProject(notes, project).find((one) => one.id !== id && one.week === week);
  return other ? [{ path: 'week', message: 'The week has a note already' }] : [];
}
