import type { CoverageState } from '@sidekick/contracts';

export const coverageMeanings: Record<CoverageState, string> = {
  alone: 'Nobody who leads or backs up works that week',
  none: 'No sidekick is assigned',
  tentative: 'A sidekick is only tentative',
  off: 'The sidekick does not work that week',
  thin: 'Fewer sidekick hours than the minimum',
  'below-skill': 'No sidekick who works has every required level',
  covered: 'A sidekick can take over',
};
