/** Builds the routes and the store of the files that visitors and agents send. */
import type { Site } from '@firstword/shared/site';
import { hasConsent } from '../conversation/pre-chat.ts';
import { createFiles, type FileParts } from '../http/files.ts';
import { createClamd } from '../lib/clamd.ts';
import type { ClientAddressOf } from '../lib/client-address.ts';
import { RefusedError } from '../lib/guarded.ts';
import type { Redis } from '../lib/redis.ts';
import { consentNeeded } from '../realtime/consent-gate.ts';
import { createFileStore, type FileStore } from '../store/file-store.ts';
import type { RedisKeys } from '../store/keys.ts';
import { createUploadQuota, type UploadQuota } from '../store/upload-quota.ts';
import { createWindowCounts } from '../store/window-counts.ts';
import type { WebChat } from './web-chat.ts';
import type { WebAppSettings } from './web-settings.ts';

const FILES_MAX = 20;
const DAY_MS = 24 * 3_600_000;
const FILES_GRACE_MS = DAY_MS;
const MB = 1024 * 1024;

export interface WebFilesParts extends Pick<FileParts, 'sites' | 'allows' | 'admit' | 'agentOf' | 'onAgentRead'> {
  readonly addressOf: ClientAddressOf;
  readonly hideAddress: (address: string) => string;
  readonly fileStore: FileStore;
  readonly uploadQuota: UploadQuota;
  readonly chat: Pick<WebChat, 'conversations' | 'sessions' | 'preChat'>;
}

export function createWebFileStore(
  redis: Redis,
  keys: RedisKeys,
  { filesDir, clamdUrl }: Pick<WebAppSettings, 'filesDir' | 'clamdUrl'>,
  sites: ReadonlyMap<string, Site>,
): FileStore {
  return createFileStore(redis, keys, {
    folder: filesDir,
    filesMax: FILES_MAX,
    graceMs: FILES_GRACE_MS,
    keepMs(siteId) {
      const days = sites.get(siteId)?.retention?.fileDays;
      return days === undefined ? undefined : days * DAY_MS;
    },
    scan: clamdUrl === undefined ? undefined : createClamd(clamdUrl),
  });
}

export function createWebUploadQuota(
  redis: Redis,
  keys: RedisKeys,
  { filesDir, limits }: Pick<WebAppSettings, 'filesDir' | 'limits'>,
): UploadQuota {
  return createUploadQuota({
    counts: createWindowCounts(redis),
    keys,
    folder: filesDir,
    limits: {
      addressDayBytes: limits.uploadMbPerAddressDay * MB,
      siteDayBytes: limits.uploadMbPerSiteDay * MB,
      freeBytes: limits.freeDiskMb * MB,
    },
  });
}

export function createWebFiles(
  { fileStore, uploadQuota, chat, addressOf, hideAddress, ...checks }: WebFilesParts,
  { routing, log }: Pick<WebAppSettings, 'routing' | 'log'>,
) {
  const { conversations, sessions } = chat;
  return createFiles({
    ...checks,
    addressOf: (request) => hideAddress(addressOf(request).counted),
    quota: uploadQuota,
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
