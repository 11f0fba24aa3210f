import { ulid } from '../../app/ulid.ts';
import { DayField } from '../../staffing/date-fields.tsx';
import { TextField } from '../../staffing/fields.tsx';
import { HolidayFill } from '../../staffing/holiday-fill.tsx';
import { useHolidays } from '../../staffing/queries.ts';
import { RegionField } from '../../staffing/region-field.tsx';
import { typedRegion, useRegions } from '../../staffing/regions.ts';
import { Button } from '../../ui/button.tsx';
import { FieldError } from '../../ui/field.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { TypedMove } from './person-draft.ts';
import type { PartProps } from './person-parts.tsx';

/** Time zone and regions, with the holidays that are kept for each, and an alarm while there are none. */
export function Place(props: PartProps & { canEdit: boolean }) {
  const { draft, set, wrong, today, canEdit } = props;
  const regions = useRegions();
  const typed = [draft, ...draft.moves].map(({ region }) => typedRegion(region, regions.data?.items ?? [])?.code);
  const codes = [...new Set(typed)].filter((code) => code !== undefined);
  return (
    <>
      <div className="fd2">
        <TextField
          label="Time zone"
          value={draft.timeZone}
          onChange={(timeZone) => set({ timeZone })}
          list="zones"
          error={wrong('timeZone')}
        />
        <RegionField value={draft.region} onChange={(value) => set({ region: value })} error={wrong('region')} />
      </div>
      <datalist id="zones">
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <Moves {...props} />
      {codes.map((region) => (
        <Kept key={region} region={region} year={Number(today.slice(0, 4))} canEdit={canEdit} />
      ))}
    </>
  );
}

/** Regions that follow the first, each from a day on. */
function Moves({ draft, set, wrong, today }: PartProps) {
  const put = (key: string, patch: Partial<TypedMove>) =>
    set({ moves: draft.moves.map((one) => (one.key === key ? { ...one, ...patch } : one)) });
  return (
    <fieldset>
      <legend>Moves to other regions</legend>
      {draft.moves.map(({ key, from, region }) => (
        <div key={key} className="mv">
          <div className="fd2">
            <DayField label="From" text={from} onText={(text) => put(key, { from: text })} today={today} error={wrong(`move ${key}`)} />
            <RegionField
              label="Holidays then of"
              value={region}
              onChange={(value) => put(key, { region: value })}
              error={wrong(`region ${key}`)}
            />
          </div>
          <Button
            look="quiet"
            icon="x"
            aria-label={`Remove the move ${from === '' ? '' : `from ${from}`}`.trim()}
            onClick={() => set({ moves: draft.moves.filter((one) => one.key !== key) })}
          />
        </div>
      ))}
      <FieldError error={wrong('moves')} />
      <Button icon="plus" className="add" onClick={() => set({ moves: [...draft.moves, { key: ulid(), from: '', region: '' }] })}>
        Another region from a day on
      </Button>
    </fieldset>
  );
}

function Kept({ region, year, canEdit }: { region: string; year: number; canEdit: boolean }) {
  const holidays = useHolidays();
  const kept = (holidays.data ?? []).filter((one) => one.region === region);
  const years = [year, year + 1];
  const missing = years.filter((one) => !kept.some(({ date }) => date.startsWith(`${one}-`)));
  return (
    <>
      {holidays.data && missing.length > 0 && (
        <div className="conf bad0 fd">
          <Icon name="warn" />
          <span>
            <b>
              No holidays of {region} {missing.join(' and ')} are here yet.
            </b>{' '}
            Until they are, free hours count them as work.
          </span>
        </div>
      )}
      {years.map((one) => (
        <HolidayFill key={one} region={region} year={one} holidays={holidays.data ?? []} canEdit={canEdit} />
      ))}
    </>
  );
}
