/** Collects which conversations have changed, and tells the pages that show lists of them once a second. */
import { createSiteRooms } from './site-rooms.ts';

export interface ConversationChanges {
  publish(conversations: readonly { readonly conversationId: string; readonly siteId: string }[]): void;
  stop(): void;
}

/** Of the pages that show conversations. */
export const conversationRooms = createSiteRooms('conversations', 'conversations:read');
const PUBLISH_MS = 1000;
/** In one event. A page that misses one reads its list for the others anyway. */
const CONVERSATIONS_MAX = 100;

export function createConversationChanges(
  send: (rooms: { to: string[]; except?: string }, conversationIds: string[]) => void,
): ConversationChanges {
  /** Ids with their sites. */
  const changed = new Map<string, string>();
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const sendChanged = () => {
    waiting = undefined;
    const bySite = new Map<string, string[]>();
    for (const [id, site] of changed) bySite.set(site, [...(bySite.get(site) ?? []), id]);
    send({ to: [conversationRooms.everywhere] }, [...changed.keys()]);
    for (const [site, ids] of bySite) send(conversationRooms.at(site), ids);
    changed.clear();
  };

  return {
    publish(conversations) {
      for (const { conversationId, siteId } of conversations)
        if (changed.size < CONVERSATIONS_MAX) changed.set(conversationId, siteId);
      waiting ??= setTimeout(sendChanged, PUBLISH_MS);
    },
    stop: () => clearTimeout(waiting),
  };
}
