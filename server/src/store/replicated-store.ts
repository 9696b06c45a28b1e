/** What is said counts once replicas have it: for installations that promise nothing lost when a replica takes over. */
import type { Redis } from 'ioredis';
import type { ConversationStore } from './conversation-store.ts';

/** The start of Redis' own refusal of a write for want of replicas, which `min-replicas-to-write` brings. */
const REFUSAL = 'NOREPLICAS';
/** A replica that is there answers within the time of a packet; Redis asks it at once. */
const WAIT_MS = 500;

/**
 * Messages go through `writer`, which must be of the role `confirmed` and of nobody else: it waits for replicas, and whoever
 * shared it would wait, too. One that too few replicas confirmed rejects with an error that begins with `NOREPLICAS`; it may be
 * stored all the same, and is confirmed when it is sent again. While that is so one message at a time is tried, and
 * the others are refused at once.
 * @param onWriter the store whose commands go through `writer`
 * @param replicas how many must have a message, from 1
 */
export function createReplicatedStore(
  store: ConversationStore,
  onWriter: Pick<ConversationStore, 'append' | 'say'>,
  { writer, replicas }: { writer: Redis; replicas: number },
): ConversationStore {
  let underWay = 0;
  let wasConfirmed = true;

  const confirmed = async <T>(write: () => Promise<T>): Promise<T> => {
    if (!wasConfirmed && underWay > 0) throw new Error(`${REFUSAL} the last message is not on a replica yet`);
    underWay += 1;
    try {
      const connection = writer.stream;
      const outcome = await write();
      // WAIT speaks of what its own connection wrote, and on a new one says yes to anything.
      const having = writer.stream === connection ? await writer.wait(replicas, WAIT_MS) : 0;
      wasConfirmed = having >= replicas;
      if (!wasConfirmed) throw new Error(`${REFUSAL} ${having} of ${replicas} replicas have what was written`);
      return outcome;
    } finally {
      underWay -= 1;
    }
  };
  return {
    ...store,
    append: (message) => confirmed(() => onWriter.append(message)),
    say: (...said) => confirmed(() => onWriter.say(...said)),
  };
}
