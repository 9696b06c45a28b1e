/** Files under `/files`: accepted from visitors, readable by the same visitor and by agents only. */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { AgentView } from '@firstword/shared/agent-view';
import { PICTURE_TYPES } from '@firstword/shared/files';
import { may } from '@firstword/shared/permissions';
import type { Site } from '@firstword/shared/site';
import { type Message, siteIdSchema } from '@firstword/shared/wire';
import type { AckCode } from '@firstword/shared/wire-refusals';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { RefusedError } from '../lib/guarded.ts';
import type { Log } from '../lib/log.ts';
import type { FileStore } from '../store/file-store.ts';
import type { Session } from '../store/session-store.ts';
import type { UploadQuota } from '../store/upload-quota.ts';
import { FILE_FAULTS, type FileFault } from './file-faults.ts';
import type { ReadRecorder } from './read-recorder.ts';
import { createVisitorAccess, type VisitorAccessParts } from './visitor-access.ts';

export interface FileParts extends VisitorAccessParts {
  readonly files: FileStore;
  /** The address from which a request is counted, as a keyed hash. */
  readonly addressOf: (request: Request) => string;
  readonly quota: UploadQuota;
  /** @throws RefusedError `rate-limited` */
  readonly admit: (visitorId: string) => Promise<void>;
  /** The signed-in agent whose browser sent the request. */
  readonly agentOf: (cookie: string | undefined, https: boolean) => Promise<AgentView | undefined>;
  /** An agent has opened a file of this conversation. */
  readonly onAgentRead: ReadRecorder;
  /** The message of an earlier upload with the same id. */
  readonly find: (session: Session, id: string) => Promise<Message | undefined>;
  /** Stores the file's message in the conversation. */
  readonly publish: (
    session: Session,
    site: Site,
    sent: { id: string; file: NonNullable<Message['file']> },
  ) => Promise<Message>;
  readonly log: Log;
}

/** Why a file is refused. */
export type FileCode = AckCode | 'session-expired' | 'origin-refused' | FileFault;
const STATUS: Partial<Record<FileCode, number>> = {
  'session-expired': 401,
  'origin-refused': 403,
  'not-found': 404,
  'too-large': 413,
  type: 415,
  content: 415,
  unsafe: 415,
  'too-many': 409,
  'rate-limited': 429,
  'bad-message': 400,
};
const uploadSchema = z.object({ site: siteIdSchema, id: z.uuid(), name: z.string().min(1).max(1000) });
const MB = 1024 * 1024;
/** When to try again while the disk is full. */
const NO_SPACE_MS = 60_000;
/** How long a refused page may keep sending, so that it can read the response. */
const LINGER_MS = 2000;

