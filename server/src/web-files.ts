/** Builds the routes and the store of the files that visitors send. */
import { join } from 'node:path';
import { hasConsent } from './conversation/pre-chat.ts';
import { createFiles, type FileParts } from './http/files.ts';
import { RefusedError } from './lib/guarded.ts';
import type { Redis } from './lib/redis.ts';
import { consentNeeded } from './realtime/consent-gate.ts';
import { createFileStore, type FileStore } from './store/file-store.ts';
import type { RedisKeys } from './store/keys.ts';
import type { WebChat } from './web-chat.ts';
import type { WebAppSettings } from './web-settings.ts';

const FILES_MAX = 20;
const FILES_GRACE_MS = 24 * 3_600_000;

export interface WebFilesParts extends Pick<FileParts, 'sites' | 'allows' | 'admit' | 'isAgent'> {
  readonly fileStore: FileStore;
  readonly chat: Pick<WebChat, 'conversations' | 'sessions' | 'preChat'>;
}

export function createWebFileStore(redis: Redis, keys: RedisKeys, dataDir: string): FileStore {
  return createFileStore(redis, keys, {
    folder: join(dataDir, 'files'),
    filesMax: FILES_MAX,
    graceMs: FILES_GRACE_MS,
  });
}

export function createWebFiles(
  { fileStore, chat, ...checks }: WebFilesParts,
  { routing, log }: Pick<WebAppSettings, 'routing' | 'log'>,
) {
  const { conversations, sessions } = chat;
  return createFiles({
    ...checks,
    sessions,
    files: fileStore,
    find: ({ conversationId }, id) => conversations.findSent(conversationId, id),
    async publish({ conversationId, visitorId, identified }, site, sent) {
      if (!hasConsent(site, await chat.preChat.of(conversationId)))
        throw new RefusedError('bad-message', consentNeeded(site));
      const from = { conversationId, visitorId, site, identified };
      const sender = { ...from, region: routing.defaultRegion, locale: site.locale };
      return conversations.sendFile(sender, sent);
    },
    log,
  });
}
