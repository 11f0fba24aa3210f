import type { SheetReading } from '@sidekick/contracts';
import { useState } from 'react';
import { SelectField } from '../../staffing/fields.tsx';
import { layoutWords } from './words.ts';

interface Props {
  layout?: SheetReading['layout'];
  from: string;
  to: string;
}
const layouts = ['A', 'B', 'C', 'D'] as const;

/** The sheet out again, in the layout that groups keep it in. */
export function TakeOut({ layout: first = 'A', from: firstDay, to: lastDay }: Props) {
  const [layout, setLayout] = useState<SheetReading['layout']>(first);
  const [days, setDays] = useState({ from: firstDay, to: lastDay });
  const isWrong = days.from === '' || days.to === '' || days.from > days.to;
  const href = (format: 'csv' | 'xlsx') =>
    `/api/v1/staffing-sheets/export?layout=${layout}&from=${days.from}&to=${days.to}&format=${format}`;
  return (
    <div className="fm mout">
      <SelectField
        label="Layout"
        value={layout}
        onChange={setLayout}
        options={layouts.map((one) => ({ value: one, label: layoutWords[one] }))}
      />
      <label>
        From
        <input type="date" value={days.from} onChange={(event) => setDays({ ...days, from: event.currentTarget.value })} />
      </label>
      <label>
        To
        <input type="date" value={days.to} onChange={(event) => setDays({ ...days, to: event.currentTarget.value })} />
      </label>
      <div className="acts">
        {isWrong ? (
          <span className="bad0">The end is before the start.</span>
        ) : (
          <>
            <a className="btn" href={href('csv')} download>
              CSV
            </a>
            <a className="btn" href={href('xlsx')} download>
              XLSX
            </a>
          </>
        )}
      </div>
    </div>
  );
}
