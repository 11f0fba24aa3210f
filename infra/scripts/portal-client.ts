import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Ask, askAs } from '@sidekick/portal/ask';

/** How a command reaches a running portal: `SIDEKICK_URL` and `SIDEKICK_TOKEN`, else what the portal left in its data folder. */
export interface PortalClient {
  url: string;
  token: string;
  ask: Ask;
}

/** Throws an error of one clear line when there is no portal to talk to. */
export function portalClient(environment: NodeJS.ProcessEnv): PortalClient {
  const folder = environment['SIDEKICK_DATA_FOLDER'] ?? 'data';
  const left = join(folder, 'local-access.json');
  const local = existsSync(left) ? (JSON.parse(readFileSync(left, 'utf8')) as { url: string; token: string }) : undefined;
  const url = environment['SIDEKICK_URL'] ?? local?.url;
  const token = environment['SIDEKICK_TOKEN'] ?? local?.token;
  if (!url || !token)
    throw new Error(`No portal has run with the data folder ${folder}. Start one with npm start, or set SIDEKICK_URL and SIDEKICK_TOKEN.`);
  return { url, token, ask: askAs({ url, token }) };
}

/** The same where such a portal answers; null where none does. Throws when the environment names one that does not. */
export async function portalClientThatAnswers(environment: NodeJS.ProcessEnv): Promise<PortalClient | null> {
  const portal = clientIfAny(environment);
  if (portal && (await answers(portal.url))) return portal;
  if (environment['SIDEKICK_URL']) throw new Error(`No portal answers at ${environment['SIDEKICK_URL']}.`);
  return null;
}

function clientIfAny(environment: NodeJS.ProcessEnv): PortalClient | null {
  try {
    return portalClient(environment);
  } catch {
    return null;
  }
}

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/livez`).then(
    () => true,
    () => false,
  );
