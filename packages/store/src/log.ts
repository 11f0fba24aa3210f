/** An entry of an append-only log. Its number is its place: 1, 2, 3 … without a gap or a double. */
export interface Entry<E> {
  number: number;
  /** Unique over the whole log: the same request is not appended twice. */
  requestId: string;
  entry: E;
}

export type Appended = { ok: true } | { ok: false; taken: 'number' | 'requestId' };

export interface LogOptions<E> {
  /** `upcasts[n]` turns entry schema n + 1 into n + 2. */
  upcasts?: readonly ((old: unknown) => unknown)[];
  /** What an entry asks to be made of every entry before it, each with its number; null for one that asks nothing. Pure, and the same when done twice. */
  redacts?: (entry: E) => ((earlier: E, number: number) => E) | null;
}

export interface Log<E> {
  /**
   * Inserting is the commit. `number` must be head + 1; a taken one answers `taken: 'number'` and writes nothing. Rejects with AnswerLost
   * when it may have been done.
   */
  append(entry: Entry<E>): Promise<Appended>;
  /** Entries with number > `after`, in order, at most `limit`. */
  read(after: number, limit: number): Promise<Entry<E>[]>;
  /** Number of the last entry; 0 when empty. */
  head(): Promise<number>;
  byRequestId(requestId: string): Promise<Entry<E> | null>;
  /** Calls back after an append of this process; other processes are seen by reading. */
  onAppend(listener: () => void): () => void;
  /** A snapshot document: the state at a head, replaced only by a newer one. */
  saveSnapshot(snapshot: { head: number; schema: number; state: unknown }): Promise<void>;
  loadSnapshot(): Promise<{ head: number; schema: number; state: unknown } | null>;
  /**
   * The one exception to append-only: carries out what entries ask of earlier ones (`redacts`), and forgets snapshots of heads
   * before them. Call it after such an append and at the start: a process that ended between the two left it to the next.
   * Cheap when nothing is asked. Answers how many entries changed.
   */
  redact(): Promise<number>;
  /** How far the relay has published; only ever moves forward. */
  position(): Promise<number>;
  moveTo(position: number): Promise<void>;
}
