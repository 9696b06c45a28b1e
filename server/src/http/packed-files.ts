/** Sends files compressed to whoever takes that: each is packed once, as tightly as it goes, and kept in memory. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Request, RequestHandler } from 'express';

/** Less than this fits into one packet anyway. */
const PACKED_FROM_BYTES = 1024;
/** What is worth packing; pictures and fonts are packed already. */
const TYPES: ReadonlySet<string> = new Set(['.js', '.css', '.html', '.svg', '.json']);

const PACKERS = {
  br: promisify<Buffer, Buffer>(brotliCompress),
  gzip: (content: Buffer) => promisify<Buffer, { level: number }, Buffer>(gzip)(content, { level: 9 }),
} as const;
type Encoding = keyof typeof PACKERS;

interface Packed {
  readonly body: Buffer;
  /** Of the bytes as they are sent: another encoding is another thing to a cache. */
  readonly etag: string;
}

/**
 * The first of the two that the caller takes; a browser names gzip before brotli without preferring it.
 * A part of a file is asked for by its own bytes, so such a request gets them unpacked.
 */
function wanted(request: Request): Encoding | undefined {
  if (request.headers.range !== undefined) return undefined;
  for (const encoding of ['br', 'gzip'] as const) if (request.acceptsEncodings(encoding)) return encoding;
  return undefined;
}

/**
 * A handler for GET and HEAD. `find` names the file that a request means; whatever is not packed is left to the next handler.
 * Files that change while the process runs are packed anew.
 */
export function createPackedFiles(): (
  find: (request: Request) => string | undefined,
  cacheControl: string,
) => RequestHandler {
  const kept = new Map<string, { readonly version: string; readonly packed: Promise<Packed> }>();

  async function pack(file: string, encoding: Encoding): Promise<Packed> {
    const body = await PACKERS[encoding](await readFile(file));
    return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` };
  }

  /** Undefined for what does not exist or is too small. Those who ask at the same moment share the work. */
  async function take(file: string, encoding: Encoding): Promise<Packed | undefined> {
    const { size, mtimeMs } = await stat(file).catch(() => ({ size: 0, mtimeMs: 0 }));
    if (size < PACKED_FROM_BYTES) return undefined;
    const key = `${encoding} ${file}`;
    const version = `${size} ${mtimeMs}`;
    const held = kept.get(key);
    if (held?.version === version) return held.packed;
    const packed = pack(file, encoding);
    kept.set(key, { version, packed });
    packed.catch(() => kept.delete(key));
    return packed;
  }

  return (find, cacheControl) => async (request, response, next) => {
    const file = find(request);
    if (file === undefined || !TYPES.has(extname(file))) return next();
    response.vary('accept-encoding');
    const encoding = wanted(request);
    const packed = encoding && (await take(file, encoding));
    if (!packed) return next();
    response
      .set({ 'content-encoding': encoding, 'cache-control': cacheControl, etag: packed.etag })
      .type(extname(file))
      .send(packed.body);
  };
}
