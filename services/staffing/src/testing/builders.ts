import type {
  Assignment,
  Budget,
  Holiday,
  Opening,
  Person,
  Project,
  Rate,
  RecordKind,
  Records,
  SavedView,
  Settings,
  Skill,
  Team,
  TimeOff,
  Volunteer,
  WeekNote,
  Wish,
} from '@sidekick/contracts';
import { emptyState, type State, type VersionedRecord } from '../state/state.ts';

/** Whole records for tests; ids and names are short words, which the pure parts take as they are. */
export const aPerson = (id: string, over: Partial<Person> = {}): Person => ({
  id,
  employment: 'employed',
  timeZone: 'Europe/Lisbon',
  region: null,
  patterns: [{ from: '2020-01-01', hours: [8, 8, 8, 8, 8, 0, 0] }],
  contract: { from: null, to: null },
  skills: [],
  operationsShare: 0.05,
  private: { name: id, email: null, note: null },
  sample: false,
  ...over,
});

export const aProject = (id: string, over: Partial<Project> = {}): Project => ({
  id,
  name: id,
  client: '',
  description: '',
  from: '2026-11-02',
  to: '2027-03-14',
  state: 'agreed',
  priority: 3,
  policy: 'sidekick',
  minimumHours: 4,
  wantedHours: 8,
  requiredSkills: [],
  sample: false,
  ...over,
});

export const anAssignment = (id: string, person: string, project: string, over: Partial<Assignment> = {}): Assignment => ({
  id,
  person,
  project,
  role: 'sidekick',
  from: '2026-11-02',
  to: null,
  hoursPerWeek: 8,
  state: 'confirmed',
  accepted: [],
  private: { reason: null },
  sample: false,
  ...over,
});

export const aLeave = (id: string, person: string, from: string, to: string, over: Partial<TimeOff> = {}): TimeOff => ({
  id,
  person,
  from,
  to,
  amount: { portion: 1 },
  state: 'approved',
  private: { kind: null, note: null, reason: null },
  accepted: [],
  sample: false,
  ...over,
});

export const aHoliday = (region: string, date: string, over: Partial<Holiday> = {}): Holiday => ({
  id: `${region} ${date}`,
  region,
  date,
  name: 'a holiday',
  portion: 1,
  sample: false,
  ...over,
});

export const aTeam = (id: string, people: readonly string[], over: Partial<Team> = {}): Team => ({
  id,
  name: id,
  people: [...people],
  lead: people[0] ?? null,
  sample: false,
  ...over,
});

export const aSkill = (id: string, name: string, spellings: readonly string[] = [], over: Partial<Skill> = {}): Skill => ({
  id,
  name,
  spellings: [...spellings],
  sample: false,
  ...over,
});

export const aRate = (id: string, person: string, amount: number, over: Partial<Rate> = {}): Rate => ({
  id,
  person,
  project: null,
  from: '2026-01-01',
  amount,
  sample: false,
  ...over,
});

export const aBudget = (id: string, project: string, over: Partial<Budget> = {}): Budget => ({
  id,
  project,
  money: null,
  hours: null,
  sample: false,
  ...over,
});

export const someSettings = (id: string, currency: string): Settings => ({ id, currency, sample: false });

export const aVolunteer = (id: string, person: string, project: string, over: Partial<Volunteer> = {}): Volunteer => ({
  id,
  person,
  project,
  private: { note: null },
  sample: false,
  ...over,
});

export const aWish = (id: string, person: string, skill: string, over: Partial<Wish> = {}): Wish => ({
  id,
  person,
  skill,
  sample: false,
  ...over,
});

export const anOpening = (id: string, project: string, over: Partial<Opening> = {}): Opening => ({
  id,
  project,
  role: 'lead',
  from: '2027-01-04',
  to: '2027-03-14',
  hoursPerWeek: 24,
  skills: [],
  private: { note: null },
  sample: false,
  ...over,
});

export const aView = (id: string, name: string, over: Partial<SavedView> = {}): SavedView => ({
  id,
  name,
  screen: 'timeline',
  query: 'by=person',
  sample: false,
  ...over,
});

export const aWeekNote = (id: string, project: string, over: Partial<WeekNote> = {}): WeekNote => ({
  id,
  project,
  week: '2026-W50',
  private: { note: 'Steering group meets' },
  sample: false,
  ...over,
});

type Lists = { readonly [K in RecordKind]?: readonly Records[K][] };
const keep = <T extends { id: string }>(records: readonly T[] = []): ReadonlyMap<string, VersionedRecord<T>> =>
  new Map(records.map((record) => [record.id, { record, version: 1 }]));

/** The state that holds these records. */
export const stateOf = (lists: Lists): State => ({
  ...emptyState,
  head: 1,
  person: keep(lists.person),
  project: keep(lists.project),
  assignment: keep(lists.assignment),
  timeOff: keep(lists.timeOff),
  holiday: keep(lists.holiday),
  team: keep(lists.team),
  skill: keep(lists.skill),
  rate: keep(lists.rate),
  budget: keep(lists.budget),
  settings: keep(lists.settings),
  volunteer: keep(lists.volunteer),
  wish: keep(lists.wish),
  opening: keep(lists.opening),
  view: keep(lists.view),
  weekNote: keep(lists.weekNote),
});
