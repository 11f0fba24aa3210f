export type { AbsenceTest, Crew, Figures, Gap, Warmth } from './figures.ts';
