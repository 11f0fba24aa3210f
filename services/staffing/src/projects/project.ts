import { type Project, tidyName } from '@sidekick/contracts';
import { aboutNobody } from '../kinds/about-nobody.ts';
import { backwards, badRange, mostYearsOfWork } from '../kinds/checks.ts';
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
  impossible: ({ from, to }) => backwards('to', from, to),
  unfit: ({ before, after }, _state, today) =>
    after
      ? [
          ...namedTwice('requiredSkills', before?.requiredSkills, after.requiredSkills),
          ...badRange(before, after, mostYearsOfWork, 'A project', today),
        ]
      : [],
  accepts: null,
  span: ({ from, to }) => ({ from, to }),
  days: ({ from, to }) => [from, to],

  ...aboutNobody,

  sentences: plainSentences<Project>(({ id }, nameOf) => `Project ${nameOf('project', id)}`, {
    minimumHours: 'minimum hours',
    wantedHours: 'wanted hours',
    requiredSkills: 'required skills',
  }),
};
