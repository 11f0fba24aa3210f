import mongoose from 'mongoose';

/** Events that a database holds and the broker has not confirmed: of documents of `pages`, and change sets of the log. */
export async function unsentIn(url: string, dbName: string): Promise<number> {
  const connection = await mongoose.createConnection(url, { dbName, serverSelectionTimeoutMS: 10_000 }).asPromise();
  try {
    const documents = await connection.collection('pages').countDocuments({ event: { $exists: true } });
    const [last] = await connection.collection<{ _id: number }>('log.changes').find().sort({ _id: -1 }).limit(1).toArray();
    const at = await connection.collection<{ _id: string; number?: number }>('store.meta').findOne({ _id: 'position:changes' });
    return documents + Math.max(0, (last?._id ?? 0) - (at?.number ?? 0));
  } finally {
    await connection.close();
  }
}
