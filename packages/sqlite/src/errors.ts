/** Another connection holds the file: of another process, or of this one. */
export class FileInUse extends Error {
  /** As SQLite says it. */
  readonly code = 'SQLITE_BUSY';
  readonly file: string;
  constructor(file: string) {
    super(`${file} is in use by another process`);
    this.name = 'FileInUse';
    this.file = file;
  }
}

/** What was asked of a file came after its `close`. */
export class FileClosed extends Error {
  constructor() {
    super('the file is closed');
    this.name = 'FileClosed';
  }
}

/** By its code alone: an error may have come from a worker process. */
const saysThat = (code: RegExp) => (error: unknown) => code.test(String((error as { code?: unknown } | null)?.code));

export const isBusy = saysThat(/^SQLITE_BUSY/);
export const isFull = saysThat(/^SQLITE_FULL/);
/** What SQLite says of a file that is none of its, or no longer. */
export const isDamage = saysThat(/^SQLITE_(CORRUPT|NOTADB)/);
