/** Asks a portal below `/api/v1`; bytes, at once or one after the other, are sent as a zip, a Blob as what it is, anything else as JSON. */
export type Ask = (method: string, path: string, body?: Uint8Array | AsyncIterable<Uint8Array> | Blob | object) => Promise<unknown>;

/**
 * Asks a running portal over HTTP as the owner of a token. Throws an Error in words: no portal answers, or the problem's title
 * with its request id and fields. `seconds` is how long each answer may take; without it as long as it takes.
 */
export function askAs({ url, token, seconds }: { url: string; token: string; seconds?: number }): Ask {
  return async (method, path, body) => {
    const isStream = body !== undefined && Symbol.asyncIterator in body;
    const isZip = body instanceof Uint8Array || isStream;
    const type = body instanceof Blob ? body.type : isZip ? 'application/zip' : 'application/json';
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body ? { 'content-type': type } : {}),
      },
      ...(body ? { body: isZip || body instanceof Blob ? (body as unknown as string) : JSON.stringify(body) } : {}),
      ...(isStream ? { duplex: 'half' as const } : {}),
      ...(seconds === undefined ? {} : { signal: AbortSignal.timeout(seconds * 1_000) }),
    }).catch((error: Error) => {
      throw new Error(`No portal answers at ${url} (${(error.cause as Error | undefined)?.message ?? error.message}).`);
    });
    const text = await response.text();
    const answer = text && /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text;
    if (!response.ok) throw new Error(problemText(response.status, answer));
    return answer;
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
