import { Legend as Frame } from '../../ui/legend.tsx';
import { loadWords } from './heat-rows.ts';
import type { Shown } from './range.ts';

/** What figures, colours and glyphs of the heatmap say. */
export function Legend({ unit, by }: { unit: Shown['unit']; by: Shown['by'] }) {
  return (
    <div className="sub">
      <Frame>
        <span>
          <b>75</b> {unit === 'percent' ? '% of net hours, confirmed work' : 'hours of confirmed work'}
        </span>
        <span>
          <b className="tt">+12</b> tentative
        </span>
        {([1, 2, 3, 4] as const).map((tint) => (
          <span key={tint}>
            <i className={`ht-k t${tint}`} />
            {['', 'below 50 %', '50 to 80 %', 'to 100 %', 'above'][tint]}
          </span>
        ))}
        <span>
          {loadWords.over.glyph} over: above net {by === 'day' ? 'of the day' : 'of the week'}
        </span>
        <span>{loadWords.idle.glyph} idle: no confirmed work</span>
        <span>{loadWords.under.glyph} under: below half of net</span>
        <span>Free = net − operations − confirmed</span>
      </Frame>
    </div>
  );
}
