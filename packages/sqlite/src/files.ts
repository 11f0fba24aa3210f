/** A database and what SQLite keeps beside it. */
export const filesOf = (file: string): string[] => ['', '-wal', '-shm', '-journal'].map((suffix) => file + suffix);
