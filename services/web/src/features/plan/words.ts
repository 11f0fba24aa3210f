import type { PersonView, PlanAnswer, PlanChoice, PlanError, PlanOpen, PlanView } from '@sidekick/contracts';
import { count, hours, knownHours, percent, weekNumber } from '../../staffing/format.ts';
import type { Known } from '../../staffing/links.tsx';
import { isOffered, nameOf } from '../../staffing/people-names.ts';

type People = ReadonlyMap<string, PersonView>;

const oneOf = (list: readonly string[]): string =>
  list.length < 2 ? (list[0] ?? '') : `${list.slice(0, -1).join(', ')} and ${list.at(-1)}`;

/** What is known of the four goals, best first: a sentence for the strip above a result. */
export function provenWords({ levels, filled, slots, vector }: PlanAnswer): string {
  const [first, second, third, last] = levels;
  const covered = `${filled} of ${slots} project-weeks`;
  if (first?.status !== 'proven') {
    const within = first?.within;
    return `${covered} filled. Weighed by priority, at most ${within === null || within === undefined ? 'a part' : `${tenth(within)} %`} is missing to the best possible.`;
  }
  const proven = [
    second?.status === 'proven' && 'peak load',
    third?.status === 'proven' && 'fit',
    last?.status === 'proven' && 'fair shares',
  ].filter((one) => one !== false);
  const also = proven.length > 0 ? ` ${sentence(oneOf(proven))} ${proven.length === 1 ? 'is' : 'are'} proven too.` : '';
  return `No plan under these rules fills more, by priority, than these ${covered}.${also}${openWords(levels, vector)}`;
}

const tenth = (share: number): string => String(Math.max(0.1, Math.round(share * 1000) / 10));
const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The goal that time ran out for. */
function openWords(levels: PlanAnswer['levels'], vector: PlanAnswer['vector']): string {
  const at = levels.findIndex(({ status }) => status !== 'proven');
  const level = levels[at];
  if (!level || level.bound === null) return at > 0 ? ` Time ran out at ${goalNames[at]}: it is the best found.` : '';
  const [found, best] = [vector[at] ?? 0, level.bound];
  if (at === 2) return ` Fit may be better by ${Math.abs(Math.round(best - found))} points at most: time ran out.`;
  return ` ${sentence(goalNames[at] ?? '')} is ${percent(found)}, and at best ${percent(best)}: time ran out.`;
}

export const goalNames = ['filled project-weeks', 'the peak load', 'fit', 'the largest share of sidekick work'] as const;

/** Why a choice is this one, in a few words. */
export function shortWhy({ why }: PlanChoice): string {
  const first = why.isLocked
    ? 'Locked'
    : why.volunteered
      ? 'Volunteered'
      : why.knowledgeState === 'warm'
        ? 'Knows it'
        : why.wishes.length > 0
          ? `Wishes to learn ${why.wishes[0]}`
          : null;
  const of = why.could === 1 ? 'the only one who can' : `${count(why.could, 'person', 'people')} could`;
  return first === null ? sentence(of) : `${first}, ${of}`;
}

/** The terms behind a choice, each in a sentence. */
export function termsOf({ why, hours: effective, weeks }: PlanChoice): { term: string; says: string }[] {
  const skills = why.skills.map(({ skill, level, required }) => `${skill} ${level} where ${required} is needed`);
  const known = why.knowledge < 0.05 ? 'nothing yet' : `${knownHours(why.knowledge)} of work on it, ${why.knowledgeState}`;
  return [
    { term: 'Skill', says: skills.length > 0 ? oneOf(skills) : 'none is required' },
    { term: 'Free hours', says: `${hours(why.leastFree)} in the fullest of ${count(weeks.length, 'week')}, before the plan` },
    { term: 'Load', says: `${percent(why.load)} of net in the fullest week, with all that is planned` },
    { term: 'Knows it', says: known },
    { term: 'Volunteered', says: why.volunteered ? 'yes' : 'no' },
    { term: 'Wish to learn', says: why.wishes.length > 0 ? oneOf(why.wishes) : 'no required skill' },
    { term: 'Effective', says: `${hours(effective)} in all` },
    {
      term: 'Others',
      says: why.could === 1 ? 'nobody else could take all of these weeks' : `${why.could - 1} more could take all of these weeks`,
    },
  ];
}

/** What a rule that rules somebody out says of them, after their name or number. */
const ruleWords: Record<string, { one: string; many: string }> = {
  'sidekick-leads': { one: 'leads it', many: 'lead it' },
  'already-assigned': { one: 'is on it already, which does not cover it', many: 'are on it already, which does not cover it' },
  'outside-contract': { one: 'has no contract then', many: 'have no contract then' },
  'outside-project': { one: 'is outside its dates', many: 'are outside its dates' },
  'below-skill': { one: 'misses a required skill', many: 'miss a required skill' },
  'no-hours': { one: 'has too few hours', many: 'have too few hours' },
  'some-weeks': { one: 'could take a part of it only', many: 'could take a part of it only' },
  'no-use': { one: 'would not make it covered', many: 'would not make it covered' },
  forbidden: { one: 'is kept out by you', many: 'are kept out by you' },
};
/** Names are told of so many people. */
const fewNames = 2;

/** Why weeks stay open. People who have left the group are not spoken of. */
export function openReason({ could, ruledOut, weeks }: PlanOpen, people: People, today: string): string {
  const told = ruledOut.flatMap(({ rule, people: all }) => {
    const here = all.filter((id) => isOffered(id, people, today));
    if (here.length === 0) return [];
    const words = ruleWords[rule] ?? { one: 'is ruled out', many: 'are ruled out' };
    const who = here.length <= fewNames ? oneOf(here.map((id) => nameOf(id, people))) : `${here.length} people`;
    return [`${who} ${here.length === 1 ? words.one : words.many}`];
  });
  const lead =
    could.length === 0
      ? `Nobody can${weeks.length > 1 ? ' take all of it' : ''}`
      : `${could.length <= fewNames ? oneOf(could.map((id) => nameOf(id, people))) : `${could.length} people`} could, but the hours, stays or handovers of this plan go elsewhere`;
  return told.length === 0 ? `${lead}.` : `${lead}: ${told.join('; ')}.`;
}

/** The rule that the locks break, and whose lock is the first that breaks it. */
export function lockWords({ message, person, project, week }: PlanError, { people, projects }: Known): string {
  const who = person === null ? null : nameOf(person, people);
  const where = project === null ? null : (projects.get(project)?.name ?? 'a project');
  const first = [who, where && `on ${where}`, week && `in ${weekNumber(week)}`].filter(Boolean).join(' ');
  return first === '' ? `${message}.` : `${message}: ${first}.`;
}

/** What became of a plan, for a list. */
export function outcomeWords(
  one: Pick<PlanView, 'state' | 'reason' | 'error'> & { outcome: { status: string; slots: number; filled: number } | null },
): string {
  if (one.state === 'waiting') return 'waits for its turn';
  if (one.state === 'running') return 'is being made';
  if (one.state === 'cancelled' && !one.outcome) return 'stopped';
  if (one.state === 'dead') return `ended without an answer: ${one.reason ?? 'no reason was kept'}`;
  if (one.error) return 'the locks contradict each other';
  if (!one.outcome) return 'no answer';
  if (one.outcome.slots === 0) return 'no gaps';
  return `${one.outcome.filled} of ${one.outcome.slots} project-weeks filled, ${one.outcome.status === 'proven' ? 'proven' : 'best found'}`;
}
