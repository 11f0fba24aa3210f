import { mongoConnection, unlessDuplicate } from '@sidekick/store/mongo';
import { ulid } from 'ulid';
import type { Blobs } from './blobs.ts';
import { checkKey, keyOf } from './key.ts';

export interface GridfsBlobs extends Blobs {
  close(): Promise<void>;
}

/** As GridFS lays files out, so that its tools read them: a file document and its chunks. `filename` is the key. */
interface File {
  _id: string;
  filename: string;
  length: number;
  chunkSize: number;
  uploadDate: Date;
}
interface Chunk {
  _id: string;
  files_id: string;
  n: number;
  data: Buffer;
}

const chunkSize = 255 * 1024;
/** Chunks sent or asked for in one message: 4 MB, far below what a message may hold. */
const together = 16;

/**
 * Attachments in GridFS, in a bucket named `blobs`. Each put writes chunks under an id of its own and then the file document,
 * whose unique file name is the commit: a put that dies before leaves nothing that can be read, and of puts at once one wins.
 * Throws StoreUnavailable when the server does not answer.
 */
export function gridfsBlobs({ url, database }: { url: string; database: string }): GridfsBlobs {
  const { connection, use, race, close } = mongoConnection(url, database);
  const files = () => connection.collection<File>('blobs.files');
  const chunks = () => connection.collection<Chunk>('blobs.chunks');
  const find = (hash: string) => use(() => files().findOne({ filename: hash }));
  const drop = (id: string) => use(() => chunks().deleteMany({ files_id: id }));
  /** A few chunks at a time: each question has the deadline of one. */
  const read = async ({ _id, length }: File): Promise<Buffer[]> => {
    const parts: Buffer[] = [];
    for (let n = 0; n * chunkSize < length; n += together) {
      const some = { files_id: _id, n: { $gte: n, $lt: n + together } };
      const rows = await use(() =>
        chunks()
          .find(some, { sort: { n: 1 }, promoteBuffers: true, batchSize: together, limit: together })
          .toArray(),
      );
      parts.push(...rows.map(({ data }) => data));
    }
    return parts;
  };
  let indexed: Promise<unknown> | undefined;
  const indexes = () => {
    indexed ??= use(async () => {
      await files().createIndex({ filename: 1 }, { unique: true, name: 'filename' });
      await chunks().createIndex({ files_id: 1, n: 1 }, { unique: true, name: 'files_id_n' });
    }).catch((error) => {
      indexed = undefined;
      throw error;
    });
    return indexed;
  };

  return {
    async put(bytes) {
      const hash = await keyOf(bytes);
      await indexes();
      if (await find(hash)) return hash;
      const file = { _id: ulid(), filename: hash, length: bytes.length, chunkSize, uploadDate: new Date() };
      const rows = chunksOf(file._id, bytes);
      for (let at = 0; at < rows.length; at += together) {
        // Sent again after a conflict, those that are there already are our own.
        await use(() =>
          chunks()
            .insertMany(rows.slice(at, at + together), { ordered: false })
            .catch(unlessDuplicate),
        );
      }
      const outcome = await race(
        (mark) => files().insertOne(mark(file)),
        () => find(hash),
      );
      if ('lost' in outcome && outcome.lost._id !== file._id) await drop(file._id);
      return hash;
    },
    async get(hash) {
      checkKey(hash);
      // Twice: a file that was deleted while its chunks were read may have been put again.
      for (let tries = 0; tries < 2; tries += 1) {
        const file = await find(hash);
        if (!file) return null;
        const bytes = Buffer.concat(await read(file));
        if (bytes.length === file.length) return bytes;
      }
      return null;
    },
    has: async (hash) => (await find(checkKey(hash))) !== null,
    async delete(hash) {
      checkKey(hash);
      const file = await use(() => files().findOneAndDelete({ filename: hash }));
      if (file) await drop(file._id);
    },
    async *list() {
      const next = (after: string) =>
        use(() =>
          files()
            .find({ filename: { $gt: after } }, { sort: { filename: 1 }, limit: 500 })
            .toArray(),
        );
      for (let rows = await next(''); rows.length > 0; rows = await next(rows.at(-1)?.filename ?? '')) {
        for (const { filename, length } of rows) yield { hash: filename, size: length };
      }
    },
    close,
  };
}

function chunksOf(id: string, bytes: Uint8Array): Chunk[] {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.ceil(all.length / chunkSize) }, (_, n) => ({
    _id: `${id}:${n}`,
    files_id: id,
    n,
    data: all.subarray(n * chunkSize, (n + 1) * chunkSize),
  }));
}
