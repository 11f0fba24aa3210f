import type { Budget } from '@sidekick/contracts';
import type { FieldError } from '@sidekick/service-kit';
import { aboutNobody } from '../kinds/about-nobody.ts';
import type { Kind } from '../kinds/kind.ts';
import { ofProject } from '../kinds/records-of.ts';
import { plainSentences } from '../kinds/sentences.ts';
import type { State } from '../state/state.ts';

/** What a project may cost, in money, in hours or in both. Managers write and read it. */
export const budget: Kind<'budget'> = {
  readers: 'managers',
  event: null,
  bodyOf: ({ id: _id, ...body }) => body,
  recordOf: (id, body) => ({ id, ...body }),
  tidy: (record) => record,

  names: ({ project }) => [{ kind: 'project', id: project, path: 'project' }],
  letsGo: null,
  called: null,
  impossible: (record, after) => [...ofNothing(record), ...another(record, after)],
  unfit: () => [],
  accepts: null,
  span: () => null,
  days: () => [],

  ...aboutNobody,

  /** Never the amount: it is what the change holds. */
  sentences: plainSentences<Budget>(({ project }, nameOf) => `Budget of ${nameOf('project', project)}`, {}),
};

const ofNothing = ({ money, hours }: Budget): FieldError[] =>
  money === null && hours === null ? [{ path: 'money', message: 'A budget is of money, of hours or of both' }] : [];

function another({ id, project }: Budget, { budget: budgets }: State): FieldError[] {
  const other = ofProject(budgets, project).find((one) => one.id !== id);
  return other ? [{ path: 'project', message: 'The project has a budget already' }] : [];
}
