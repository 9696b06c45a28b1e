/** Conversations at a constant rate, and how long after a message's acknowledgement PostgreSQL has it. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { SITES } from './past-conversations.ts';
import type { Stores } from './stores.ts';

const MESSAGES_PER_SECOND = 200;
const MESSAGES_OF_ONE = 10;

/** Returns the ids of the conversations, each with ten messages of which half are answers. */
export async function talk({ store }: Pick<Stores, 'store'>, messages: number): Promise<string[]> {
  const conversations = Array.from({ length: Math.ceil(messages / MESSAGES_OF_ONE) }, () => randomUUID());
  const startedAt = performance.now();
  const sending: Promise<void>[] = [];
  const turn = async (conversationId: string, index: number) => {
    const [id, turnId] = [randomUUID(), randomUUID()];
    const text = `Where is parcel ${index}, which should have come long ago?`;
    const visitor = { conversationId, siteId: SITES[0].id, visitorId: `v-${conversationId}` };
    const asker = { region: 'eu', locale: 'en', identified: false };
    await store.append({ ...visitor, id, text, at: Date.now(), turnId, asker });
    const message = {
      id: turnId,
      from: 'assistant',
      text: `It is on its way: ${index}.`,
      at: Date.now(),
      turnId,
    } as const;
    await store.endTurn(conversationId, turnId, { state: 'done', message });
  };
  for (let sent = 0; sent < messages; sent += 2) {
    await pause(Math.max(0, startedAt + (sent / MESSAGES_PER_SECOND) * 1000 - performance.now()));
    const conversationId = conversations[(sent / 2) % conversations.length];
    if (conversationId !== undefined) sending.push(turn(conversationId, sent));
  }
  await Promise.all(sending);
  return conversations;
}
