import type { Command } from './blocks.ts';

/** What becomes of a command: played as it stands, or not, with the reason. */
export type Play =
  /** Run to its end; exit 0 is right. `needs` names what has to be there. */
  | { do: 'run'; needs?: Need }
  /** A process that stays: right when `ready` appears in what it prints, and it ends with 0 at SIGTERM; one to `keep` goes on for later commands. */
  | { do: 'serve'; ready: RegExp; needs?: Need; keep?: true }
  | { do: 'leave'; reason: string };
export type Need = 'portal' | 'servers';

const docker = 'needs Docker: the drill `npm run drill -- compose` does it where Docker is';
const cluster = 'needs a cluster, a registry and names of your own: `npm run drill -- cluster --fresh` does it on a trial';

/** By the text of the command; the first that fits counts. */
const plans: readonly (readonly [RegExp, Play])[] = [
  [/^npm start$/, { do: 'serve', ready: /^Open http/m, keep: true }],
  [/^npm test$/, { do: 'leave', reason: 'is what whoever changes something runs, and takes up to 15 minutes' }],
  [/^(SIDEKICK_URL=\S+ SIDEKICK_TOKEN=\S+ )?npm run import -- /, { do: 'run', needs: 'portal' }],
  [/^npm run (?:export|import-staffing) -- /, { do: 'run', needs: 'portal' }],
  [/^mkdir -p backups && npm run backup -- /, { do: 'run', needs: 'portal' }],
  [/^npm run -s keys > keys\.env$/, { do: 'run' }],
  [/^MONGO_URL=… AMQP_URL=… … node .*services\/content\/src\/main\.ts migrate$/, { do: 'run', needs: 'servers' }],
  [/^MONGO_URL=… AMQP_URL=… … node .*services\/content\/src\/main\.ts$/, { do: 'serve', ready: /"msg":"started"/, needs: 'servers' }],
  [/^export SIDEKICK_URL=/, { do: 'leave', reason: 'is for the lines below it' }],
  [/^curl -fsS /, { do: 'leave', reason: '`services/portal/src/api-page.int.test.ts` plays each, with records of its own' }],
  [/^npm run compose:env$/, { do: 'run' }],
  [/^docker compose /, { do: 'leave', reason: docker }],
  [/^docker build /, { do: 'leave', reason: cluster }],
  [/^(kubectl|export MONGO_URL=)/, { do: 'leave', reason: cluster }],
  [/^npm run --silent k8s:secrets -- sidekick \| kubectl apply -f -$/, { do: 'leave', reason: `${cluster}; a test runs the first half` }],
];

/** Undefined for a command that nobody has thought about yet. */
export const playOf = ({ text }: Command): Play | undefined => plans.find(([words]) => words.test(text))?.[1];

export interface Stage {
  /** Address and token of the portal that was started. */
  portal: { url: string; token: string } | null;
  servers: Record<string, string> | null;
}

/** The command with what stands for something of the reader's own replaced by what there is here. */
export function filledIn(text: string, { portal, servers }: Stage): string {
  const withPortal = portal
    ? text.replace(/SIDEKICK_URL=\S+ SIDEKICK_TOKEN=\S+/, `SIDEKICK_URL=${portal.url} SIDEKICK_TOKEN=${portal.token}`)
    : text;
  return servers ? withPortal.replace(/^MONGO_URL=… AMQP_URL=… … /, '') : withPortal;
}
