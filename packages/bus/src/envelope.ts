import { type Envelope, type EventData, type EventType, parseForPublish } from '@sidekick/contracts';
import { currentOrigin, type Origin } from '@sidekick/tracing';
import { ulid } from 'ulid';

export interface EnvelopeParts<T extends EventType> {
  source: Envelope['source'];
  type: T;
  subject: string;
  sequence: number;
  epoch: string;
  data: EventData<T>;
  /** Makes the event's id repeatable, e.g. `<epoch>:<number>:<record>`; a ULID otherwise. */
  id?: string;
  time?: Date;
  /** The request that made it: the one under way unless given; null for none. */
  origin?: Origin | null;
}

/** A complete event, parsed strictly: throws a ZodError on anything its schema does not name. */
export function envelope<T extends EventType>(parts: EnvelopeParts<T>): Envelope<T> {
  const { id = ulid(), time = new Date(), origin = currentOrigin(), ...rest } = parts;
  const { requestId, traceparent } = origin ?? {};
  const made = { ...(traceparent && { traceparent }), ...(requestId && { requestid: requestId }) };
  return parseForPublish({ specversion: '1.0', id, time: time.toISOString(), ...made, ...rest }) as Envelope<T>;
}
