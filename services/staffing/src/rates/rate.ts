import { dayWords } from '@sidekick/calendar';
import type { Rate } from '@sidekick/contracts';
import type { FieldError } from '@sidekick/service-kit';
import { aboutNobody } from '../kinds/about-nobody.ts';
import { tooFar } from '../kinds/checks.ts';
import type { Kind, NameOf } from '../kinds/kind.ts';
import { ofPerson } from '../kinds/records-of.ts';
import { plainSentences } from '../kinds/sentences.ts';
import type { State } from '../state/state.ts';

/**
 * What an hour of a person costs from a day on: on one project, or on every project without a rate of its own in force. Managers write
 * and read it. It names a person by id alone and holds no word about them, so a redaction leaves it and every figure as it was.
 */
export const rate: Kind<'rate'> = {
  readers: 'managers',
  event: null,
  bodyOf: ({ id: _id, ...body }) => body,
  recordOf: (id, body) => ({ id, ...body }),
  tidy: (record) => record,

  names: ({ person, project }) => [
    { kind: 'person', id: person, path: 'person' },
    ...(project === null ? [] : [{ kind: 'project' as const, id: project, path: 'project' }]),
  ],
  letsGo: null,
  called: null,
  impossible: (record, after) => sameDay(record, after),
  unfit: ({ before, after }, _state, today) => (after ? tooFar('from', after.from, before?.from, today) : []),
  accepts: null,
  span: () => null,
  days: () => [],

  ...aboutNobody,

  sentences: plainSentences<Rate>(phrase, {}),
};

/** Never the amount: it is what the change holds. */
function phrase({ person, project, from }: Rate, nameOf: NameOf, near: string | null): string {
  const where = project === null ? '' : ` on ${nameOf('project', project)}`;
  return `Rate of ${nameOf('person', person)}${where} from ${dayWords(from, near)}`;
}

function sameDay({ id, person, project, from }: Rate, { rate: rates }: State): FieldError[] {
  const other = ofPerson(rates, person).find((one) => one.id !== id && one.project === project && one.from === from);
  return other ? [{ path: 'from', message: 'A rate from this day is there already' }] : [];
}
