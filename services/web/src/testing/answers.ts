import type { CandidatesAnswer, PreviewAnswer } from '@sidekick/contracts';
import { ana, atlas, jonas, noor } from './ids.ts';

export const candidates: CandidatesAnswer = {
  head: 40,
  candidates: [
    {
      person: noor,
      free: [
        { week: '2026-W50', hours: 18 },
        { week: '2026-W51', hours: 18 },
        { week: '2026-W52', hours: 14.4 },
      ],
      leastFree: 14.4,
      knowledge: 81,
      knowledgeState: 'warm',
      skills: [{ skill: 'Postgres', level: 4, required: 3 }],
    },
  ],
  ruledOut: [
    { person: ana, rule: 'leads', message: 'already leads Atlas, 7 Dec – 27 Dec, so cannot be the sidekick there' },
    { person: jonas, rule: 'over-allocated', message: '0 h left in the week of 14 Dec' },
  ],
};

export const nothingBreaks: PreviewAnswer = { head: 40, broken: [], coverage: [], load: [] };

export const overAllocated = {
  code: 'over-allocated' as const,
  severity: 'rule' as const,
  message: 'Jonas Weber would be over by 8 h, 14 Dec – 20 Dec',
  person: jonas,
  project: atlas,
  assignment: null,
  weeks: ['2026-W51'],
};
