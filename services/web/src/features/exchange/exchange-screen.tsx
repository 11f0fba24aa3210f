import '../../staffing/staffing.css';
import '../../ui/form.css';
import './exchange.css';
import { CsvKind, type CsvQuery } from '@sidekick/contracts';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { useTitle } from '../../app/title.ts';
import { useAddress } from '../../staffing/address.ts';
import { Icon } from '../../ui/icons.tsx';
import { writing } from '../../ui/writing.ts';
import { ImportPanel } from './import-panel.tsx';
import { kindOf, kindWords } from './kinds.ts';
import { type Chosen, exportAddress } from './requests.ts';

/** `/staffing/exchange?kind=`: everything out as CSV, and in again once it was edited. */
export function ExchangeScreen() {
  useTitle('Import and export');
  const [params, patch] = useAddress();
  const kind = kindOf(params.get('kind'));
  const [file, setFile] = useState<Chosen | null>(null);
  return (
    <main className="wrap xchs fm">
      <div className="lsth">
        <h1>Import and export</h1>
        <span className="grow" />
        <Link className="btn" to="/people">
          People
        </Link>
        <Link className="btn" to="/projects">
          Projects
        </Link>
      </div>
      <p className="mid">Take everything out, edit it in a spreadsheet, and bring it in again: only what differs is changed.</p>
      <fieldset className="seg xch-k">
        <legend className="sr">What</legend>
        {CsvKind.options.map((one) => (
          <button key={one} type="button" aria-pressed={one === kind} onClick={() => patch({ kind: one }, { replace: true })}>
            {kindWords[one].name}
          </button>
        ))}
      </fieldset>
      <ExportPanel kind={kind} />
      <ImportPanel key={kind} kind={kind} file={file} choose={setFile} />
    </main>
  );
}

/** Who writes decimals with a comma has a spreadsheet that parts columns by semicolons. */
const usual = (): CsvQuery['separator'] => ((1.5).toLocaleString(writing().language).includes(',') ? 'semicolon' : 'comma');

function ExportPanel({ kind }: { kind: CsvKind }) {
  const [separator, setSeparator] = useState(usual);
  return (
    <section className="xch-p" aria-labelledby="xch-export">
      <h2 id="xch-export">Export</h2>
      <p className="mid">
        Every row has its id and version: keep both columns, and the import knows what you changed and what others did meanwhile.
      </p>
      <div className="acts">
        <a className="btn primary" href={exportAddress(kind, separator)} download={`${kind}.csv`}>
          <Icon name="down" />
          Export {kindWords[kind].many}
        </a>
        <label className="xch-s">
          <span>Columns parted by</span>
          <select value={separator} onChange={({ target }) => setSeparator(target.value === 'comma' ? 'comma' : 'semicolon')}>
            <option value="comma">commas (decimals 7.5)</option>
            <option value="semicolon">semicolons (decimals 7,5)</option>
          </select>
        </label>
      </div>
    </section>
  );
}
