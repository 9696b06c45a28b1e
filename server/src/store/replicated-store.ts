/** Confirms messages only once replicas have them, for installations that must lose nothing in a failover. */
import { primaryOf, type Redis } from '../lib/redis-connection.ts';
import type { ConversationStore } from './conversation-store.ts';
import type { RedisKeys } from './keys.ts';

/** Prefix of Redis' own error when `min-replicas-to-write` is not met. */
const REFUSAL = 'NOREPLICAS';
/** A healthy replica confirms within one network round trip. */
const WAIT_MS = 500;

/**
 * Messages go through `writer`, a dedicated connection of the role `confirmed`, because waiting for replicas blocks all its
 * commands. Too few confirmations reject with an error that begins with `NOREPLICAS`; the message may be stored all
 * the same, and sending it again confirms it. Meanwhile one message at a time is tried and the others are refused.
 * @param onWriter the same store on `writer`
 * @param replicas how many replicas must have a message, at least 1
 */
export function createReplicatedStore(
  store: ConversationStore,
  onWriter: Pick<ConversationStore, 'append' | 'say'>,
  { writer, keys, replicas }: { writer: Redis; keys: RedisKeys; replicas: number },
): ConversationStore {
  let inProgress = 0;
  let wasConfirmed = true;

  const confirmed = async <T>(conversationId: string, write: () => Promise<T>): Promise<T> => {
    if (!wasConfirmed && inProgress > 0)
      throw new Error(`${REFUSAL} the last message is not confirmed by a replica yet`);
    inProgress += 1;
    try {
      const primary = () => primaryOf(writer, keys.head(conversationId));
      const before = primary();
      const connection = before?.stream;
      const outcome = await write();
      // WAIT covers only writes of its own connection; on a new one, or on another server, it would confirm anything.
      const isSame = before !== undefined && primary() === before && before.stream === connection;
      const confirmations = isSame ? await before.wait(replicas, WAIT_MS) : 0;
      wasConfirmed = confirmations >= replicas;
      if (!wasConfirmed) throw new Error(`${REFUSAL} ${confirmations} of ${replicas} replicas confirmed the write`);
      return outcome;
    } finally {
      inProgress -= 1;
    }
  };
  return {
    ...store,
    append: (message) => confirmed(message.conversationId, () => onWriter.append(message)),
    say: (id, ...message) => confirmed(id, () => onWriter.say(id, ...message)),
  };
}
