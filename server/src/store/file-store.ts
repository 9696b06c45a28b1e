/** Files of conversations: contents in a folder under random names, metadata in Redis with the conversation. */
import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FILE_TYPES, type FileType, fileTypeOf, plainName } from '@firstword/shared/files';
import { type SentFile, sentFileSchema } from '@firstword/shared/wire';
import { z } from 'zod';
import type { FileScan } from '../lib/clamd.ts';
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import { refuseErased } from './erased.ts';
import { createContentCheck } from './file-content.ts';
import { inspectFile } from './file-inspection.ts';
import { HAS_ALL_HELD, RELEASE_HELD } from './held-file-scripts.ts';
import type { RedisKeys } from './keys.ts';

export type StoreOutcome =
  | { readonly kind: 'stored'; readonly file: SentFile }
  /** `type`: the extension is not allowed; `content`: the content does not match it; `unsafe`: macros, scripts or malware. */
  | { readonly kind: 'type' | 'content' | 'unsafe' | 'too-large' | 'too-many' };

export interface FoundFile {
  readonly file: SentFile;
  readonly path: string;
  /** The conversation's site; undefined before its first message. */
  readonly siteId: string | undefined;
}

/** The reply of an agent that carries files. */
export interface HeldFor {
  readonly agentId: string;
  readonly replyId: string;
}

export interface FileStore {
  /** Stores a file completely or not at all. With `heldBy`, it is held for this agent until a reply carries it. */
  save(
    conversationId: string,
    file: {
      readonly name: string;
      readonly types: readonly FileType[];
      readonly maxBytes: number;
      readonly heldBy?: string;
    },
    bytes: AsyncIterable<Buffer>,
  ): Promise<StoreOutcome>;
  /** Undefined unless this conversation has the file. A held file is found by its agent only. */
  find(conversationId: string, fileId: string, agentId?: string): Promise<FoundFile | undefined>;
  /** The content of a file that was sent; undefined when it is gone. */
  read(conversationId: string, fileId: string): Promise<Buffer | undefined>;
  /** Whether all of these files can be released into the reply. */
  areHeld(conversationId: string, fileIds: readonly string[], into: HeldFor): Promise<boolean>;
  /** Releases held files into a reply, all or none. A repeat for the same reply returns the same files. */
  release(conversationId: string, fileIds: readonly string[], into: HeldFor): Promise<SentFile[] | undefined>;
  /** As `find`: an agent drops what is held for them. False when there was no such file. */
  drop(conversationId: string, fileId: string, agentId?: string): Promise<boolean>;
  /** Those that were sent. */
  list(conversationId: string): Promise<{ readonly file: SentFile; readonly path: string }[]>;
  /** Deletes the contents of all files of a conversation; returns their number. */
  erase(conversationId: string): Promise<number>;
  /** Makes a file also belong to another conversation, however often it is called. */
  copy(fileId: string, from: string, to: string): Promise<void>;
  /** Deletes the files of deleted conversations, and those that are too old. */
  sweep(): Promise<void>;
}

