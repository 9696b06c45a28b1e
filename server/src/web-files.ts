/** Builds the routes and the store of the files that visitors send. */
import { createFiles, type FileParts } from './http/files.ts';
import { createClamd } from './lib/clamd.ts';
import type { ClientAddressOf } from './lib/client-address.ts';
import { createFileStore } from './store/file-store.ts';
import type { RedisKeys } from './store/keys.ts';
import { createUploadQuota } from './store/upload-quota.ts';
import { createWindowCounts } from './store/window-counts.ts';
import type { WebChat } from './web-chat.ts';
import type { WebConnections } from './web-connections.ts';
import type { WebAppSettings } from './web-settings.ts';

const FILES_MAX = 20;
const FILES_GRACE_MS = 24 * 3_600_000;
const MB = 1024 * 1024;

export interface WebFilesParts extends Pick<FileParts, 'sites' | 'allows' | 'admit' | 'isAgent'> {
  readonly connections: Pick<WebConnections, 'background'>;
  readonly keys: RedisKeys;
  readonly addressOf: ClientAddressOf;
  readonly chat: Pick<WebChat, 'conversations' | 'sessions'>;
}

export function createWebFiles(
  { connections, keys, chat, addressOf, ...checks }: WebFilesParts,
  {
    filesDir,
    clamdUrl,
    limits,
    routing,
    log,
  }: Pick<WebAppSettings, 'filesDir' | 'clamdUrl' | 'limits' | 'routing' | 'log'>,
) {
  const { conversations, sessions } = chat;
  const fileStore = createFileStore(connections.background, keys, {
    folder: filesDir,
    filesMax: FILES_MAX,
    graceMs: FILES_GRACE_MS,
    scan: clamdUrl === undefined ? undefined : createClamd(clamdUrl),
  });
  const router = createFiles({
    ...checks,
    addressOf: (request) => addressOf(request).counted,
    quota: createUploadQuota({
      counts: createWindowCounts(connections.background),
      keys,
      folder: filesDir,
      limits: {
        addressDayBytes: limits.uploadMbPerAddressDay * MB,
        siteDayBytes: limits.uploadMbPerSiteDay * MB,
        freeBytes: limits.freeDiskMb * MB,
      },
    }),
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