export function createFiles(parts: FileParts): Router {
  const { files, log } = parts;
  const { cors, visitorOf } = createVisitorAccess(parts);
  const router = Router();

  router.use(cors({ headers: 'authorization, content-type', methods: 'GET, POST' }));

  router.post('/', async (request, response) => {
    const query = uploadSchema.safeParse({ ...request.query });
    if (!query.success)
      return refuse(
        request,
        response,
        'bad-message',
        'The query needs site, id (a UUID) and name (1 to 1000 characters).',
      );
    const visitor = await visitorOf(request);
    if (visitor === undefined) return refuse(request, response, 'session-expired', 'This session has ended.');
    const { site, session } = visitor;
    if (!parts.allows(site, request.headers.origin))
      return refuse(
        request,
        response,
        'origin-refused',
        'This page may not upload files for this site. Add its origin to allowedOrigins.',
      );
    if (site.uploads === undefined) return refuse(request, response, 'not-found', 'This site does not accept files.');
    const { id, name } = query.data;
    const known = await parts.find(session, id);
    if (known !== undefined) {
      request.resume();
      return void response.json({ ok: true, seq: known.seq });
    }
    const maxBytes = site.uploads.maxMb * MB;
    if (Number(request.headers['content-length'] ?? 0) > maxBytes)
      return refuse(request, response, 'too-large', FILE_FAULTS['too-large']);
    const { conversationId, visitorId } = session;
    try {
      await parts.admit(visitorId);
      const given = Math.ceil(Number(request.headers['content-length'] ?? maxBytes));
      const reserved = await parts.quota.reserve({ siteId: site.id, address: parts.addressOf(request) }, given);
      if (reserved.kind === 'no-space') {
        log.error('refusing an upload: the disk of uploaded files is nearly full');
        throw new RefusedError(
          'busy',
          'The server has no space for files at the moment. Try again later.',
          NO_SPACE_MS,
        );
      }
      if (reserved.kind === 'quota')
        throw new RefusedError(
          'rate-limited',
          'Too many files were sent from this network today.',
          reserved.retryAfterMs,
        );
      let stored = 0;
      const outcome = await files
        .save(conversationId, { name, types: site.uploads.types, maxBytes: Math.min(given, maxBytes) }, request)
        .then((saved) => {
          if (saved.kind === 'stored') stored = saved.file.size;
          return saved;
        })
        .finally(() => reserved.settle(stored));
      if (outcome.kind !== 'stored') return refuse(request, response, outcome.kind, FILE_FAULTS[outcome.kind]);
      const message = await parts.publish(session, site, { id, file: outcome.file }).catch(async (error: unknown) => {
        await files.drop(conversationId, outcome.file.id);
        throw error;
      });
      // A parallel upload with the same id was stored first: remove this copy.
      if (message.file?.id !== outcome.file.id) await files.drop(conversationId, outcome.file.id);
      response.status(201).json({ ok: true, seq: message.seq });
    } catch (error) {
      if (error instanceof RefusedError)
        return refuse(request, response, error.code, error.message, error.retryAfterMs);
      // An aborted upload is not our error.
      if (!request.destroyed) log.error({ reason: String(error) }, 'storing an upload failed');
      refuse(request, response, 'unavailable', 'The upload failed. Try again in a few seconds.');
    }
  });

  router.get('/:conversation/:file', async (request, response, next) => {
    const conversationId = String(request.params['conversation']);
    const own = (await visitorOf(request))?.session.conversationId === conversationId;
    const agent = own ? undefined : await parts.agentOf(request.headers.cookie, request.secure);
    const found =
      own || agent ? await files.find(conversationId, String(request.params['file']), agent?.id) : undefined;
    const isAllowed = own || (agent && may(agent, 'conversations:read', found?.siteId));
    // To anyone else a file that exists looks like one that does not.
    if (found === undefined || !isAllowed) return next();
    const { file, path, siteId = '' } = found;
    if (agent !== undefined) await parts.onAgentRead(agent, { id: conversationId, siteId }, request);
    response.set({
      'content-type': file.type,
      'content-length': String(file.size),
      'content-disposition': `${PICTURE_TYPES.includes(file.type) ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeName(file.name)}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
    await pipeline(createReadStream(path), response).catch((error: unknown) => {
      if (!response.headersSent) {
        for (const name of response.getHeaderNames()) if (name.startsWith('content-')) response.removeHeader(name);
        return next();
      }
      log.warn({ reason: String(error) }, 'sending a file failed');
    });
  });
  return router;
}

function refuse(request: Request, response: Response, code: FileCode, message: string, retryAfterMs?: number): void {
  if (response.headersSent || response.destroyed) return;
  response.set('connection', 'close');
  response.status(STATUS[code] ?? 503).json({ ok: false, code, message, ...(retryAfterMs && { retryAfterMs }) });
  // Keep reading for a moment: a page that is still sending would otherwise see a broken connection, not the reason.
  request.resume();
  setTimeout(() => request.destroy(), LINGER_MS).unref();
}

/** As RFC 8187 writes it. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
