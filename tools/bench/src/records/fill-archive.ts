/** Writes past conversations to PostgreSQL as the feed's consumer does, in larger batches. */
import type { OnRound } from '../run-options.ts';
import { type PastConversation, pastConversations } from './past-conversations.ts';
import type { Stores } from './stores.ts';

const CONVERSATIONS_AT_ONCE = 100;
/** One prepares a batch while PostgreSQL stores the other's. */
const WRITERS = 2;

/** A conversation of the archive, with one of its texts. */
export type ArchivedConversation = Omit<PastConversation, 'changes'> & { readonly text: string };

export async function fillArchive({ archive }: Pick<Stores, 'archive'>, count: number, onRound: OnRound) {
  const source = pastConversations(count, Date.now());
  const conversations: ArchivedConversation[] = [];
  const startedAt = performance.now();
  const writeAll = async () => {
    for (let some = take(source); some.length > 0; some = take(source)) {
      await archive.write(some.flatMap(({ changes }) => changes));
      for (const { changes, ...conversation } of some) {
        const said = changes.findLast((change) => change.type === 'message');
        conversations.push({ ...conversation, text: said?.message.text ?? '' });
      }
      onRound(conversations.length, count);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writeAll));
  const messages = conversations.reduce((sum, { lastSeq }) => sum + lastSeq, 0);
  const seconds = (performance.now() - startedAt) / 1000;
  return { conversations, messages, messagesPerSecond: Math.round(messages / seconds) };
}

function take(source: Iterator<PastConversation>): PastConversation[] {
  const some: PastConversation[] = [];
  while (some.length < CONVERSATIONS_AT_ONCE) {
    const { value, done } = source.next();
    if (done) break;
    some.push(value);
  }
  return some;
}
