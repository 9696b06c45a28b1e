/** Serves agents' pictures under `/pictures` to any page, without cookies: visitors see them beside agents' messages. */
import { FILE_TYPES } from '@firstword/shared/files';
import { type Response, Router } from 'express';
import type { AgentPictures } from '../agents/agent-pictures.ts';
import type { Log } from '../lib/log.ts';
import type { StoredPicture } from '../records/picture-store.ts';

const NAME = /^[0-9a-f]{32}\.(?<type>png|jpeg)$/;
/** The name is made of the content. */
const ONE_YEAR = 'public, max-age=31536000, immutable';
const NOTHING = "default-src 'none'; sandbox";
/** Most have 20 KB. Visitors ask for the same few. */
const KEPT = 200;
/** A deleted picture is served no longer than that. */
const KEPT_MS = 60_000;
/** Requests for unknown names must not use up the connections to the database. */
const AT_ONCE = 4;
const RETRY_SECONDS = '5';

export function createPictures({ find }: Pick<AgentPictures, 'find'>, log: Log, now = Date.now): Router {
  const kept = new Map<string, { readonly content: Buffer; readonly until: number }>();
  const reading = new Map<string, Promise<StoredPicture | undefined>>();
  const read = (name: string) => {
    const running = reading.get(name) ?? find(name).finally(() => reading.delete(name));
    reading.set(name, running);
    return running;
  };
  const send = (response: Response, type: string, content: Buffer) =>
    void response.set({ 'cache-control': ONE_YEAR, 'content-security-policy': NOTHING }).type(type).send(content);
  const refuse = (response: Response, status: 404 | 503) => {
    response.status(status).set('cache-control', 'no-store');
    if (status === 503) response.set('retry-after', RETRY_SECONDS);
    const code = status === 404 ? 'not-found' : 'unavailable';
    response.json({ code, message: status === 404 ? 'There is no such picture.' : 'Try again in a few seconds.' });
  };

  const router = Router();
  router.get('/:picture', async (request, response) => {
    response.set({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    });
    const name = request.params.picture;
    const type = NAME.exec(name)?.groups?.['type'];
    if (type !== 'png' && type !== 'jpeg') return refuse(response, 404);
    const { mime } = FILE_TYPES[type];
    const known = kept.get(name);
    if (known !== undefined && now() < known.until) return send(response, mime, known.content);
    if (reading.size >= AT_ONCE && !reading.has(name)) return refuse(response, 503);
    try {
      const { content, current } = (await read(name)) ?? {};
      if (content !== undefined) {
        const bytes = Buffer.from(content);
        kept.delete(name);
        kept.set(name, { content: bytes, until: now() + KEPT_MS });
        const [oldest] = kept.keys();
        if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
        return send(response, mime, bytes);
      }
      if (current === undefined) return refuse(response, 404);
      // Relative, so that it works below any path a proxy puts in front.
      response.status(302).set({ location: current, 'cache-control': 'no-cache' }).end();
    } catch (error) {
      log.warn({ reason: String(error) }, 'reading a picture failed');
      refuse(response, 503);
    }
  });
  return router;
}
