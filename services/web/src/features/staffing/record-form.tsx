import type { Command, RecordKind } from '@sidekick/contracts';
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { BrokenRules, ReasonField } from './consequences.tsx';
import { type GuardedSave, rulesOf } from './guarded-save.ts';

/** A create, or a patch of what differs from the record as it was read; null when nothing does. Lists are compared whole. */
export function commandFor(
  kind: RecordKind,
  id: string,
  body: Record<string, unknown>,
  old: ({ version: number } & Record<string, unknown>) | null,
): Command | null {
  if (!old) return { do: 'create', kind, id, record: body };
  const patch = differences(body, old);
  return Object.keys(patch).length === 0 ? null : { do: 'change', kind, id, version: old.version, patch };
}

const isPlain = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON merge patch from old to new, for the keys of the new. */
function differences(next: Record<string, unknown>, old: Record<string, unknown>): Record<string, unknown> {
  const patch: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(next)) {
    const before = old[key];
    if (isPlain(value) && isPlain(before)) {
      const inner = differences(value, before);
      if (Object.keys(inner).length > 0) patch[key] = inner;
    } else if (JSON.stringify(value) !== JSON.stringify(before)) patch[key] = value;
  }
  return patch;
}

interface Props {
  title: string;
  guarded: GuardedSave;
  reason: string;
  onReason: (reason: string) => void;
  tried: boolean;
  /** Null: no save, such as for a reader. */
  onSubmit: (() => void) | null;
  saveLabel: string;
  onClose: () => void;
  onRemove?: (() => void) | null;
  children: ReactNode;
  size?: number;
}

/** The frame of every record's form: fields, what stands in the way of saving, and the buttons. */
export function RecordForm(props: Props) {
  const { guarded, reason, tried } = props;
  const rules = rulesOf(guarded.refused);
  return (
    <Sheet title={props.title} onClose={props.onClose} size={props.size ?? 520}>
      <form
        className="fm"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          props.onSubmit?.();
        }}
      >
        {props.children}
        <div aria-live="polite">
          {guarded.stale && (
            <div className="conf fd">
              <span>
                Somebody changed this while you were typing. What you typed is still here; saving again writes it over the newest state.
              </span>
            </div>
          )}
          {guarded.refused.length > 0 && (
            <div className="fd">
              <BrokenRules broken={guarded.refused} />
            </div>
          )}
          {rules.length > 0 && (
            <ReasonField
              value={reason}
              onChange={props.onReason}
              error={tried && reason.trim() === '' ? 'Say why: the rule refuses this without a reason' : null}
            />
          )}
          {guarded.error && <ProblemNote error={guarded.error} what="This was not saved" />}
        </div>
        <span className="gap" />
        <div className="sht-f">
          {props.onSubmit && (
            <Button look="primary" type="submit" busy={guarded.busy}>
              {rules.length > 0 ? 'Save anyway' : props.saveLabel}
            </Button>
          )}
          <Button look="quiet" onClick={props.onClose}>
            {props.onSubmit ? 'Cancel' : 'Close'}
          </Button>
          <span className="grow" />
          {props.onRemove && (
            <Button look="quiet" icon="trash" onClick={props.onRemove}>
              Remove
            </Button>
          )}
        </div>
      </form>
    </Sheet>
  );
}
