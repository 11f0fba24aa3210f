import { type Route, Unavailable } from '@sidekick/service-kit';
import { TooBusy, turnsOf } from '@sidekick/workers';

/** A save that would wait longer, in milliseconds, is refused: with what it waits for elsewhere it is answered within 5 s. */
const usual = { atOnce: 16, ofOne: 12, patience: 1_500 };

/** Those of the routes that change something take turns: all saves at once would end no more of them in a second, and each later. */
export function inTurns(routes: readonly Route[], bounds = usual): Route[] {
  const inTurn = turnsOf(bounds);
  const busy = new Unavailable('part-overloaded', 'More is being saved than can be; try again shortly', { retryAfter: 2 });
  return routes.map((route) =>
    route.method === 'get'
      ? route
      : {
          ...route,
          handle: (request) =>
            inTurn(request.identity?.account ?? 'nobody', () => route.handle(request)).catch((error: unknown) =>
              Promise.reject(error instanceof TooBusy ? busy : error),
            ),
        },
  );
}
