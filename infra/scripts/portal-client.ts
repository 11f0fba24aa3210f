import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How a command reaches a running portal: `SIDEKICK_URL` and `SIDEKICK_TOKEN`, else what the portal left in its data folder. */
export interface PortalClient {
  url: string;
  /** Sends as the token's owner; throws with the problem's title and request id when the answer is no success. */
  ask(method: string, path: string, body?: Uint8Array | object, headers?: Record<string, string>): Promise<unknown>;
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
  return {
    url,
    async ask(method, path, body, headers = {}) {
      const raw = body instanceof Uint8Array;
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(body && !raw ? { 'content-type': 'application/json' } : {}), ...headers },
        ...(body ? { body: raw ? (body as unknown as string) : JSON.stringify(body) } : {}),
      }).catch((error: Error) => {
        throw new Error(`No portal answers at ${url} (${(error.cause as Error | undefined)?.message ?? error.message}).`);
      });
      const text = await response.text();
      const answer = text && /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text;
      if (!response.ok) throw new Error(problemText(response.status, answer));
      return answer;
    },
  };
}

function problemText(status: number, answer: unknown): string {
  const { title, requestId, errors } = (answer ?? {}) as {
    title?: string;
    requestId?: string;
    errors?: { path: string; message: string }[];
  };
  const fields = (errors ?? []).map(({ path, message }) => `\n  ${path}: ${message}`).join('');
  return `${title ?? 'The portal refused'} (${status}${requestId ? `, request ${requestId}` : ''})${fields}`;
}
