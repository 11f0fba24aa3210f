import { ChangeAnswer, SkillBody, SkillMerge, SkillsAnswer, SkillView } from '@sidekick/contracts';
import { Conflict, NotFound, type Route, route } from '@sidekick/service-kit';
import { answerOf } from '../access/mask.ts';
import { decisionContextOf } from '../changes/write.ts';
import { decide } from '../deciding/decide.ts';
import type { StaffingContext } from '../routing/context.ts';
import { mergeCommands, skillsOf } from '../skills/skills.ts';
import { keyOf } from '../state/names.ts';
import type { State } from '../state/state.ts';
import { singleRoutes } from './record.routes.ts';

/** The list holds what is used and has no record too. */
export const skillRoutes = (context: StaffingContext): Route[] => [
  route({
    method: 'get',
    path: '/skills',
    operation: 'listSkills',
    summary: 'Every skill in use or with a record, once by name, and how many people have it',
    access: 'signed-in',
    answers: { 200: SkillsAnswer },
    handle: async () => ({ status: 200, body: { items: skillsOf(context.replica.current().state) } }),
  }),
  route({
    method: 'post',
    path: '/skills/merge',
    operation: 'mergeSkills',
    summary: 'Gives skills of several spellings or names one name everywhere, as one change set that can be undone; the higher level stays',
    access: ['manager'],
    body: SkillMerge,
    answers: { 201: ChangeAnswer },
    problems: [404, 409, 413],
    async handle({ body: { id, skill, spellings, reason }, identity: actor }) {
      const entry = await context.commit(id, actor.account, (ledger) => {
        const commands = mergeCommands(ledger.state, skill, spellings);
        if (commands.length === 0) throw nothingToMerge(ledger.state, skill);
        return decide(ledger, commands, decisionContextOf(context, actor, { reason }));
      });
      return { status: 201, body: answerOf(entry, actor) };
    },
  }),
  ...singleRoutes(context, { kind: 'skill', root: '/skills', one: 'Skill', view: SkillView, body: SkillBody, writers: ['manager'] }),
];

/** Named so everywhere already, as after somebody else's merge, or nowhere. */
const nothingToMerge = (state: State, name: string): NotFound | Conflict =>
  skillsOf(state).some(({ skill }) => keyOf(skill) === keyOf(name))
    ? new Conflict('merged-already', `Everywhere it is called ${name} already: there is nothing to merge`)
    : new NotFound('no-skill', 'Nobody has and no project requires a skill of these spellings');
