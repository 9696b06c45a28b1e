import { createMemoryPushDeviceStore } from '@firstword/server/records/memory-push-device-store';
import { createPostgresPushDeviceStore } from '@firstword/server/records/postgres-push-device-store';
import type { PushDeviceStore } from '@firstword/server/records/push-device-store';
import { describe, expect, test } from 'vitest';
import { openAccountsDatabase } from './open-test-database.ts';

const STORES: Readonly<Record<string, (agentIds: readonly string[]) => Promise<PushDeviceStore>>> = {
  'in memory': async () => createMemoryPushDeviceStore(),
  'in PostgreSQL': async (agentIds) => createPostgresPushDeviceStore(await openAccountsDatabase(agentIds)),
};
const AT = 1_790_000_000_000;
const deviceOf = (id: string, agentId: string, addedAt: number) => ({
  ...{ id, agentId, addedAt, sessionId: 'first session', credential: 'c', device: 'Firefox' },
  subscription: {
    endpoint: `https://push.example/${id}`,
    keys: { p256dh: 'P'.repeat(87), auth: 'A'.repeat(22) },
    language: 'de' as const,
  },
});

describe.each(Object.entries(STORES))('push devices %s', (_name, open) => {
  test('are listed by agent, oldest first, are replaced by another session or agent, and are removed', async () => {
    const store = await open(['one', 'two']);
    const phone = deviceOf('phone', 'one', AT + 2);
    const laptop = deviceOf('laptop', 'one', AT + 1);
    for (const device of [phone, laptop, deviceOf('desk', 'two', AT)]) await store.save(device);
    expect(await store.ofAgents(['one'])).toEqual([laptop, phone]);
    expect(await store.ofAgents([])).toEqual([]);

    await store.pushed('laptop', AT + 9);
    await store.pushed('unknown', AT + 9);
    const again = { ...laptop, sessionId: 'next session', credential: 'd' };
    await store.save({ ...again, addedAt: AT + 7 });
    expect(await store.ofAgents(['one'])).toEqual([{ ...again, lastPushAt: AT + 9 }, phone]);
    await store.save({ ...phone, agentId: 'two' });
    expect((await store.ofAgents(['one', 'two'])).map(({ id, agentId }) => [id, agentId])).toEqual([
      ['desk', 'two'],
      ['laptop', 'one'],
      ['phone', 'two'],
    ]);
    await store.remove(['desk', 'phone', 'unknown']);
    await store.remove([]);
    expect((await store.ofAgents(['one', 'two'])).map(({ id }) => id)).toEqual(['laptop']);
  });
});
