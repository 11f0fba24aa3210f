import { SystemView } from '@sidekick/contracts';
import { type Missing, type Route, route } from '@sidekick/service-kit';
import { z } from 'zod';
import type { Forward } from '../forward/forward.ts';

const Ready = z.object({ missing: z.array(z.string()) });
type Part = SystemView['parts'][number];

export interface SystemDeps {
  forward: Forward;
  parts: readonly string[];
  /** What the gateway itself misses. */
  missing: () => Promise<Missing>;
}

export const systemRoutes = ({ forward, parts, missing }: SystemDeps): Route[] => [
  route({
    method: 'get',
    path: '/system',
    operation: 'readSystem',
    summary: 'Each part of the portal, whether it is ready and what it misses',
    access: ['manager', 'ops'],
    answers: { 200: SystemView },
    handle: async ({ requestId }) => {
      const others = await Promise.all(parts.map((name) => readPart(forward, name, requestId)));
      const own = await missing();
      return {
        status: 200,
        body: { parts: [{ name: 'gateway', ready: own.vital.length === 0, missing: [...own.vital, ...own.other] }, ...others] },
      };
    },
  }),
];

async function readPart(forward: Forward, name: string, requestId: string): Promise<Part> {
  try {
    const { status, body } = await forward.ask(name, { path: '/readyz', signed: null, requestId });
    return { name, ready: status === 200, missing: Ready.parse(JSON.parse(body)).missing };
  } catch {
    return { name, ready: false, missing: ['answer'] };
  }
}
