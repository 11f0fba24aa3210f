import type { DeadLetterView } from '@sidekick/contracts';

/** `staffing.time-off.changed.v1` as `Time off changed`; what is no event says so. */
export function eventWords(event: DeadLetterView['event']): string {
  if (!event) return 'Not an event';
  return typeWords(event.type);
}

export function typeWords(type: string): string {
  const [, entity = type, past = ''] = type.split('.');
  const words = `${entity.replaceAll('-', ' ')} ${past}`.trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const queueWords = ({ queue, replica }: Pick<DeadLetterView, 'queue' | 'replica'>): string =>
  replica === null ? queue : `${queue}.${replica}`;

export const tries = (count: number): string => (count === 1 ? '1 try' : `${count} tries`);
