/** Somebody else has written the document since it was read, or it is gone. */
export class StaleVersion extends Error {
  readonly id: string;
  constructor(id: string) {
    super(`stale version of ${id}`);
    this.name = 'StaleVersion';
    this.id = id;
  }
}

/** A unique claim, or the id (`id:<_id>`), is held by another document. */
export class TakenKey extends Error {
  readonly key: string;
  constructor(key: string) {
    super(`taken: ${key}`);
    this.name = 'TakenKey';
    this.key = key;
  }
}

/** The document is not what its schema says, or holds what neither side keeps alike. A bug of the caller, never a race. */
export class Unstorable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Unstorable';
  }
}

/** The database does not answer, is closed, or has not been migrated. A write that rejects so was not done. */
export class StoreUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreUnavailable';
  }
}

/** A write was sent and not answered: it may have been done, and a batch of writes in part. Look before it is sent again. */
export class AnswerLost extends StoreUnavailable {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AnswerLost';
  }
}

/** There is no room on the disk of the database: this was not written, of a batch what came before is, and reading goes on. */
export class StoreFull extends StoreUnavailable {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreFull';
  }
}

/** The file is held by another process (or another connection of this one). */
export class StoreInUse extends Error {
  readonly file: string;
  constructor(file: string) {
    super(`${file} is in use by another process`);
    this.name = 'StoreInUse';
    this.file = file;
  }
}
