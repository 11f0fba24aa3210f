import { listOf, WebhookDeed, WebhookDeliveries, Webhooks } from '@sidekick/contracts';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../../api/ask.ts';

export const webhooksKey = ['gateway', 'webhooks'] as const;
/** How webhooks fare changes by itself. */
const look = 10_000;

export const useWebhooks = () =>
  useQuery({
    queryKey: [...webhooksKey, 'list'],
    queryFn: async ({ signal }) => (await ask(Webhooks, '/webhooks', { signal })).items,
    refetchInterval: look,
  });

/** The newest deliveries of a webhook. */
export const useDeliveries = (id: string, limit: number) =>
  useQuery({
    queryKey: [...webhooksKey, 'deliveries', id, limit],
    queryFn: ({ signal }) => ask(WebhookDeliveries, `/webhooks/${id}/deliveries`, { query: { limit }, signal }),
    refetchInterval: look,
    placeholderData: (before) => before,
  });

const Deeds = listOf(WebhookDeed);
export const useWebhookDeeds = (limit: number) =>
  useQuery({
    queryKey: [...webhooksKey, 'deeds', limit],
    queryFn: ({ signal }) => ask(Deeds, '/webhooks/deeds', { query: { limit }, signal }),
    placeholderData: (before) => before,
  });
