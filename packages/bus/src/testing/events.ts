import type { Envelope } from '@sidekick/contracts';
import { envelope } from '../envelope.ts';

const epoch = '01K0000000000000000000000A';

/** A project's state event, which `search.index` and `gateway.live` want. */
export function aProjectEvent(sequence: number, over: { subject?: string; id?: string; epoch?: string } = {}): Envelope {
  const data = { reason: 'test', deleted: true, state: null };
  return envelope({ source: 'staffing', type: 'staffing.project.changed.v1', subject: 'project-1', sequence, epoch, data, ...over });
}

/** One that no durable queue wants. */
export function aHolidayEvent(sequence: number): Envelope {
  const data = { reason: 'test', deleted: true, state: null };
  return envelope({ source: 'staffing', type: 'staffing.holiday.changed.v1', subject: 'holiday-1', sequence, epoch, data });
}
