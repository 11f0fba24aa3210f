import type { Envelope, PageState } from '@sidekick/contracts';

export const ids = {
  migrations: '01JZZZZZZZZZZZZZZZZZPAGE01',
  secret: '01JZZZZZZZZZZZZZZZZZPAGE02',
  noor: '01JZZZZZZZZZZZZZZZZZPERS01',
  atlas: '01JZZZZZZZZZZZZZZZZZPR0J01',
};
/** Epochs of an owner's database, in their order. */
export const epochs = ['01JZZZZZZZZZZZZZZZZZZZZZZA', '01K0000000000000000000000B', '01K0000000000000000000000C'] as const;

/** A state event; `state` null is a tombstone when `deleted`. */
export const event = (
  type: Envelope['type'],
  subject: string,
  sequence: number,
  state: unknown,
  deleted = false,
  epoch: string = epochs[0],
): Envelope =>
  ({
    specversion: '1.0',
    id: `${epoch}:${subject}:${sequence}`,
    source: type.split('.')[0],
    type,
    time: '2026-11-25T00:00:00.000Z',
    subject,
    sequence,
    epoch,
    data: { reason: 'test', deleted, state },
  }) as Envelope;

export const page = (over: Partial<PageState> = {}): PageState => ({
  path: 'data/migrations',
  title: 'Zero-downtime migrations',
  visibility: 'internal',
  owners: [{ type: 'person', id: ids.noor }],
  tags: ['SQL'],
  trail: ['Data', 'PostgreSQL'],
  searchExclude: false,
  revision: '01JZZZZZZZZZZZZZZZZZREV001',
  changedAt: '2026-11-25T00:00:00.000Z',
  sections: [
    { anchor: '', heading: 'Zero-downtime migrations', level: 1, text: 'Change a live Postgres table in steps.', code: '' },
    {
      anchor: 'keep-locks-short',
      heading: 'Keep locks short',
      level: 2,
      text: 'Postgres queues readers behind a waiting migration.',
      code: 'set statement_timeout; readAreaHa()',
    },
  ],
  ...over,
});
export const noor = {
  id: ids.noor,
  employment: 'employed',
  timeZone: 'Europe/London',
  region: 'GB',
  patterns: [],
  contract: { from: null, to: null },
  skills: [{ skill: 'Postgres', level: 4 }],
  operationsShare: 0.05,
  private: { name: 'Noor Haddad' },
  sample: false,
};
export const atlas = {
  id: ids.atlas,
  name: 'Atlas',
  client: 'Commons Lab',
  description: 'Migration of the registry',
  from: '2026-11-23',
  to: null,
  state: 'agreed',
  priority: 1,
  policy: 'sidekick',
  minimumHours: 4,
  wantedHours: 8,
  requiredSkills: [{ skill: 'Postgres', level: 3 }],
  sample: false,
};
