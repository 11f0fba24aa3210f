import type { SheetChange, SheetMissing } from '@sidekick/contracts';
import type { Place } from '../cells/sheet.ts';

/** A change before new records have ids: what names one that is new names it by `person:…` or `project:…`. */
export type Draft = Pick<SheetChange, 'kind' | 'words' | 'was' | 'byHand'> & { readonly place: Place | null } & (
    | { readonly do: 'create'; readonly ref: string | null; readonly body: Record<string, unknown> }
    | { readonly do: 'change'; readonly id: string; readonly version: number; readonly body: Record<string, unknown> }
    | { readonly do: 'delete'; readonly id: string; readonly version: number }
  );
export type Missing = SheetMissing;
export type Kept = Omit<SheetMissing, 'goes'>;
