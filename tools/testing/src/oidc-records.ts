/** What a test's OpenID Connect provider keeps, in memory. Its own store warns that it is for development. */
import type { Adapter, AdapterPayload } from 'oidc-provider';

export function createOidcRecords(): (model: string) => Adapter {
  const records = new Map<string, AdapterPayload>();
  return (model) => {
    const keyOf = (id: string) => `${model} ${id}`;
    return {
      async upsert(id, payload) {
        records.set(keyOf(id), payload);
      },
      find: async (id) => records.get(keyOf(id)),
      findByUid: async (uid) => [...records.values()].find((record) => record.uid === uid),
      findByUserCode: async () => undefined,
      async consume(id) {
        const found = records.get(keyOf(id));
        if (found !== undefined) records.set(keyOf(id), { ...found, consumed: Math.floor(Date.now() / 1000) });
      },
      async destroy(id) {
        records.delete(keyOf(id));
      },
      async revokeByGrantId(grantId) {
        for (const [key, record] of records) if (record.grantId === grantId) records.delete(key);
      },
    };
  };
}
