/** What agents and returning visitors read of the archive, each measured many times with other arguments. */
import { type Series, summarise } from '@firstword/server/evaluation/series';
import { writeCursor } from '@firstword/server/records/page-cursor';
import { createSeededRandom } from '../seeded-random.ts';
import type { ArchivedConversation } from './fill-archive.ts';
import { SITES } from './past-conversations.ts';
import type { Stores } from './stores.ts';

const limit = 50;
const siteIds = SITES.map(({ id }) => id);

export async function readAll(
  { archive, tickets, store }: Pick<Stores, 'archive' | 'tickets' | 'store'>,
  conversations: readonly ArchivedConversation[],
  rounds: number,
): Promise<Record<string, Series>> {
  const random = createSeededRandom(7);
  const oneOf = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new Error('There is nothing to read.');
    return item;
  };
  const spaced = conversations.filter(({ siteId }) => siteId !== 'shop-ja');
  const unspaced = conversations.filter(({ siteId }) => siteId === 'shop-ja');
  /** A word as frequent as a random word of a text is. */
  const word = () =>
    oneOf(
      oneOf(spaced)
        .text.split(/[^\p{L}\p{N}]+/u)
        .filter((part) => part.length > 3),
    );
  const cursor = () => {
    const { lastAt, id } = oneOf(conversations);
    return writeCursor([lastAt, id, 0]);
  };
  /** What the console's search asks of the database. */
  const searchEverything = (q: string) =>
    Promise.all([
      archive.list({ siteIds, limit: 5, q }),
      tickets.list({ siteIds, limit: 5, q, view: 'all', agentId: '' }),
      tickets.searchAnalyses(siteIds, q, 5),
    ]);
  const readings: Readonly<Record<string, () => Promise<unknown>>> = {
    'list, first page': () => archive.list({ siteIds, limit }),
    'list of one site': () => archive.list({ siteIds: [oneOf(siteIds)], limit }),
    'list, any page': () => archive.list({ siteIds, limit, cursor: cursor() }),
    'list, any page of those rated down': () => archive.list({ siteIds, limit, rated: 'down', cursor: cursor() }),
    'list, any page of those with a ticket': () => archive.list({ siteIds, limit, ticket: 'with', cursor: cursor() }),
    'list by a word': () => archive.list({ siteIds, limit, q: word() }),
    'list of one site by a word': () => archive.list({ siteIds: [oneOf(siteIds)], limit, q: word() }),
    'list by a part of a visitor id': () =>
      archive.list({ siteIds, limit, q: oneOf(conversations).visitorId.slice(0, 8) }),
    'search everything for a word': () => searchEverything(word()),
    'search a word': () => archive.searchMessages({ siteIds, limit, q: word() }),
    'search a word on one site': () => archive.searchMessages({ siteIds: [oneOf(siteIds)], limit, q: word() }),
    'search two words': () =>
      archive.searchMessages({ siteIds, limit, q: oneOf(spaced).text.split(' ').slice(-3, -1).join(' ') }),
    'search a Japanese word': () => archive.searchMessages({ siteIds, limit, q: oneOf(unspaced).text.slice(-4, -1) }),
    'read a conversation': () => archive.find(oneOf(conversations).id, siteIds, { limit }),
    'read earlier messages': () => archive.readBefore(oneOf(conversations).id, 9, limit),
    'restore a conversation': () => store.makeHot(oneOf(conversations).id),
  };
  const series: Record<string, Series> = {};
  for (const [name, read] of Object.entries(readings)) {
    const durations: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const startedAt = performance.now();
      await read();
      durations.push(performance.now() - startedAt);
    }
    series[name] = summarise(durations);
  }
  return series;
}
