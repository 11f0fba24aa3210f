import { HolidayProposals, type HolidayView } from '@sidekick/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem, ask } from '../api/ask.ts';
import { ulid } from '../app/ulid.ts';
import { Button } from '../ui/button.tsx';
import { FieldError } from '../ui/field.tsx';
import { comparedYear } from './compared-year.ts';
import type { RecordBody } from './form-types.ts';
import { count } from './format.ts';
import { useGuardedSave } from './guarded-save.ts';

export const useProposals = (region: string, year: number, on: boolean) =>
  useQuery({
    queryKey: ['staffing', 'holiday-proposals', region, year],
    queryFn: ({ signal }) => ask(HolidayProposals, '/holidays/proposals', { query: { region, year }, signal }),
    enabled: on && region !== '',
    retry: false,
    staleTime: 600_000,
  });

/** Whether the calendars do not know the region, or it is no name of one; anything else may pass. */
export const isUnknown = (error: Error): boolean => error instanceof ApiProblem && [400, 404].includes(error.status);

/** How many holidays of a region and year are kept, and a button that adds what the published calendar names beside them. */
export function HolidayFill({
  region,
  year,
  holidays,
  canEdit,
}: {
  region: string;
  year: number;
  holidays: readonly HolidayView[];
  canEdit: boolean;
}) {
  const kept = holidays.filter((one) => one.region === region && one.date.startsWith(`${year}-`));
  const proposals = useProposals(region, year, canEdit);
  // Who asks for the same elsewhere tells of it there.
  const failure = canEdit ? proposals.error : null;
  const guarded = useGuardedSave();
  // A click repeated after a lost answer makes no holiday twice.
  const [ids] = useState(() => new Map<string, string>());
  const idOf = (date: string): string => {
    const id = ids.get(date) ?? ulid();
    ids.set(date, id);
    return id;
  };
  const missing = comparedYear(region, year, holidays, proposals.data?.items ?? []).proposed;
  const fill = async () => {
    const commands = missing.map((day) => ({
      do: 'create' as const,
      kind: 'holiday' as const,
      id: idOf(day.date),
      record: { ...day, region } satisfies RecordBody<'holiday'>,
    }));
    if (await guarded.run({ commands, said: `${count(missing.length, 'holiday')} of ${region} ${year} added` })) ids.clear();
  };
  return (
    <div className="hfill">
      <span className="mid">
        {region} {year}: {kept.length === 0 ? 'no holidays kept' : count(kept.length, 'holiday')}
      </span>
      {canEdit && missing.length > 0 && (
        <Button busy={guarded.busy} onClick={() => void fill()}>
          {kept.length === 0 ? `Fill ${year} from the calendar` : `Add ${missing.length} more from the calendar`}
        </Button>
      )}
      {failure && isUnknown(failure) && <span className="muted">No published calendar for {region}</span>}
      {failure && !isUnknown(failure) && (
        <span className="muted">
          The published calendar did not load{' '}
          <Button look="quiet" onClick={() => void proposals.refetch()}>
            Try again
          </Button>
        </span>
      )}
      <FieldError error={guarded.error?.message} />
    </div>
  );
}
