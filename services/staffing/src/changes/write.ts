import type { Identity, RecordKind } from '@sidekick/contracts';
import { type DomainError, Stale } from '@sidekick/service-kit';
import type { Entry } from '@sidekick/store';
import { ulid } from 'ulid';
import { z } from 'zod';
import { masked } from '../access/mask.ts';
import { type DecisionContext, decide } from '../deciding/decide.ts';
import type { Asked } from '../deciding/draft.ts';
import type { AnyRecord } from '../kinds/change.ts';
import type { ChangeSet } from '../log/change-set.ts';
import type { StaffingContext } from '../routing/context.ts';

const List = z.preprocess(
  (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
  z.array(z.string().max(60)).max(20),
);

/** Query of single-record writes: `?accept=over-allocated&accept=…&reason=…`. */
export const AcceptQuery = z.strictObject({ accept: List, reason: z.string().trim().max(2000).optional() });
export type AcceptQuery = z.infer<typeof AcceptQuery>;

/** A body in errors stands at the root of a single-record request. */
export const atRoot = { id: 'id', body: '' };

/** Who decides now, and what they take upon themselves. */
export const decisionContextOf = (
  context: StaffingContext,
  actor: Identity,
  { accept = [], reason }: { accept?: readonly string[]; reason?: string | undefined },
): DecisionContext => ({ actor, at: context.clock.now().toISOString(), today: context.clock.today(), reason: reason || null, accept });

/** A change set of one command. A stale writer is told the record as they may see it. */
export async function writeOne(context: StaffingContext, actor: Identity, query: AcceptQuery, command: Asked): Promise<Entry<ChangeSet>> {
  return context
    .commit(ulid(), actor.account, (ledger) => decide(ledger, [command], decisionContextOf(context, actor, query)))
    .catch((error: unknown) => {
      throw forReader(error, actor, (current) => ({ ...masked(current.kind, current.record, actor), version: current.version }));
    });
}

interface Current {
  kind: RecordKind;
  id: string;
  version: number;
  record: AnyRecord;
}

/** The same error with `current` as the reader may see it. */
export function forReader(
  error: unknown,
  reader: Identity,
  show: (current: Current) => unknown = (current) => shown(current, reader),
): unknown {
  const current = error instanceof Stale ? (error.details['current'] as Partial<Current>) : undefined;
  if (!current?.record) return error;
  const { code, message } = error as DomainError;
  return new Stale(code, message, { current: show(current as Current) });
}

const shown = ({ kind, id, version, record }: Current, reader: Identity) => ({ kind, id, version, record: masked(kind, record, reader) });
