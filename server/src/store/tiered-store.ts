/** One conversation across two stores: what is hot is in Redis, the rest in the archive. */
import type { ConversationTail } from '@firstword/shared/conversation-records';
import type { Message } from '@firstword/shared/wire';
import type { Log } from '../lib/log.ts';
import { within } from '../lib/within.ts';
import type { ColdConversations } from './cold-conversations.ts';
import { isCold } from './cold-scripts.ts';
import type { ConversationStore } from './conversation-store.ts';

/** Of the archive. Each rejects when it is away, and so does what needs it: a cold conversation never starts over. */
export interface MessageArchive {
  readAfter(conversationId: string, afterSeq: number, limit: number): Promise<Message[]>;
  readBefore(conversationId: string, beforeSeq: number, limit: number): Promise<Message[]>;
  readTail(conversationId: string, limit: number): Promise<ConversationTail>;
}

export interface TieredStore extends ConversationStore {
  /** Restores the conversation if it is cold. Asks the archive only then. */
  makeHot(conversationId: string): Promise<void>;
}

export interface TieredStoreParts {
  readonly cold: Pick<ColdConversations, 'lastSeqOfCold' | 'extent' | 'restore'>;
  readonly archive: MessageArchive;
  readonly onRestored: () => void;
  readonly log: Log;
}

/** More than clients get at once, and than a turn reads. */
const RESTORED_MESSAGES = 100;
/** A visitor waits for it. */
const ARCHIVE_MS = 3000;

export function createTieredStore(
  store: ConversationStore,
  { cold, archive, onRestored, log }: TieredStoreParts,
): TieredStore {
  const restoring = new Map<string, Promise<void>>();

  const restore = async (id: string) => {
    const lastSeq = await cold.lastSeqOfCold(id);
    if (lastSeq === undefined) return;
    const tail = await within(ARCHIVE_MS, archive.readTail(id, RESTORED_MESSAGES));
    if (tail.messages.at(-1)?.seq !== lastSeq)
      log.error({ conversationId: id, lastSeq, archived: tail.messages.at(-1)?.seq ?? 0 }, 'archive lacks messages');
    if (await cold.restore(id, lastSeq, tail)) onRestored();
  };
  const makeHot = (id: string): Promise<void> => {
    const known = restoring.get(id);
    if (known !== undefined) return known;
    const started = restore(id).finally(() => restoring.delete(id));
    restoring.set(id, started);
    return started;
  };
  const whenHot = async <Result>(id: string, work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      if (!isCold(error)) throw error;
    }
    await makeHot(id);
    return work();
  };

  return {
    ...store,
    makeHot,
    append: (message) => whenHot(message.conversationId, () => store.append(message)),
    say: (id, ...message) => whenHot(id, () => store.say(id, ...message)),
    rate: (id, rating) => whenHot(id, () => store.rate(id, rating)),

    async ratings(id) {
      await makeHot(id);
      return store.ratings(id);
    },

    async findSent(id, clientId) {
      await makeHot(id);
      return store.findSent(id, clientId);
    },

    async snapshot(id, limit) {
      const snapshot = await whenHot(id, () => store.snapshot(id, limit));
      const { messages } = snapshot;
      const first = messages[0]?.seq ?? 1;
      if (first === 1 || messages.length >= limit) return snapshot;
      const earlier = await within(ARCHIVE_MS, archive.readBefore(id, first, limit - messages.length));
      return { ...snapshot, messages: [...earlier, ...messages] };
    },

    async readAfter(id, afterSeq, limit) {
      const messages = await store.readAfter(id, afterSeq, limit);
      const first = messages[0]?.seq;
      if (first === afterSeq + 1) return messages;
      // Read after the messages: what had left Redis by then is archived, whatever has happened since.
      const { lastSeq, wasCold } = await cold.extent(id);
      if (!wasCold || lastSeq <= afterSeq) return messages;
      const archived = await within(ARCHIVE_MS, archive.readAfter(id, afterSeq, limit));
      return [...archived.filter(({ seq }) => first === undefined || seq < first), ...messages].slice(0, limit);
    },

    async readBefore(id, beforeSeq, limit) {
      const messages = await store.readBefore(id, beforeSeq, limit);
      const first = messages[0]?.seq ?? beforeSeq;
      if (first <= 1 || messages.length >= limit || !(await cold.extent(id)).wasCold) return messages;
      const earlier = await within(ARCHIVE_MS, archive.readBefore(id, first, limit - messages.length));
      return [...earlier, ...messages];
    },
  };
}
