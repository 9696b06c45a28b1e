/** Finds a conversation for an agent's page on the socket, where the agent may read it over REST. */
import { type Access, may } from '@firstword/shared/permissions';
import type { ConversationArchive } from '../records/conversation-archive.ts';
import type { ServerSites } from './api-sites.ts';

export type ConversationFinder = (
  agent: Access,
  conversationId: string,
) => Promise<{ readonly id: string; readonly siteId: string } | undefined>;

export function createConversationFinder(
  archive: Pick<ConversationArchive, 'find'>,
  sites: ServerSites,
): ConversationFinder {
  return async (agent, conversationId) => {
    const readable = [...sites.keys()].filter((siteId) => may(agent, 'conversations:read', siteId));
    return (await archive.find(conversationId, readable, { limit: 1 }))?.conversation;
  };
}
