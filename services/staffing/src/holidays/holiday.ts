import { dayWords } from '@sidekick/calendar';
import { everyRegion, type Holiday, tidyName } from '@sidekick/contracts';
import { aboutNobody } from '../kinds/about-nobody.ts';
import { tooFar } from '../kinds/checks.ts';
import type { Kind } from '../kinds/kind.ts';
import { plainSentences } from '../kinds/sentences.ts';
import { regionCode, unknownRegion } from './regions.ts';

/** A day off, or part of one, for everybody of a region, or of all. Managers write it. */
export const holiday: Kind<'holiday'> = {
  readers: 'everybody',
  event: 'staffing.holiday.changed.v1',
  bodyOf: ({ id: _id, ...body }) => body,
  recordOf: (id, body) => ({ id, ...body, region: regionCode(body.region) }),
  tidy: (record) => ({ ...record, name: tidyName(record.name), region: regionCode(tidyName(record.region)) }),

  names: () => [],
  letsGo: null,
  called: null,
  impossible: () => [],
  unfit: ({ before, after }, _state, today) =>
    after
      ? [
          ...(after.region === everyRegion ? [] : unknownRegion(before?.region, after.region)),
          ...tooFar('date', after.date, before?.date, today),
        ]
      : [],
  accepts: null,
  span: ({ date }) => ({ from: date, to: date }),
  days: ({ date }) => [date],

  ...aboutNobody,
  texts: ['name'],

  sentences: plainSentences<Holiday>(
    ({ name, region, date }, _nameOf, near) =>
      `${region === everyRegion ? `Company day ${name}` : `Holiday ${name} in ${region}`}, ${dayWords(date, near)}`,
    {},
  ),
};
