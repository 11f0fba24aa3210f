import { managersEvents, type WebhookDelivery, type WebhookView, webhookEvents, webhookPing } from '@sidekick/contracts';
import type { IconName } from '../../ui/icons.tsx';
import { atMinute, onDay } from '../../ui/instants.ts';

const words: Record<(typeof webhookEvents)[number], string> = {
  'content.page.changed.v1': 'a page of the handbook',
  'staffing.person.changed.v1': 'a person',
  'staffing.project.changed.v1': 'a project',
  'staffing.assignment.changed.v1': 'an assignment',
  'staffing.time-off.changed.v1': 'leave (who and when, never why)',
  'staffing.holiday.changed.v1': 'a holiday',
  'staffing.team.changed.v1': 'a team',
  'staffing.skill.changed.v1': 'a skill',
  'staffing.volunteer.changed.v1': 'an offer to back up a project',
  'staffing.wish.changed.v1': 'a wish to learn a skill',
  'staffing.opening.changed.v1': 'an open place',
  'staffing.view.changed.v1': 'a saved view for all',
  'staffing.for-managers.changed.v1': 'something for managers alone (that it changed, nothing else)',
};

/** What a webhook may be told of, with the words for it; of what is for managers, managers alone choose. */
export const choices = (isManager: boolean): { type: string; name: string }[] =>
  webhookEvents.filter((type) => isManager || !managersEvents.has(type)).map((type) => ({ type, name: words[type] }));

/** `a person`, and the type itself where a newer release has one that this one does not know. */
export const eventName = (type: string): string =>
  type === webhookPing ? 'a test' : ((words as Record<string, string | undefined>)[type] ?? type).replace(/ \(.*$/, '');

export const eventNames = (types: readonly string[]): string =>
  types.length === webhookEvents.length ? 'everything' : types.map(eventName).join(', ');

interface State {
  tone: 'good' | 'warn' | 'bad' | 'muted';
  icon: IconName;
  word: string;
  /** What happened and what to do. */
  more: string | null;
}

/** How a webhook fares, in words. */
export function stateOf({ stopped, failingSince, lastOkAt, by }: WebhookView): State {
  const restart = 'See to the receiver, then start it. What it missed can be sent again from its log.';
  switch (stopped) {
    case 'asked':
      return { tone: 'muted', icon: 'x', word: 'Stopped', more: null };
    case 'failed':
      return { tone: 'bad', icon: 'warn', word: 'Stopped by itself', more: `Nothing was taken for five days. ${restart}` };
    case 'gone':
      return { tone: 'bad', icon: 'warn', word: 'Stopped by itself', more: `Its receiver answered 410: it is gone. ${restart}` };
    case 'owner': {
      const whose = by ? `${by.name} may no longer have events sent` : 'The account that it acts for is gone';
      return { tone: 'bad', icon: 'warn', word: 'Lies still', more: `${whose}. Start it, and it acts for you.` };
    }
    case null:
      break;
  }
  if (failingSince === null)
    return { tone: 'good', icon: 'check', word: 'Works', more: lastOkAt ? `Last taken ${atMinute(lastOkAt)}` : 'Nothing was sent yet' };
  const until = onDay(new Date(Date.parse(failingSince) + 5 * 86_400_000).toISOString());
  return {
    tone: 'warn',
    icon: 'warn',
    word: 'Fails',
    more: `Since ${atMinute(failingSince)}. It is tried again; it stops by itself on ${until}.`,
  };
}

const states = {
  waiting: { tone: 'warn', icon: 'clock', word: 'Waits' },
  sending: { tone: 'muted', icon: 'clock', word: 'Is being sent' },
  taken: { tone: 'good', icon: 'check', word: 'Taken' },
  'given up': { tone: 'bad', icon: 'x', word: 'Given up' },
} as const satisfies Record<WebhookDelivery['state'], Omit<State, 'more'>>;
export const deliveryState = ({ state }: WebhookDelivery) => states[state];
