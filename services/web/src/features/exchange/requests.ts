import { type CsvImported, type CsvKind, CsvPreview, type CsvQuery, CsvImported as Imported } from '@sidekick/contracts';
import { ask } from '../../api/ask.ts';

/** A file as it was when it was chosen: what is edited later is chosen again. */
export interface Chosen {
  readonly name: string;
  readonly bytes: Blob;
}

export async function chosen(file: File): Promise<Chosen> {
  return { name: file.name, bytes: new Blob([await file.arrayBuffer()], { type: 'text/csv' }) };
}

export const exportAddress = (kind: CsvKind, separator: CsvQuery['separator']): string =>
  `/api/v1/staffing-export/${kind}.csv?separator=${separator}`;

export const preview = (kind: CsvKind, { name, bytes }: Chosen, signal: AbortSignal): Promise<CsvPreview> =>
  ask(CsvPreview, `/staffing-import/${kind}/preview`, { method: 'POST', query: { name }, body: bytes, signal });

interface Save {
  readonly id: string;
  readonly digest: string;
  readonly accept: readonly string[];
  readonly reason: string | null;
}
export const save = (kind: CsvKind, { name, bytes }: Chosen, { id, digest, accept, reason }: Save): Promise<CsvImported> =>
  ask(Imported, `/staffing-import/${kind}`, { method: 'POST', query: { name, id, digest, accept, reason }, body: bytes });
