import { type Span, wantedIn } from '@sidekick/calendar';
import type { Opening, Project } from '@sidekick/contracts';
import { ofProject } from '../kinds/records-of.ts';
import type { State } from '../state/state.ts';

/** The open places of a project; nothing is wanted for one that is lost. */
export const placesOf = ({ opening }: Pick<State, 'opening'>, { id, state }: Project): readonly Opening[] =>
  state === 'lost' ? [] : ofProject(opening, id);

/** Hours that the open places of a project want. */
export const wantedOn = (state: Pick<State, 'opening'>, project: Project, span: Span): number =>
  placesOf(state, project).reduce((sum, place) => sum + wantedIn(place, span), 0);
