import { createDatabase, type Database } from '@firstword/server/records/database';
import { createMemoryConversationArchive } from '@firstword/server/records/memory-conversation-archive';
import { createPostgresConversationArchive } from '@firstword/server/records/postgres-conversation-archive';
import { silentLog } from '@firstword/testing/silent-log';
import { createTestDatabase, type TestDatabase } from '@firstword/testing/test-database';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { conversationOf, describeArchive, messageOf, newSite } from './archive-contract.ts';

let given: TestDatabase;
let database: Database;
beforeAll(async () => {
  given = await createTestDatabase();
  database = createDatabase(given.url, silentLog);
});
afterAll(async () => {
  await database.close();
  await given.drop();
});
const archiveIn = (locale: string) => createPostgresConversationArchive(database, () => locale);

describe('the archive in memory', () => {
  const archive = createMemoryConversationArchive();
  describeArchive(() => archive);
});

describe('the archive in PostgreSQL, where every word is frequent', () => {
  describeArchive(() => createPostgresConversationArchive(database, () => 'en', 0));
});

describe('the archive in PostgreSQL', () => {
  describeArchive(() => archiveIn('en'));

  const cases = [
    [
      'de-AT',
      'Die Größe der zurückgesendeten Übergröße passt nicht',
      ['grosse', 'Übergrößen', 'zurückgesendet', 'zuruckgesendete'],
    ],
    ['en', 'Are returned parcels refunded?', ['return', 'refunding', 'parcel', '"returned parcels"']],
    ['en', 'Quand arrive mon café crème ?', ['cafe', 'crème']],
    ['fr', 'Quand arrivent les commandes expédiées ?', ['commande', 'expediee']],
    ['ja', '返品の送料はいくらですか', ['返品', '送料', '品', 'いくら']],
    ['zh', '我想退货，运费谁付？', ['退货', '运费', '我想退货 运费']],
    ['ko', '반품은 어떻게 하나요', ['반품', '어떻게']],
    ['xx', 'kupyq parduotas', ['kupyq']],
  ] as const;
  for (const [locale, text, queries] of cases)
    test(`words of “${text}” are found as visitors and agents write them`, async () => {
      const [archive, site] = [archiveIn(locale), newSite()];
      await conversationOf(archive, site).messages(messageOf(1, text), messageOf(2, 'no 的 の 은 d'));
      for (const q of queries) {
        const { messages } = await archive.searchMessages({ siteIds: [site], q, limit: 9 });
        expect([q, messages.map(({ message }) => message.seq)]).toEqual([q, [1]]);
      }
    });

  test.each([
    ['en', 'Are returned parcels refunded?', 'refunds return', ['returned', 'refunded']],
    ['de', 'Die Größe meiner Übergrößen passt nicht', 'grosse', ['Größe']],
    ['ja', '返品の送料はいくらですか', '送料', ['送料']],
    ['zh', '我想退货，运费谁付？', '想退货 运费', ['想退货', '运费']],
    ['en', 'It is 50% (really) off: a-b+c', '50% really', ['50', 'really']],
  ] as const)(
    'the words that were found are marked as the %s message spells them: %s',
    async (locale, text, q, words) => {
      const [archive, site] = [archiveIn(locale), newSite()];
      await conversationOf(archive, site).messages(messageOf(1, text));
      const [found] = (await archive.list({ siteIds: [site], q, limit: 9 })).conversations;
      expect(found?.match?.marks.map(([start, end]) => text.slice(start, end))).toEqual(words);
    },
  );

  test('what looks like an operator is only text', async () => {
    const [archive, site] = [archiveIn('en'), newSite()];
    await conversationOf(archive, site).messages(messageOf(1, "it's (really) broken: 50% & more | less"));
    for (const q of [
      "'",
      "it's",
      '(really',
      'broken:*',
      '50%',
      'a & b |',
      '\\',
      '!',
      "'; drop table messages; --",
      "你' 好",
    ])
      await expect(archive.searchMessages({ siteIds: [site], q, limit: 9 })).resolves.toBeDefined();
    expect((await archive.searchMessages({ siteIds: [site], q: 'really broken', limit: 9 })).messages).toHaveLength(1);
  });

  test('writers and an erasure at the same time leave nothing of the erased conversation', async () => {
    const [archive, site] = [archiveIn('en'), newSite()];
    const one = conversationOf(archive, site);
    const other = conversationOf(archive, site);
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        archive.write([
          other.change({ type: 'message', message: messageOf(index + 1, 'kept') }),
          one.change({ type: 'message', message: messageOf(index + 1, 'gone') }),
          ...(index === 7 ? [one.change({ type: 'erased' })] : []),
        ]),
      ),
    );
    expect(await archive.readAfter(one.id, 0, 50)).toEqual([]);
    expect(await archive.readAfter(other.id, 0, 50)).toHaveLength(20);
  });
});
