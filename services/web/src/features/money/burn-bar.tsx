import { percent } from '../../staffing/format.ts';

interface Props {
  what: string;
  spent: number;
  forecast: number;
  tentative: number;
  /** Null draws no mark. */
  budget: number | null;
  words: (value: number) => string;
}

/** What is spent, what is to come and what may, drawn to the budget or to all of it, whichever is more. */
export function BurnBar({ what, spent, forecast, tentative, budget, words }: Props) {
  const all = spent + forecast + tentative;
  const most = Math.max(all, budget ?? 0);
  if (most === 0) return null;
  const wide = (value: number) => ({ width: `${(value / most) * 100}%` });
  const parts = [
    { key: 'spent', label: 'spent', value: spent },
    { key: 'ahead', label: 'forecast', value: forecast },
    { key: 'maybe', label: 'tentative', value: tentative },
  ].filter(({ value }) => value > 0);
  const over = budget !== null && spent + forecast > budget;
  const said = parts.map(({ label, value }) => `${words(value)} ${label}`).join(', ');
  const planned = budget === null || budget === 0 ? '' : `${percent((spent + forecast) / budget)} spent or planned of `;
  return (
    <figure className="burn">
      <figcaption>
        <b>{what}</b>
        {budget !== null && (
          <span>
            {planned}a budget of {words(budget)}
          </span>
        )}
      </figcaption>
      <div className="bb" role="img" aria-label={`${what}: ${said}${budget === null ? '' : `, budget ${words(budget)}`}`}>
        {parts.map(({ key, value }) => (
          <i key={key} className={key} style={wide(value)} />
        ))}
        {budget !== null && <span className={over ? 'mk over' : 'mk'} style={{ left: `${(budget / most) * 100}%` }} />}
      </div>
      <ul className="key">
        {parts.map(({ key, label, value }) => (
          <li key={key}>
            <i className={key} />
            {label} <span className="num">{words(value)}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
}
