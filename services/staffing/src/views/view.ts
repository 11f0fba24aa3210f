import { type SavedView, tidyName } from '@sidekick/contracts';
import type { FieldError } from '@sidekick/service-kit';
import { aboutNobody } from '../kinds/about-nobody.ts';
import { otherBearer } from '../kinds/bearers.ts';
import type { Kind } from '../kinds/kind.ts';
import { plainSentences } from '../kinds/sentences.ts';
import { keyOf } from '../state/names.ts';
import type { State } from '../state/state.ts';

/** What a screen shows, under a name, for everybody; managers write it. One's own are with the account, at the gateway (decision 27). */
export const view: Kind<'view'> = {
  readers: 'everybody',
  event: 'staffing.view.changed.v1',
  bodyOf: ({ id: _id, ...body }) => body,
  recordOf: (id, body) => ({ id, ...body }),
  tidy: (record) => ({ ...record, name: tidyName(record.name) }),

  names: () => [],
  letsGo: null,
  called: null,
  impossible: (record, after) => nameTaken(record, after),
  unfit: ({ before, after }, state) => (after && !before ? tooMany(state) : []),
  accepts: null,
  span: () => null,
  days: () => [],

  ...aboutNobody,
  texts: ['name', 'query'],

  sentences: plainSentences<SavedView>(({ name }) => `View ${name}`, { query: 'what it shows' }),
};

/** Views of one name on one screen, in whatever spelling, would be one in its menu. */
function nameTaken(record: SavedView, { view }: State): FieldError[] {
  const other = otherBearer(view, ({ name, screen }) => [nameOn(screen, name)], record, nameOn(record.screen, record.name));
  return other && keyOf(other.name) === keyOf(record.name)
    ? [{ path: 'name', message: `A view for everybody is called ${other.name} already` }]
    : [];
}
const nameOn = (screen: string, name: string) => `${screen} ${name}`;

/** For everybody: a menu of more is no menu. */
const most = 200;

const tooMany = ({ view }: State): FieldError[] =>
  view.size > most ? [{ path: 'name', message: `${most} views for everybody are there already; remove some first` }] : [];
