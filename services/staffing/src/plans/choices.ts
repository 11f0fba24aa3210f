import type { Command, PlanAnswer, PlanChoice } from '@sidekick/contracts';
import { AssignmentBody } from '@sidekick/contracts';
import { InvalidInput } from '@sidekick/service-kit';
import { ulid } from 'ulid';
import type { Asked } from '../deciding/draft.ts';

/** The choices of these ids. Throws InvalidInput `unknown-choice`. */
export function chosenOf({ choices }: PlanAnswer, ids: readonly number[]): PlanChoice[] {
  return [...new Set(ids)].map((id) => {
    const choice = choices[id];
    if (!choice)
      throw new InvalidInput('unknown-choice', `The plan has no choice ${id}`, [{ path: 'choices', message: `There is no choice ${id}` }]);
    return choice;
  });
}

export const subjectsOf = (choices: readonly PlanChoice[]) => ({
  people: new Set(choices.map(({ person }) => person)),
  projects: new Set(choices.map(({ project }) => project)),
});

/** The choices as assignments, under new ids. */
export const commandsOf = (choices: readonly PlanChoice[], state: 'tentative' | 'confirmed'): Asked[] =>
  choices.map(({ person, project, from, to, hoursPerWeek }, index) => {
    const record = AssignmentBody.parse({ person, project, role: 'sidekick', from, to, hoursPerWeek, state });
    const command: Command = { do: 'create', kind: 'assignment', id: ulid(), record };
    return { ...command, at: { id: `choices.${index}`, body: `choices.${index}` } };
  });
