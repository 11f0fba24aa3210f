import { type Project, tidyName } from '@sidekick/contracts';
import { aboutNobody } from '../kinds/about-nobody.ts';
import { backwards, badRange, mostYearsOfWork, tooFar } from '../kinds/checks.ts';
import type { Kind } from '../kinds/kind.ts';
import { plainSentences } from '../kinds/sentences.ts';
import { namedTwice, tidySkills } from '../skills/spellings.ts';
import { gone } from '../state/words.ts';

/** What is worked on, from when to when, and the cover that it asks for. Managers write it. */
export const project: Kind<'project'> = {
  readers: 'everybody',
  event: 'staffing.project.changed.v1',
  bodyOf: ({ id: _id, ...body }) => body,
  recordOf: (id, body) => ({ id, ...body }),
  tidy: (record) => ({
    ...record,
    name: tidyName(record.name),
    client: tidyName(record.client),
    requiredSkills: tidySkills(record.requiredSkills),
  }),

  names: () => [],
  letsGo: null,
  called: { by: ({ name }) => name, gone: gone.project },
  impossible: ({ from, to, baseline }) => [
    ...backwards('to', from, to),
    ...(baseline ? backwards('baseline.to', baseline.from, baseline.to) : []),
  ],
  unfit: ({ before, after }, _state, today) =>
    after
      ? [
          ...namedTwice('requiredSkills', before?.requiredSkills, after.requiredSkills),
          ...badRange(before, after, mostYearsOfWork, 'A project', today),
          ...tooFar('baseline.from', after.baseline?.from ?? null, before?.baseline?.from ?? before?.from, today),
          ...tooFar('baseline.to', after.baseline?.to ?? null, before?.baseline?.to ?? before?.to, today),
        ]
      : [],
  accepts: null,
  span: ({ from, to }) => ({ from, to }),
  days: ({ from, to }) => [from, to],

  ...aboutNobody,
  texts: ['name', 'client', 'description'],
  shareable: ({ baseline: _baseline, ...record }) => record,

  sentences: plainSentences<Project>(({ id }, nameOf) => `Project ${nameOf('project', id)}`, {
    from: 'start',
    to: 'end',
    minimumHours: 'minimum hours',
    wantedHours: 'wanted hours',
    requiredSkills: 'required skills',
    baseline: 'dates first planned',
  }),
};
