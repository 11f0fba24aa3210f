/** Names of the driver's and mongoose's errors about connections; its classes are many and not all exported. */
const gone = /ServerSelection|Network|NotConnected|Closed|PoolCleared|WaitQueueTimeout|OperationTimeout|WriteConcernError/;
/** Not the primary, shutting down, or interrupted by either: the same to a caller as a server that is not there. */
const notServing = new Set<unknown>([91, 189, 10107, 11600, 11602, 13435, 13436]);

/**
 * What FerretDB passes on from a PostgreSQL behind it that is away, stops or starts: codes of class 57P and the words of its
 * driver. They come without a code of their own; a taken key repeats words of the document.
 */
const behindIsGone =
  /SQLSTATE 57P0[1-3]|terminating connection due to|database system is (starting up|shutting down|in recovery)|not (yet )?accepting connections|unexpected postmaster exit|failed to connect to|unexpected EOF|connection reset by peer|broken pipe|conn closed/;

/** Of both, what turns a command away before anything is done for it. */
const turnedAway = new Set<unknown>([10107, 13435, 13436]);
const behindIsNotThere =
  /SQLSTATE 57P03|database system is (starting up|in recovery)|not (yet )?accepting connections|failed to connect to/;

/** MongoDB's OutOfDiskSpace, and what PostgreSQL says of a volume without room (class 53). */
const isOutOfSpace = /SQLSTATE 53100|No space left on device|Disk quota exceeded/;

/** Whether an error says that the server has no room to write; nothing was written. */
export function isFull(error: unknown): boolean {
  const { name, message, code, errorResponse } = (error ?? {}) as {
    name?: string;
    message?: string;
    code?: unknown;
    errorResponse?: unknown;
  };
  if (errorResponse instanceof Error) return isFull(errorResponse);
  const ofServer = name === 'MongoServerError' || name === 'MongoBulkWriteError';
  return ofServer && (code === 14031 || (code !== 11000 && isOutOfSpace.test(message ?? '')));
}

/** Whether an error that means gone says as well that nothing was done. */
export function isRefusal(error: unknown): boolean {
  const { name, message, code, syscall } = (error ?? {}) as { name?: string; message?: string; code?: unknown; syscall?: unknown };
  // A command that the socket did not take whole is none to the server.
  if (syscall === 'write') return true;
  return name === 'MongoServerError' && (turnedAway.has(code) || behindIsNotThere.test(message ?? ''));
}

/** Whether an error says that the server is not there or does not serve; a write may have been carried out or not. */
export function isGone(error: unknown): boolean {
  const { name, message, code, syscall, errorResponse } = (error ?? {}) as {
    name?: string;
    message?: string;
    code?: unknown;
    syscall?: unknown;
    errorResponse?: unknown;
  };
  // A bulk write wraps what ended it.
  if (errorResponse instanceof Error) return isGone(errorResponse);
  // A socket that is reset between two commands shows as Node's own error.
  if (gone.test(name ?? '') || syscall !== undefined) return true;
  return name === 'MongoServerError' && (notServing.has(code) || (code !== 11000 && behindIsGone.test(message ?? '')));
}
