import { type QueueName, topology } from '@sidekick/contracts';
import { z } from 'zod';

/** The queues that keep events, and so may have dead letters. */
export const durableQueues = (Object.keys(topology) as QueueName[]).filter((queue) => !topology[queue].transient);

export const DurableQueue = z.enum(durableQueues);
