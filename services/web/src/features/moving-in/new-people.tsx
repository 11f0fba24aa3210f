import { useState } from 'react';
import { TextField } from '../../staffing/fields.tsx';
import { RegionField } from '../../staffing/region-field.tsx';
import { typedRegion, useRegions } from '../../staffing/regions.ts';
import type { Corrections } from './corrections.ts';

type NewPeople = Corrections['newPeople'];

/** What new people get that no sheet says: their holidays, their time zone, and a week where the sheet has none. */
export function NewPeople({ value, onChange }: { value: NewPeople; onChange: (value: NewPeople) => void }) {
  const regions = useRegions().data?.items ?? [];
  const [region, setRegion] = useState(value.region ?? '');
  const [hours, setHours] = useState(value.hours === null ? '' : String(value.hours.reduce((sum, one) => sum + one, 0)));
  const [zone, setZone] = useState(value.timeZone);
  const typed = Number(hours.replace(',', '.'));
  const wrongHours = hours !== '' && !(typed > 0 && typed <= 120);
  return (
    <div className="fm mnew">
      <RegionField
        value={region}
        error={region !== '' && regions.length > 0 && !typedRegion(region, regions) ? 'No region of this name' : null}
        label="Holidays of new people"
        onChange={(text) => {
          setRegion(text);
          const found = typedRegion(text, regions);
          if (found || text.trim() === '') onChange({ ...value, region: found?.code ?? null });
        }}
      />
      <TextField
        label="Hours a week, where the sheet says none"
        value={hours}
        help="Blank: 40, from Monday to Friday"
        error={wrongHours ? 'A number of hours up to 120' : null}
        onChange={(text) => {
          setHours(text);
          const week = Number(text.replace(',', '.'));
          if (text.trim() === '') onChange({ ...value, hours: null });
          else if (week > 0 && week <= 120)
            onChange({ ...value, hours: [...Array<number>(5).fill(Math.round((week / 5) * 100) / 100), 0, 0] });
        }}
      />
      <TextField
        label="Time zone"
        value={zone}
        error={isZone(zone) ? null : 'A zone such as Europe/Lisbon'}
        onChange={(text) => {
          setZone(text);
          if (isZone(text)) onChange({ ...value, timeZone: text });
        }}
      />
    </div>
  );
}

function isZone(text: string): boolean {
  try {
    return text !== '' && new Intl.DateTimeFormat('en', { timeZone: text }) !== null;
  } catch {
    return false;
  }
}
