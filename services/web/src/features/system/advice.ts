import type { PartView } from '@sidekick/contracts';

export interface Advice {
  happened: string[];
  notice: string[];
  todo: string[];
}

/** What is known of a part that is not well, in words: what happened, what people notice, what to do. */
export function adviceOn({ name, state, missing, replicas }: PartView, oneProcess: boolean): Advice {
  const others = missing.filter((what) => what !== 'answer');
  const some = replicas.length > 1 && replicas.some((replica) => replica.state === 'down');
  return {
    happened: missing.map((what) => happened(name, what)),
    notice:
      state === 'down'
        ? [isDown[name] ?? `What ${name} does is not there.`]
        : [...(some ? [stillThere] : []), ...(some && others.length === 0 ? [] : noticeOf(name, others))],
    todo: [...new Set(missing.flatMap((what) => todo(name, what, oneProcess)))],
  };
}

const isDown: Record<string, string> = {
  gateway: 'Nobody can sign in, and who is signed in gets no answers.',
  content: 'Pages of the handbook do not open and cannot be edited. Search and staffing go on.',
  search: 'Search answers with an error. Reading, editing and staffing are as always.',
  staffing: 'Timeline, people, projects and leave do not open. The handbook and search go on.',
};
const stillThere = 'Nothing of the one that is down, as long as another replica answers: requests go there.';

function happened(part: string, what: string): string {
  const known: Record<string, string> = {
    answer: `A process of ${part} did not answer within two seconds.`,
    start: `${part} runs, and waits for what it needs before it begins to answer.`,
    drained: `${part} is being stopped.`,
    store: `${part} gets no answer from its database.`,
    bus: `${part} has no connection to the bus.`,
    cache: `${part} gets no answer from the cache.`,
    disk: `A disk that ${part} writes to is full, or its store has no room.`,
    limits: 'The gateways cannot count attempts to sign in together; each counts its own.',
    index: 'There is no search index yet to answer from.',
    'staffing log': 'staffing has not read its log yet.',
    schema: `The database of ${part} is of another schema version than this release.`,
  };
  return known[what] ?? `${part} misses ${what}.`;
}

function noticeOf(part: string, missing: readonly string[]): string[] {
  const of: Record<string, string> = {
    bus:
      part === 'search'
        ? 'Search finds everything as it was when the connection was lost. Reading, editing and staffing are as always.'
        : part === 'gateway'
          ? 'Open screens do not refresh by themselves; a reload shows what others have changed.'
          : 'Reading and writing go on. What is changed now is found, and seen by others, once the bus is back. Nothing is lost.',
    cache: 'Pages and figures come a little later. Nothing is missing.',
    disk: 'Reading goes on. What is saved is refused, and says so. Nothing that was saved is lost.',
    limits: 'Nothing.',
  };
  const words = missing.flatMap((what) => of[what] ?? []);
  return words.length > 0 ? words : ['Little: it answers from its own store.'];
}

const server: Record<string, [name: string, setting: string]> = {
  store: ['MongoDB', 'MONGO_URL'],
  bus: ['RabbitMQ', 'AMQP_URL'],
  cache: ['Redis', 'REDIS_URL'],
  limits: ['Redis', 'REDIS_URL'],
};
const byItself = 'Restart nothing: it connects again, and goes on where it was.';

function todo(part: string, what: string, oneProcess: boolean): string[] {
  const [name, setting] = server[what] ?? [];
  if (name && oneProcess) return ['See whether the disk of the data folder is full, and whether the portal may write there.', byItself];
  if (name) return [`See whether ${name} runs, and whether ${setting} of ${part} is its address.`, byItself];
  const known: Record<string, string[]> = {
    answer: oneProcess
      ? ['The portal is busy or stuck: its log says with what.', 'Start it again if it stays so. Nothing that was saved is lost.']
      : [`See whether the process of ${part} runs; its log says why it ended.`, 'Start it again. Nothing that was saved is lost.'],
    start: ['Wait: it tries again every two seconds. Its log says what it waits for.'],
    drained: ['Wait: another one takes its place.'],
    disk: [
      oneProcess
        ? 'Free some room on the disk of the data folder, or give it more: old backups, logs and pictures of containers go first.'
        : `Free some room on the volume of ${part}, or on that of its store's server, or give it more.`,
      'Restart nothing: saving works again as soon as there is room.',
    ],
    index: ['Wait: it reads everything from content and staffing, and needs both to answer.'],
    'staffing log': ['Wait: it reads the log from its last snapshot on.'],
    schema: ['Run the migration of this release. The part turns ready by itself.'],
  };
  return known[what] ?? [`Its log says more.`];
}
