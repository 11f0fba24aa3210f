import { posix } from 'node:path';
import { Refused } from './refused.ts';
import type { Place, Sheet } from './sheet.ts';
import { commentsIn, sharedStringsIn, stylesIn } from './xlsx-parts.ts';
import { sheetIn } from './xlsx-sheet.ts';
import { checkProlog, readXml } from './xml.ts';
import { unzip } from './zip.ts';

export interface NamedSheet {
  readonly name: string;
  readonly isHidden: boolean;
  readonly sheet: Sheet;
}

interface Relation {
  id: string;
  type: string;
  target: string;
}

/** First bytes of a compound file: a workbook of before 2007, or one that is locked with a password. */
const compound = 'd0cf11e0a1b11ae1';

/** The sheets of a workbook in their order. Throws Refused. */
export async function workbookOf(bytes: Buffer): Promise<NamedSheet[]> {
  if (bytes.toString('hex', 0, 8) === compound) throw new Refused('old-or-locked');
  const parts = await unzip(bytes, (name) => /\.(?:xml|rels)$/i.test(name));
  for (const part of parts.values()) checkProlog(part);
  const path = workbookPath(parts);
  const book = path === undefined ? undefined : parts.get(path);
  if (path === undefined || !book) throw new Refused('not-a-sheet');
  const relations = relationsOf(parts, path);
  const partOf = (type: string): Buffer | undefined => parts.get(relations.find((one) => one.type.endsWith(`/${type}`))?.target ?? '');
  const [strings, styles] = [partOf('sharedStrings'), partOf('styles')];
  const known = { strings: strings ? sharedStringsIn(strings) : [], formats: styles ? stylesIn(styles) : [] };
  const { listed, since1904 } = listIn(book);
  const byId = new Map(relations.map((one) => [one.id, one]));
  return listed.flatMap(({ name, isHidden, id }) => {
    const relation = byId.get(id);
    if (relation && !relation.type.endsWith('/worksheet')) return [];
    const part = parts.get(relation?.target ?? '');
    if (!relation || !part) throw new Refused('damaged');
    const comments = () => commentsOf(parts, relation.target);
    return [{ name, isHidden, sheet: sheetIn(part, { ...known, since1904, comments: comments() }) }];
  });
}

function workbookPath(parts: ReadonlyMap<string, Buffer>): string | undefined {
  const named = relationsOf(parts, '').find(({ type }) => type.endsWith('/officeDocument'))?.target;
  const isBook = (path: string | undefined): path is string => {
    const part = parts.get(path ?? '');
    return part !== undefined && rootOf(part) === 'workbook';
  };
  return [named, 'xl/workbook.xml'].find(isBook);
}

class Found extends Error {}

function rootOf(part: Buffer): string | undefined {
  let root: string | undefined;
  try {
    readXml(part, {
      open: (name) => {
        root = name;
        throw new Found();
      },
    });
  } catch (error) {
    if (!(error instanceof Found || (error instanceof Refused && error.code === 'damaged'))) throw error;
  }
  return root;
}

/** Of a part, or of the whole for the empty path; targets as paths in the zip. */
function relationsOf(parts: ReadonlyMap<string, Buffer>, path: string): Relation[] {
  const folder = posix.dirname(path);
  const part = parts.get(posix.join(folder, '_rels', `${posix.basename(path)}.rels`));
  const found: Relation[] = [];
  if (!part) return found;
  readXml(part, {
    open(name, { Id: id = '', Type: type = '', Target: target = '', TargetMode: mode }) {
      if (name !== 'Relationship' || mode === 'External') return;
      const from = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
      found.push({ id, type, target: posix.normalize(from) });
    },
  });
  return found;
}

function listIn(book: Buffer): { listed: { name: string; isHidden: boolean; id: string }[]; since1904: boolean } {
  const listed: { name: string; isHidden: boolean; id: string }[] = [];
  let since1904 = false;
  readXml(book, {
    open(name, attributes) {
      if (name === 'workbookPr') since1904 = /^(?:1|true)$/.test(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const [, id = ''] = Object.entries(attributes).find(([key]) => /(?:^|:)id$/.test(key)) ?? [];
      listed.push({ name: attributes['name'] ?? '', isHidden: /hidden/i.test(attributes['state'] ?? ''), id });
    },
  });
  return { listed, since1904 };
}

/** Old comments (now called notes), and those that are answered to. */
const commentsOf = (parts: ReadonlyMap<string, Buffer>, path: string): Place[] => {
  const found = new Map<string, Place>();
  for (const { type, target } of relationsOf(parts, path)) {
    const part = parts.get(target);
    if (!/\/(?:comments|threadedComment)$/.test(type) || !part) continue;
    for (const place of commentsIn(part)) found.set(`${place.row}:${place.column}`, place);
  }
  return [...found.values()];
};
