import type { CoverageState } from '@sidekick/contracts';

const glyphs: Record<CoverageState, string> = {
  alone: 'M6 2v4.6M6 9.6v.1',
  none: 'm3 3 6 6M9 3 3 9',
  tentative: 'M4 4.3C4 3 4.9 2.3 6 2.3s2 .8 2 1.9c0 1.5-2 1.5-2 3M6 9.7v.1',
  off: 'M2.5 6h7',
  thin: 'M6 2v7.5M3 6.7l3 3 3-3',
  'below-skill': 'M2 3h2.7v3H7.3v3H10',
  covered: 'm2.5 6.3 2.3 2.4L9.5 3.5',
};

/** From the worst to the best. */
export const coverageStates: readonly CoverageState[] = ['alone', 'none', 'tentative', 'off', 'thin', 'below-skill', 'covered'];

/** The words of a coverage state, as screens say them. */
export const coverageWords: Record<CoverageState, string> = {
  alone: 'alone',
  none: 'no sidekick',
  tentative: 'tentative',
  off: 'off',
  thin: 'thin',
  'below-skill': 'below skill',
  covered: 'covered',
};

interface Props {
  /** Null is a week that does not count. */
  state: CoverageState | null;
  /** Says more than the word. */
  title?: string;
  /** What it stands in shows the words itself. */
  plain?: boolean;
}

/** A project-week: glyph, colour and word together. */
export function CoverageCell({ state, title, plain = false }: Props) {
  const words = title ?? (state === null ? 'does not count' : coverageWords[state]);
  return (
    <span className={`cv ${state ?? 'idle'}`} title={plain ? undefined : words}>
      {state !== null && (
        <svg viewBox="0 0 12 12" aria-hidden="true">
          <path d={glyphs[state]} />
        </svg>
      )}
      <span className="sr">{words}</span>
    </span>
  );
}
