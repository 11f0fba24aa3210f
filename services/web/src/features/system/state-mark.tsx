import type { PartState } from '@sidekick/contracts';

const looks: Record<PartState, { word: string; tone: string; path: string }> = {
  ready: { word: 'Healthy', tone: 'covered', path: 'm2.5 6.3 2.3 2.4L9.5 3.5' },
  degraded: { word: 'Degraded', tone: 'thin', path: 'M6 2v7.5M3 6.7l3 3 3-3' },
  down: { word: 'Down', tone: 'none', path: 'm3 3 6 6M9 3 3 9' },
};

/** Healthy, degraded or down: glyph, colour and word. */
export function StateMark({ state }: { state: PartState }) {
  const { word, tone, path } = looks[state];
  return (
    <span className="st">
      <span className={`cv ${tone}`}>
        <svg viewBox="0 0 12 12" aria-hidden="true">
          <path d={path} />
        </svg>
      </span>
      {word}
    </span>
  );
}
