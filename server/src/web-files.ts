/** Builds the routes and the store of the files that visitors send. */
import { join } from 'node:path';
import { createFiles, type FileParts } from './http/files.ts';
import { createFileStore } from './store/file-store.ts';
import type { RedisKeys } from './store/keys.ts';
import type { WebChat } from './web-chat.ts';
import type { WebConnections } from './web-connections.ts';
import type { WebAppSettings } from './web-settings.ts';

const FILES_MAX = 20;
const FILES_GRACE_MS = 24 * 3_600_000;

export interface WebFilesParts extends Pick<FileParts, 'sites' | 'allows' | 'admit' | 'agentOf'> {
  readonly connections: Pick<WebConnections, 'background'>;
  readonly keys: RedisKeys;
  readonly chat: Pick<WebChat, 'conversations' | 'sessions'>;
}

export function createWebFiles(
  { connections, keys, chat, ...checks }: WebFilesParts,
  { dataDir, routing, log }: Pick<WebAppSettings, 'dataDir' | 'routing' | 'log'>,
) {
  const { conversations, sessions } = chat;
  const fileStore = createFileStore(connections.background, keys, {
    folder: join(dataDir, 'files'),
    filesMax: FILES_MAX,
    graceMs: FILES_GRACE_MS,
  });
  const router = createFiles({
    ...checks,
    sessions,
    files: fileStore,
    find: ({ conversationId }, id) => conversations.findSent(conversationId, id),
    publish({ conversationId, visitorId, identified }, site, sent) {
      const from = { conversationId, visitorId, site, identified };
      const sender = { ...from, region: routing.defaultRegion, locale: site.locale };
      return conversations.sendFile(sender, sent);
    },
    log,
  });
  return { router, fileStore };
}
