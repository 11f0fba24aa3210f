import type { BrokenRule, Command, RecordKind, recordBodies } from '@sidekick/contracts';
import type { z } from 'zod';
import type { OrphanedDraft } from '../app/unsaved.ts';
import type { GuardedSave } from './guarded-save.ts';
import type { FormField } from './three-way.ts';

export type Json = Record<string, unknown>;
export type Versioned = { id: string; version: number };

/** What every form keeps beside its fields. */
export interface Typed {
  /** Made once a form, so that a create that is sent again makes nothing twice. */
  id: string;
  /** Why a rule is broken on purpose. */
  reason: string;
}

/** What is sent of a record of a kind. */
export type RecordBody<K extends RecordKind = RecordKind> = z.input<(typeof recordBodies)[K]>;

export interface FormRead<K extends RecordKind = RecordKind> {
  /** The body to save; null while a field is wrong. */
  body: RecordBody<K> | null;
  errors: ReadonlyMap<string, string>;
}

/** What is kept of a form that is not saved: the record as it was loaded, what was shown of it, what is typed, what was decided. */
export interface Kept<R, D> {
  base: R | null;
  shown: D;
  typed: D;
  /** Conflicting fields in which the own value was chosen, with the other value that it was chosen over. */
  chosen: Record<string, string>;
}

export interface RecordFormOptions<R extends Versioned, D extends Typed> {
  kind: RecordKind;
  /** Names the form among what is unsaved: `person:<id>`, `person:new`. */
  subject: string;
  /** Where all forms of a new record begin with this, what was left behind in one is offered in the others. */
  group?: string;
  isNew: boolean;
  /** The record as the screen has it now; null for a new one, and once it is gone. */
  record: R | null;
  fields: readonly FormField<D>[];
  draft: (record: R | null) => D;
  read: (typed: D) => FormRead;
  said: (typed: D) => string;
  /** What a change of a project asks beside its patch. */
  extra?: (typed: D, patch: Json) => { confirm?: 'all' | 'none' | string[] };
  /** What goes with a patch over a record and is not typed. */
  beside?: (patch: Json, to: R) => Json;
  /** What is done in the same change set as a new record; where it changes others, somebody else may save them first, which then is told. */
  more?: (typed: D) => readonly Command[];
  /** Whether the reason is sent though no rule is broken. */
  says?: (typed: D) => boolean;
  onClose: () => void;
}

/** What somebody else changed while the form was open. */
export interface Meanwhile {
  id: string;
  theirs: readonly { key: string; label: string; was: string; now: string }[];
  conflicts: readonly {
    key: string;
    label: string;
    was: string;
    mine: string;
    now: string;
    choose: (whose: 'mine' | 'theirs') => void;
  }[];
}

/** What the frame of a form shows and does, whatever its fields are. */
export interface FormFrame {
  guarded: GuardedSave;
  reason: string;
  onReason: (reason: string) => void;
  /** Times that saving was asked for: what it lacks is said from the first on. */
  tries: number;
  /** Times that saving or removing was asked for: what stands in its way comes into view at each. */
  asked: number;
  gone: boolean;
  /** Removing met a newer record; asking again removes that. */
  warned: boolean;
  /** What the removal that was asked for breaks; with the reason it is asked for again. */
  removal: BrokenRule[];
  kept: {
    restored: boolean;
    safe: boolean;
    again: () => void;
    /** What closed tabs of this account left behind of the same form. */
    orphanedDrafts: OrphanedDraft<unknown>[];
    take: (value: unknown) => void;
    about: (value: unknown) => string;
  };
  meanwhile: Meanwhile | null;
  /** Closes and keeps what is typed. */
  leave: () => void;
  /** Closes and throws it away. */
  cancel: () => void;
}
