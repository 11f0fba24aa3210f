import { ChangeAnswer, SkillMerge, SkillsAnswer } from '@sidekick/contracts';
import { Conflict, NotFound, type Route, route } from '@sidekick/service-kit';
import { answerOf } from '../access/mask.ts';
import { contextOf } from '../changes/write.ts';
import { decide } from '../deciding/decide.ts';
import type { Desk } from '../routing/desk.ts';
import { mergeCommands, skillsOf } from '../skills/skills.ts';
import { keyOf } from '../state/names.ts';
import type { State } from '../state/state.ts';

export const skillRoutes = (desk: Desk): Route[] => [
  route({
    method: 'get',
    path: '/skills',
    operation: 'listSkills',
    summary: 'Every skill in use, once by name, in the spelling used most, and how many people have it',
    access: 'signed-in',
    answers: { 200: SkillsAnswer },
    handle: async () => ({ status: 200, body: { items: skillsOf(desk.replica.current().state) } }),
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
      const entry = await desk.commit(id, actor.account, (ledger) => {
        const commands = mergeCommands(ledger.state, skill, spellings);
        if (commands.length === 0) throw nothingToMerge(ledger.state, skill);
        return decide(ledger, commands, contextOf(desk, actor, { reason }));
      });
      return { status: 201, body: answerOf(entry, actor) };
    },
  }),
];

/** Named so everywhere already, as after somebody else's merge, or nowhere. */
const nothingToMerge = (state: State, name: string): NotFound | Conflict =>
  skillsOf(state).some(({ skill }) => keyOf(skill) === keyOf(name))
    ? new Conflict('merged-already', `Everywhere it is called ${name} already: there is nothing to merge`)
    : new NotFound('no-skill', 'Nobody has and no project requires a skill of these spellings');
