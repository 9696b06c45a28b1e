/** Conversations whose messages were stored before there was a feed, or have left it before anything archived them. */
import { preChatAnswersSchema } from '@firstword/shared/console-wire';
import { type Message, responderSchema } from '@firstword/shared/wire';
import type { Redis } from '../../lib/redis.ts';
import { scanStep } from '../../lib/redis-scan.ts';
import type { ArchiveChange, ConversationArchive } from '../../records/conversation-archive.ts';
import { createConversationStore } from '../../store/conversation-store.ts';
import type { RedisKeys } from '../../store/keys.ts';
import type { RecordFamily } from './record-family.ts';

/** Redis keys in one step; each conversation has several. */
const KEYS_A_STEP = 500;
/** Messages in one statement. */
const PAGE = 500;
/** Only turns need these. */
const UNUSED_TURN_SETTINGS = { leaseMs: 5000, keepDeltasSeconds: 600 };

interface ConversationParts {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly archive: Pick<ConversationArchive, 'readAfter' | 'write'>;
}

export function conversationFamily({ redis, keys, archive }: ConversationParts): RecordFamily {
  const store = createConversationStore(redis, keys, UNUSED_TURN_SETTINGS);

  const isComplete = async (id: string) => {
    for await (const page of pagesOf((afterSeq) => store.readAfter(id, afterSeq, PAGE))) {
      const archived = await archive.readAfter(id, (page[0]?.seq ?? 1) - 1, page.length);
      const known = new Set(archived.map(({ seq }) => seq));
      if (page.some(({ seq }) => !known.has(seq))) return false;
    }
    return true;
  };

  const write = async (id: string) => {
    const names = ['site', 'visitor', 'locale', 'responder', 'lastTicket', 'preChat'] as const;
    const values = await redis.hmget(keys.head(id), ...names);
    const head = new Map(names.map((name, index) => [name, values[index] ?? undefined]));
    let at = 0;
    const origin = () => ({
      conversationId: id,
      siteId: head.get('site') ?? '',
      at,
      visitorId: head.get('visitor'),
      locale: head.get('locale'),
      ticketId: head.get('lastTicket'),
    });
    for await (const page of pagesOf((afterSeq) => store.readAfter(id, afterSeq, PAGE))) {
      at = page.at(-1)?.at ?? at;
      await archive.write(page.map((message) => ({ ...origin(), at: message.at, type: 'message', message })));
    }
    if (at === 0) return; // only a form, or nothing any more
    const ratings = await store.ratings(id);
    const preChat = head.get('preChat');
    const changes: ArchiveChange[] = [
      { ...origin(), type: 'responder', responder: responderSchema.parse(head.get('responder') ?? 'assistant') },
      ...ratings.map((rating): ArchiveChange => {
        if (rating.of === 'conversation')
          return { ...origin(), type: 'conversation-rated', score: rating.score, comment: rating.comment };
        const { messageId, value, reason } = rating;
        return { ...origin(), type: 'message-rated', messageId, value, reason };
      }),
    ];
    if (preChat !== undefined)
      changes.push({ ...origin(), type: 'visitor', preChat: preChatAnswersSchema.parse(JSON.parse(preChat)) });
    await archive.write(changes);
  };

  return {
    name: 'conversations',
    async *batches() {
      let cursor = '0';
      do {
        const step = await scanStep(redis, cursor, keys.allHeads(), KEYS_A_STEP);
        const ids = step.keys.flatMap((key) => keys.conversationOfHead(key) ?? []);
        const missing: string[] = [];
        for (const id of ids) if (!(await isComplete(id))) missing.push(id);
        yield {
          found: ids.length,
          missing: missing.length,
          async write() {
            for (const id of missing) await write(id);
          },
        };
        cursor = step.cursor;
      } while (cursor !== '0');
    },
  };
}

async function* pagesOf(read: (afterSeq: number) => Promise<Message[]>): AsyncGenerator<Message[]> {
  let afterSeq = 0;
  for (;;) {
    const page = await read(afterSeq);
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    afterSeq = last.seq;
  }
}
