/** Builds what knows visitors: the checks of their tokens, and what happens when they sign in or out. */
import type { Site } from '@firstword/shared/site';
import { createConversationMerge } from '../conversation/conversation-merge.ts';
import { createIdentityKeyFetch } from '../fetch-identity-keys.ts';
import type { Log } from '../lib/log.ts';
import type { AdmitVisitorParts } from '../realtime/admit-visitor.ts';
import { createIdentityCheck } from '../realtime/identity.ts';
import { createIdentityKeys } from '../realtime/identity-keys.ts';
import { createIgnoredClaimsLog } from '../realtime/ignored-claims-log.ts';
import type { Viewers } from '../realtime/viewers.ts';
import type { FileStore } from '../store/file-store.ts';
import type { Session } from '../store/session-store.ts';
import type { WebChat } from './web-chat.ts';

export interface WebIdentityParts {
  readonly sites: ReadonlyMap<string, Site>;
  readonly viewers: Pick<Viewers, 'publish' | 'publishLeft' | 'endSession'>;
  readonly chat: Pick<
    WebChat,
    'sessions' | 'merging' | 'store' | 'conversations' | 'tickets' | 'profiles' | 'visitorConversations'
  >;
}

export function createSessionEnding({ viewers, chat }: WebIdentityParts) {
  return async (session: Pick<Session, 'id' | 'siteId' | 'visitorId'>) => {
    await chat.sessions.end(session);
    viewers.endSession(session.id);
  };
}

/** `admission`: the parts of the admission that know visitors. */
export function createWebIdentity(
  parts: WebIdentityParts & { readonly files: Pick<FileStore, 'copy'> },
  log: Log,
): {
  readonly admission: Pick<AdmitVisitorParts, 'identity' | 'merge' | 'endSession' | 'leaveConversation'>;
  close(): Promise<void>;
} {
  const { sites, viewers, files } = parts;
  const { sessions, merging, store, conversations, tickets, profiles, visitorConversations } = parts.chat;
  const keyFetch = createIdentityKeyFetch(sites);
  const keys = createIdentityKeys(keyFetch.fetchKeys, log);
  void keys.warmUp(keyFetch.urls());
  const mergeConversation = createConversationMerge({
    ...{ merging, store, conversations, tickets, log },
    copyFile: files.copy,
    sink: viewers.publish,
    now: Date.now,
  });
  return {
    admission: {
      identity: createIdentityCheck(sessions.useOnce, keys.at, createIgnoredClaimsLog(log)),
      async merge(anonymous, into, profile) {
        const { conversationId } = anonymous;
        // What the site says of the visitor also tells the archive whose conversation it is now.
        await visitorConversations.move(anonymous, into, conversationId, (id) => profiles.save(id, profile));
        await mergeConversation(conversationId, into);
      },
      endSession: createSessionEnding(parts),
      leaveConversation: viewers.publishLeft,
    },
    close: keyFetch.close,
  };
}
