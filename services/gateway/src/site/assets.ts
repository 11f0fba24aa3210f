import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { type Encoding, encodingFor } from '@sidekick/service-kit';
import type { Request, Response } from 'express';

const types = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json'],
  ['.webmanifest', 'application/manifest+json'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
  ['.txt', 'text/plain; charset=utf-8'],
]);
const worthPacking = /^(text|application\/(json|manifest))|svg/;

export interface Asset {
  readonly type: string;
  readonly etag: string;
  /** Named by its content (Vite's `assets/`): may be kept for ever. */
  readonly hashed: boolean;
  /** The bytes in an encoding; read and packed at first use and kept. */
  bytes(encoding: Encoding): Promise<Buffer>;
  readonly packable: boolean;
}

/** What lies in a data folder and in no web UI. */
const isData = (name: string): boolean => /\.db(\.next)?(-wal|-shm|-journal)?$/.test(name) || name === 'local-access.json';

/**
 * The files of the built web UI by address. Listed once: an address that is not in the map is no file, whatever it looks like.
 * Rejects for a folder that holds data, which must never be served.
 */
export async function readAssets(root: string): Promise<Map<string, Asset>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  const data = entries.find(({ name }) => isData(name));
  if (data) throw new Error(`${root} holds data (${data.name}) and is not served. The web root is the folder of the built web UI.`);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const assets = await Promise.all(files.map(async (file) => [address(root, file), await readAsset(root, file)] as const));
  return new Map(assets);
}

const address = (root: string, file: string): string => `/${relative(root, file).split(sep).join('/')}`;

async function readAsset(root: string, file: string): Promise<Asset> {
  const { size, mtimeMs } = await stat(file);
  const type = types.get(extname(file)) ?? 'application/octet-stream';
  const kept = new Map<Encoding, Promise<Buffer>>();
  const bytes = (encoding: Encoding): Promise<Buffer> => {
    const found =
      kept.get(encoding) ?? (encoding === 'identity' ? readFile(file) : bytes('identity').then((plain) => pack(plain, encoding)));
    kept.set(encoding, found);
    return found;
  };
  return {
    type,
    etag: `"${createHash('sha256').update(`${size} ${mtimeMs}`).digest('base64url').slice(0, 22)}"`,
    hashed: address(root, file).startsWith('/assets/'),
    packable: size > 1_000 && worthPacking.test(type),
    bytes,
  };
}

function pack(plain: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'gzip') return promisify(gzip)(plain);
  return promisify(brotliCompress)(plain, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
  });
}

/** Answers a file: hashed ones to keep for ever, the others to be asked about each time. */
export async function sendAsset(req: Request, res: Response, asset: Asset): Promise<void> {
  res.setHeader('content-type', asset.type);
  res.setHeader('cache-control', asset.hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  res.setHeader('etag', asset.etag);
  if (req.headers['if-none-match']?.split(/, */).includes(asset.etag)) return void res.status(304).end();
  const encoding = asset.packable ? encodingFor(req.headers['accept-encoding']) : 'identity';
  if (asset.packable) res.setHeader('vary', 'Accept-Encoding');
  if (encoding !== 'identity') res.setHeader('content-encoding', encoding);
  const bytes = await asset.bytes(encoding);
  res.setHeader('content-length', bytes.length);
  res.end(req.method === 'HEAD' ? undefined : bytes);
}
