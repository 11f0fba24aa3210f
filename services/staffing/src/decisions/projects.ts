import { type Day, dayOf, dayWords, hoursWords, isoWeek, meet, openTo, type Span, weeksIn, weeksSpan } from '@sidekick/calendar';
import type { Assignment, Decision, Project } from '@sidekick/contracts';
import { ofProject } from '../kinds/records-of.ts';
import { type Outlook, startOfRun } from './outlook.ts';

const workOn = ({ figures }: Outlook, project: string): readonly Assignment[] => ofProject(figures.state.assignment, project);

/** Who led before and who is tentative as lead. */
const leadWords = (outlook: Outlook, project: Project, span: Span): string => {
  const leads = workOn(outlook, project.id).filter(({ role }) => role === 'lead');
  const tentative = leads.filter(
    ({ id, from, to }) => outlook.figures.counts(id) === 'tentative' && dayOf(from) <= span.to && openTo(to) >= span.from,
  );
  // Who has left led until the end of the contract, however long the assignment goes on.
  const ended = ({ person, to }: Assignment): Day =>
    Math.min(openTo(to), openTo(outlook.figures.state.person.get(person)?.record.contract.to ?? null));
  const before = leads
    .filter((one) => outlook.figures.counts(one.id) === 'confirmed' && ended(one) < span.from)
    .sort((a, b) => ended(b) - ended(a))[0];
  const led = before ? `${outlook.shortName(before.person)} led until ${dayWords(ended(before), outlook.today)}` : 'Nobody led before';
  const [first] = tentative;
  return `${led}, ${first ? `${outlook.shortName(first.person)} is tentative` : 'nothing confirmed after'}.`;
};

/** Runs of active weeks without a confirmed lead: open lead slots. */
export const leadDecisions = (outlook: Outlook): Decision[] =>
  [...outlook.figures.state.project.values()].flatMap(({ record: project }) =>
    outlook.figures
      .openLeads(project.id, outlook.first, outlook.last, outlook.first)
      .flatMap(({ from: first, to: last, open }): Decision[] => {
        const whole = meet(weeksSpan(first, last), { from: dayOf(project.from), to: openTo(project.to) });
        const span = meet(whole, { from: outlook.today, to: Number.POSITIVE_INFINITY });
        if (span.from > span.to) return [];
        return [
          {
            kind: 'open-lead',
            id: `open-lead:${project.id}:${isoWeek(startOfRun(first, (week) => outlook.figures.openLead(project.id, week)))}`,
            ...outlook.dated(span),
            title: `${project.name} has no lead ${outlook.rangeWords(open ? { ...whole, to: null } : whole)}`,
            detail: leadWords(outlook, project, whole),
            project: project.id,
          },
        ];
      }),
  );

const verbs = { lead: 'leads', sidekick: 'backs', contributor: 'helps' } as const;

/** Whether everybody named has the tentative hours free, week by week of the outlook. */
const freeWords = (outlook: Outlook, work: readonly Assignment[], span: Span): string => {
  const weeks = weeksIn(meet(span, outlook.span));
  const people = [...new Set(work.map(({ person }) => person))];
  const short = people.filter((person) => {
    const own = work.filter((assignment) => assignment.person === person);
    return weeks.some((week) => {
      const days = weeksSpan(week, week);
      const asked = own.reduce(
        (sum, { id }) => sum + (outlook.figures.counts(id) === 'tentative' ? outlook.figures.effective(id, days) : 0),
        0,
      );
      return asked > Math.max(0, outlook.freeHours(person).hours(week)) + 0.01;
    });
  });
  if (short.length > 0) return `; ${short.map(outlook.shortName).join(' and ')} ${short.length === 1 ? 'lacks' : 'lack'} hours`;
  return people.length === 1 ? ', and has the hours' : '; all have the hours';
};

const askedBy = ({ client }: Project) => (client === '' ? '' : `Asked by ${client}. `);

const proposalDetail = (outlook: Outlook, project: Project, span: Span): string => {
  const work = workOn(outlook, project.id);
  if (work.length === 0) return `${askedBy(project)}Nobody is named on it yet.`;
  const named = work.map(({ person, role, hoursPerWeek }) => `${outlook.shortName(person)} ${verbs[role]} ${hoursWords(hoursPerWeek)}`);
  return `${askedBy(project)}${named.join(', ')}${freeWords(outlook, work, span)}.`;
};

const startWords = (outlook: Outlook, begins: Day) =>
  begins < outlook.today ? `was to start ${dayWords(begins, outlook.today)}` : `can it start ${dayWords(begins, outlook.today)}?`;

/** Proposals that touch the outlook; their weeks count nowhere until they are agreed. */
export const proposalDecisions = (outlook: Outlook): Decision[] =>
  [...outlook.figures.state.project.values()].flatMap(({ record: project }): Decision[] => {
    const dates = { from: dayOf(project.from), to: openTo(project.to) };
    const span = meet(dates, outlook.span);
    if (project.state !== 'proposal' || span.from > span.to) return [];
    return [
      {
        kind: 'proposal',
        id: `proposal:${project.id}`,
        ...outlook.dated(span),
        title: `${project.name}: ${startWords(outlook, dates.from)}`,
        detail: proposalDetail(outlook, project, dates),
        project: project.id,
      },
    ];
  });
