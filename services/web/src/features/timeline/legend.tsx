import { CoverageCell, coverageStates, coverageWords } from '../../ui/coverage-cell.tsx';
import { Legend } from '../../ui/legend.tsx';
import { coverageMeanings } from './coverage-meanings.ts';
import type { LoadUnit } from './load-unit.ts';

export function ProjectLegend() {
  return (
    <div className="sub">
      <Legend>
        <span className="lh">Bars</span>
        <span>
          <i className="sw lead" />
          Lead
        </span>
        <span>
          <i className="sw sidekick">
            <svg aria-hidden="true">
              <rect className="hatch" width="100%" height="100%" />
            </svg>
          </i>
          Sidekick
        </span>
        <span>
          <i className="sw contributor" />
          Contributor
        </span>
        <span>
          <i className="sw tentative" />
          Tentative
        </span>
        <span>
          <i className="sw place" />
          Open place, wanted
        </span>
        <span>
          <i className="sw leave" />
          Leave
        </span>
        <span>
          <i className="sw prop" />
          Dates of a proposal
        </span>
        <span>
          <i className="sw first" />
          First planned, before it slipped
        </span>
        <span>
          <i className="sw mk">!</i>
          Saved against a rule
        </span>
        <span>
          <i className="sw mk nk">“</i>
          Has a note
        </span>
        <span>
          <i className="sw wkn">
            <i className="wn" />
          </i>
          Week with a note
        </span>
        <i className="sep" />
        <span className="lh">Coverage</span>
        {coverageStates.map((state) => (
          <span key={state} title={coverageMeanings[state]}>
            <CoverageCell state={state} title={coverageMeanings[state]} />
            {coverageWords[state].charAt(0).toUpperCase() + coverageWords[state].slice(1)}
          </span>
        ))}
      </Legend>
    </div>
  );
}

interface Props {
  unit: LoadUnit;
  tellIn: (unit: LoadUnit) => void;
}

export function PersonLegend({ unit, tellIn }: Props) {
  return (
    <div className="sub">
      <UnitSwitch unit={unit} tellIn={tellIn} />
      <Legend>
        <span>
          <b>{unit === 'percent' ? '75' : '30'}</b>
          {unit === 'percent' ? '% of net capacity, confirmed' : 'hours confirmed'}
        </span>
        <span>
          <span className="lb k">
            <i className="c" />
          </span>
          Confirmed
        </span>
        <span>
          <span className="lb k">
            <i className="t" />
          </span>
          Tentative, {unit === 'percent' ? '+%' : '+hours'}
        </span>
        <span>
          <span className="lb k">
            <i className="op" />
          </span>
          Operations share
        </span>
        <span>
          <span className="pc ov kk">
            <span className="o">+4 h</span>
          </span>
          Over net capacity
        </span>
        <span>
          <i className="hd0" />
          Holiday
        </span>
        <span className="muted">Free = net − operations − confirmed</span>
      </Legend>
    </div>
  );
}

/** Load in per cent of net or in hours. */
function UnitSwitch({ unit, tellIn }: Props) {
  const units = [
    { one: 'percent', sign: '%', words: 'Load in per cent of net capacity' },
    { one: 'hours', sign: 'h', words: 'Load in hours' },
  ] as const;
  return (
    <fieldset className="seg" aria-label="Load in">
      {units.map(({ one, sign, words }) => (
        <button
          key={one}
          type="button"
          aria-label={words}
          title={`${words} (key %)`}
          aria-pressed={unit === one}
          onClick={() => tellIn(one)}
        >
          {sign}
        </button>
      ))}
    </fieldset>
  );
}
