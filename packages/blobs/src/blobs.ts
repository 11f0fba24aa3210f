/** Attachments by content: the key is the SHA-256 of the bytes, 64 hexadecimal digits. */
export interface Blobs {
  /** Safe on disk when it resolves; the same bytes are kept once. */
  put(bytes: Uint8Array): Promise<string>;
  /** Null when it is not there. Throws on anything that is not a key. */
  get(hash: string): Promise<Uint8Array | null>;
  has(hash: string): Promise<boolean>;
  delete(hash: string): Promise<void>;
  /** Every key in ascending order with its size in bytes. What comes or goes meanwhile may be listed or not. */
  list(): AsyncIterable<{ hash: string; size: number }>;
}