export interface FileStoreSettings {
  /** Created with the first file. */
  readonly folder: string;
  /** Per conversation. */
  readonly filesMax: number;
  /** A folder changed within this time is kept: its conversation may be about to start or be restored. */
  readonly graceMs: number;
  /** Looks for malware before a file is stored; none when absent. */
  readonly scan?: FileScan | undefined;
  /** How long files of a site are kept; undefined: as long as their conversation. */
  readonly keepMs?: (siteId: string) => number | undefined;
  readonly now?: () => number;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** `heldBy`: the agent who has not sent it yet. `replyId`: the reply that carried it. */
const storedFileSchema = sentFileSchema.extend({
  heldBy: z.string().exactOptional(),
  replyId: z.string().exactOptional(),
});
/** KEYS files, head · ARGV fileId, json, max */
const ADD = `
${refuseErased('KEYS[2]')}
if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[3]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
`;

export function createFileStore(
  redis: Redis,
  keys: RedisKeys,
  { folder, filesMax, graceMs, scan, keepMs, now = Date.now }: FileStoreSettings,
): FileStore {
  const add = defineScript(redis, 'fwFile', 2, ADD);
  const hasAllHeld = defineScript(redis, 'fwFilesHeld', 1, HAS_ALL_HELD);
  const releaseHeld = defineScript(redis, 'fwFilesRelease', 1, RELEASE_HELD);

  /** Writes the file; returns its size, or why it was rejected. */
  const write = async (path: string, type: FileType, maxBytes: number, bytes: AsyncIterable<Buffer>) => {
    const check = createContentCheck(type);
    const handle = await open(path, 'wx', 0o600);
    let size = 0;
    try {
      for await (const chunk of bytes) {
        size += chunk.length;
        if (size > maxBytes) return 'too-large';
        if (!check.take(chunk)) return 'content';
        await handle.write(chunk);
      }
      await handle.datasync();
      return size > 0 && check.isRight() ? size : 'content';
    } finally {
      await handle.close();
    }
  };

  /** Of one conversation, which stays. */
  const deleteOld = async (conversationId: string, olderThanMs: number) => {
    const conversationFolder = join(folder, conversationId);
    for (const fileId of (await readdir(conversationFolder).catch(() => [])).filter((name) => UUID.test(name))) {
      const path = join(conversationFolder, fileId);
      const stored = await stat(path).catch(() => undefined);
      if (stored === undefined || now() - stored.mtimeMs < olderThanMs) continue;
      await redis.hdel(keys.files(conversationId), fileId);
      await rm(path, { force: true });
    }
  };

  const store: FileStore = {
    async save(conversationId, { name: given, types, maxBytes, heldBy }, bytes) {
      const name = plainName(given);
      const type = fileTypeOf(name, types);
      if (type === undefined) return { kind: 'type' };
      if (!UUID.test(conversationId)) throw new TypeError(`conversation id must be a UUID (got "${conversationId}")`);
      if ((await redis.hlen(keys.files(conversationId))) >= filesMax) return { kind: 'too-many' };
      const id = randomUUID();
      const conversationFolder = join(folder, conversationId);
      const path = join(conversationFolder, id);
      const draft = `${path}.part`;
      await mkdir(conversationFolder, { recursive: true, mode: 0o700 });
      try {
        const size = await write(draft, type, maxBytes, bytes);
        if (typeof size === 'string') return { kind: size };
        const inspected = await inspectFile(draft, type);
        if (inspected.kind !== 'fine') return { kind: inspected.kind };
        if ((await scan?.(draft))?.kind === 'found') return { kind: 'unsafe' };
        await rename(draft, path);
        const { risk } = inspected;
        const file = { id, name, type: FILE_TYPES[type].mime, size, ...(risk && { risk }) };
        const where = [keys.files(conversationId), keys.head(conversationId)];
        const record = heldBy === undefined ? file : { ...file, heldBy };
        if ((await add(where, [id, JSON.stringify(record), filesMax])) === 1) return { kind: 'stored', file };
        await rm(path, { force: true });
        return { kind: 'too-many' };
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      } finally {
        await rm(draft, { force: true });
      }
    },

    async find(conversationId, fileId, agentId) {
      if (!UUID.test(conversationId) || !UUID.test(fileId)) return undefined;
      const [json, site] = await Promise.all([
        redis.hget(keys.files(conversationId), fileId),
        redis.hget(keys.head(conversationId), 'site'),
      ]);
      if (json === null) return undefined;
      const { heldBy, replyId: _, ...file } = storedFileSchema.parse(JSON.parse(json));
      if (heldBy !== undefined && heldBy !== agentId) return undefined;
      return { file, path: join(folder, conversationId, fileId), siteId: site ?? undefined };
    },

    async read(conversationId, fileId) {
      const found = await store.find(conversationId, fileId);
      return found && (await readFile(found.path).catch(() => undefined));
    },

    async areHeld(conversationId, fileIds, { agentId, replyId }) {
      return (await hasAllHeld([keys.files(conversationId)], [agentId, replyId, ...fileIds])) === 1;
    },

    async release(conversationId, fileIds, { agentId, replyId }) {
      const released = await releaseHeld([keys.files(conversationId)], [agentId, replyId, ...fileIds]);
      if (!Array.isArray(released)) return undefined;
      return released.map((json) => sentFileSchema.parse(JSON.parse(z.string().parse(json))));
    },

    async drop(conversationId, fileId, agentId) {
      if ((await store.find(conversationId, fileId, agentId)) === undefined) return false;
      await redis.hdel(keys.files(conversationId), fileId);
      await rm(join(folder, conversationId, fileId), { force: true });
      return true;
    },

    async list(conversationId) {
      const files = await redis.hvals(keys.files(conversationId));
      return files.flatMap((json) => {
        const { heldBy, replyId: _, ...file } = storedFileSchema.parse(JSON.parse(json));
        return heldBy === undefined ? [{ file, path: join(folder, conversationId, file.id) }] : [];
      });
    },

    async erase(conversationId) {
      if (!UUID.test(conversationId)) return 0;
      const conversationFolder = join(folder, conversationId);
      const names = await readdir(conversationFolder).catch(() => []);
      await rm(conversationFolder, { recursive: true, force: true });
      return names.length;
    },

    async copy(fileId, from, to) {
      const found = await store.find(from, fileId);
      if (found === undefined) return;
      await mkdir(join(folder, to), { recursive: true, mode: 0o700 });
      await copyFile(found.path, join(folder, to, fileId));
      await redis.hset(keys.files(to), fileId, JSON.stringify(found.file));
    },

    async sweep() {
      const names = await readdir(folder).catch(() => []);
      for (const conversationId of names.filter((name) => UUID.test(name))) {
        const conversationFolder = join(folder, conversationId);
        const changed = await stat(conversationFolder).catch(() => undefined);
        const site = await redis.hget(keys.head(conversationId), 'site');
        const keep = site === null ? undefined : keepMs?.(site);
        if (keep !== undefined) await deleteOld(conversationId, keep);
        if (changed === undefined || now() - changed.mtimeMs < graceMs) continue;
        if ((await redis.exists(keys.head(conversationId))) === 0)
          await rm(conversationFolder, { recursive: true, force: true });
      }
    },
  };
  return store;
}
