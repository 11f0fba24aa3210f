import { SkillsAnswer } from '@sidekick/contracts';
import { type Route, route } from '@sidekick/service-kit';
import type { Desk } from '../desk.ts';

/** Skills that people have or projects require, each with the number of people who have it, by name. */
export const skillRoutes = (desk: Desk): Route[] => [
  route({
    method: 'get',
    path: '/skills',
    operation: 'listSkills',
    summary: 'Every skill in use and how many people have it',
    access: 'signed-in',
    answers: { 200: SkillsAnswer },
    async handle() {
      const { person, project } = desk.replica.current().state;
      const people = new Map<string, number>();
      for (const { record } of project.values()) for (const { skill } of record.requiredSkills) people.set(skill, 0);
      for (const { record } of person.values()) for (const { skill } of record.skills) people.set(skill, (people.get(skill) ?? 0) + 1);
      const items = [...people].map(([skill, count]) => ({ skill, people: count })).sort((a, b) => (a.skill < b.skill ? -1 : 1));
      return { status: 200, body: { items } };
    },
  }),
];
