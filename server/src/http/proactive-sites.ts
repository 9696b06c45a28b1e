/** Tells the loader which sites have proactive messages, so that the pages of all others make no request for them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { EVERY_SITE, MARKS_PLACE, siteMark } from '@firstword/shared/site-mark';
import type { RequestHandler } from 'express';

const packWithBrotli = promisify(brotliCompress);
const packWithGzip = promisify(gzip);

/** Each mark costs every page about 6 bytes, and the loader may have 8 KB in all. */
const MARKS_MAX = 100;

/** Empty if no site has a message. */
export function proactiveMarks(sites: ReadonlyMap<string, { readonly proactiveMessages: readonly object[] }>): string {
  const ids = [...sites].flatMap(([id, { proactiveMessages }]) => (proactiveMessages.length > 0 ? [id] : []));
  if (ids.length > MARKS_MAX) return EVERY_SITE;
  return ids.map((id) => ` ${siteMark(id)}`).join('');
}

interface Packed {
  readonly built: string;
  readonly marks: string;
  readonly bodies: Readonly<Record<'br' | 'gzip' | 'identity', Buffer>>;
}

/**
 * Serves the built loader with the present marks; without any, the next handler serves it as it was built. The copy whose
 * name is a hash of its content is never changed.
 */
export function serveMarkedLoader(folder: string, marksOf: () => string, cacheControl: string): RequestHandler {
  let kept: Packed | undefined;
  async function pack(built: string, marks: string): Promise<Packed> {
    const identity = Buffer.from(built.replace(MARKS_PLACE, marks));
    const [br, gzipped] = await Promise.all([packWithBrotli(identity), packWithGzip(identity, { level: 9 })]);
    return { built, marks, bodies: { br, gzip: gzipped, identity } };
  }
  return async (request, response, next) => {
    const marks = marksOf();
    if (marks === '') return next();
    // Read each time, because a build may replace it while the server runs.
    const built = await readFile(join(folder, 'widget.js'), 'utf8').catch(() => undefined);
    if (built === undefined) return next();
    const packed = kept?.built === built && kept.marks === marks ? kept : await pack(built, marks);
    kept = packed;
    const encoding = (['br', 'gzip'] as const).find((each) => request.acceptsEncodings(each)) ?? 'identity';
    if (encoding !== 'identity') response.set('content-encoding', encoding);
    response.type('.js').set({ 'cache-control': cacheControl, vary: 'Accept-Encoding' }).send(packed.bodies[encoding]);
  };
}
