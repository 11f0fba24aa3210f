import type { PlanAnswer, PlanChoice, PlanView } from '@sidekick/contracts';
import { ana, atlas, jonas, noor } from './ids.ts';
import { idOf } from './portal.ts';

const instant = '2026-11-30T09:00:00.000Z';
const proven = { status: 'proven', bound: 1, within: 0 } as const;

/** Two weeks on Atlas, which Ana could take too. */
export const aChoice = (at: number, person: string, over: Partial<PlanChoice> = {}): PlanChoice => ({
  ...{ id: at, person, project: atlas, weeks: ['2026-W50', '2026-W51'], from: '2026-12-07', to: '2026-12-20' },
  ...{ hoursPerWeek: 8, hours: 16, before: ['none', 'none'] },
  why: {
    ...{ knowledge: 75, knowledgeState: 'warm', volunteered: false, wishes: [], skills: [{ skill: 'Postgres', level: 4, required: 3 }] },
    ...{ leastFree: 18, load: 0.75, could: 2, others: [ana], isLocked: false },
  },
  ...over,
});

/** Noor, then Jonas fill three of four weeks of Atlas. */
export const aPlanAnswer: PlanAnswer = {
  ...{ head: 40, status: 'proven', plan: [], vector: [12, 0.75, 3, 0.2], bound: null, seconds: 0.42, slots: 4, filled: 3 },
  levels: [proven, proven, proven, proven],
  choices: [
    aChoice(0, noor),
    aChoice(1, jonas, { weeks: ['2026-W52'], from: '2026-12-21', to: '2026-12-27', hours: 8, before: ['alone'] }),
  ],
  open: [
    {
      ...{ project: atlas, weeks: ['2026-W53'], from: '2026-12-28', to: '2027-01-03', states: ['none'], could: [] },
      ruledOut: [
        { rule: 'sidekick-leads', people: [ana] },
        { rule: 'no-hours', people: [noor, jonas] },
      ],
    },
  ],
};

export const aPlan = (over: Partial<PlanView> = {}): PlanView => ({
  ...{ id: idOf(900), state: 'done', by: idOf(800), askedAt: instant, endedAt: instant, ahead: 0, progress: null, reason: null },
  request: {
    ...{ weeks: ['2026-W49', '2026-W53'], reserveTentative: false, maxSidekickProjects: 2, minStay: 3, maxSidekicks: 2 },
    ...{ locks: [], forbid: [], seconds: 60 },
  },
  ...{ error: null, answer: aPlanAnswer, accepted: [] },
  ...over,
});
