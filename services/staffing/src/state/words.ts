import type { State } from './state.ts';

/** What stands for the name of a record that is not there. */
export const gone = { person: 'somebody who is gone', project: 'a project that is gone' };
export const personName = (state: State, id: string): string => state.person.get(id)?.record.private.name ?? gone.person;
export const projectName = (state: State, id: string): string => state.project.get(id)?.record.name ?? gone.project;

/** What stands for the name of a person who was made anonymous; the end of the id tells two of them apart. */
export const formerName = (person: string): string => `Former colleague ${person.slice(-4)}`;
