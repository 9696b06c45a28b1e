import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createConversationMerge } from '../src/conversation/conversation-merge.ts';
import type { ViewerEvent } from '../src/conversation/sink.ts';
import { createLog } from '../src/lib/log.ts';
import { type ConversationMerging, createConversationMerging } from '../src/store/conversation-merging.ts';
import {
  conversationId,
  evict,
  isCold,
  keys,
  message,
  openColdStoresForEachTest,
  redis,
  SITE,
  store,
  stored,
  talk,
  texts,
} from './cold-stores.ts';

openColdStoresForEachTest();

const into = { id: randomUUID(), siteId: SITE, visitorId: randomUUID() };

function mergeWith(changes: Partial<ConversationMerging> = {}) {
  const shown: ViewerEvent[] = [];
  const merge = createConversationMerge({
    merging: { ...createConversationMerging(redis, keys), ...changes },
    store,
    conversations: { stop: async () => false },
    tickets: {
      get: async () => undefined,
      open: () => Promise.reject(new Error('no ticket is open')),
      act: () => Promise.reject(new Error('no ticket is open')),
      pointerOf: async () => undefined,
      stored: () => Promise.reject(new Error('no ticket is open')),
    },
    copyFile: async () => {},
    sink: (_conversation, event) => void shown.push(event),
    now: Date.now,
    log: createLog('silent'),
  });
  return { merge, shown };
}

const merged = async () => (await store.readAfter(into.id, 0, 500)).map(({ text }) => text);
const setUpOther = async (text = 'Asked on the phone') => {
  Object.assign(into, { id: randomUUID(), visitorId: randomUUID() });
  await store.say(into.id, { id: randomUUID(), from: 'visitor', text, at: Date.now() }, into);
};

test('an evicted conversation is restored and merged, each message once', async () => {
  await setUpOther();
  await talk('one');
  await evict();
  expect(await isCold()).toBe(true);
  const { merge, shown } = mergeWith();
  await merge(conversationId, into);
  await merge(conversationId, into);
  expect(await merged()).toEqual(['Asked on the phone', 'one', 'About: one']);
  expect(shown).toHaveLength(2);
  await expect
    .poll(async () => (await stored.find(into.id, [SITE], { limit: 50 }))?.messages.map(({ text }) => text))
    .toEqual(await merged());
});

test('a merge that was interrupted after its first step is completed by the next attempt', async () => {
  await setUpOther();
  await talk('one');
  const dying = mergeWith({ add: () => Promise.reject(new Error('the process died here')) });
  await expect(dying.merge(conversationId, into)).rejects.toThrow('died');
  expect(await merged()).toEqual(['Asked on the phone']);
  const [one, two] = [mergeWith(), mergeWith()];
  await Promise.all([one.merge(conversationId, into), two.merge(conversationId, into)]);
  expect(await merged()).toEqual(['Asked on the phone', 'one', 'About: one']);
  expect(one.shown.length + two.shown.length).toBe(2);
});

test('a merged conversation accepts no message any more, and is listed for the person it belongs to', async () => {
  await setUpOther();
  await talk('one');
  await mergeWith().merge(conversationId, into);
  expect(await store.append(message('two'))).toEqual({ kind: 'closed' });
  expect(await texts()).toEqual(['one', 'About: one']);
  const listed = () => stored.list({ siteIds: [SITE], visitorId: into.visitorId, limit: 50 });
  await expect
    .poll(async () => (await listed()).conversations.map(({ id, responder }) => [id, responder]).toSorted())
    .toEqual(
      [
        [into.id, 'assistant'],
        [conversationId, 'closed'],
      ].toSorted(),
    );
});

test('an empty conversation leaves nothing behind', async () => {
  await setUpOther();
  await mergeWith().merge(conversationId, into);
  expect(await redis.exists(keys.head(conversationId))).toBe(0);
  expect(await merged()).toEqual(['Asked on the phone']);
});
