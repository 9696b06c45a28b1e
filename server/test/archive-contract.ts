/** What every implementation of the archive does. */
import { randomUUID } from 'node:crypto';
import type { ArchiveChange, ConversationArchive } from '@firstword/server/records/conversation-archive';
import { CursorError } from '@firstword/server/records/page-cursor';
import type { Message } from '@firstword/shared/wire';
import { expect, test } from 'vitest';

const START = Date.UTC(2026, 4, 1);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A site of its own for each test, so that they share an archive. */
export const newSite = () => `site-${randomUUID().slice(0, 8)}`;

export function messageOf(seq: number, text: string, more: Partial<Message> = {}): Message {
  return { seq, id: `m${seq}`, from: seq % 2 === 1 ? 'visitor' : 'assistant', text, at: START + seq * MINUTE, ...more };
}

type Change = ArchiveChange extends infer Each
  ? Each extends ArchiveChange
    ? Omit<Each, 'siteId' | 'conversationId' | 'at'>
    : never
  : never;

/** Writes to one conversation. */
export function conversationOf(
  archive: ConversationArchive,
  siteId: string,
  visitorId = 'visitor-1',
  id: string = randomUUID(),
) {
  const change = (said: Change, at = START): ArchiveChange => ({ conversationId: id, siteId, at, visitorId, ...said });
  return {
    id,
    change,
    write: (...said: Change[]) => archive.write(said.map((each) => change(each))),
    messages: (...messages: Message[]) =>
      archive.write(messages.map((message) => change({ type: 'message', message }))),
  };
}

export function describeArchive(archiveOf: () => ConversationArchive): void {
  const page = { limit: 50 };

  test('a written conversation is found with its messages, as they were', async () => {
    const [archive, site] = [archiveOf(), newSite()];
    const { id, write, messages } = conversationOf(archive, site);
    const answer = messageOf(2, 'Within 30 days.', {
      turnId: 't1',
      state: 'done',
      citations: [{ n: 1, title: 'Returns', url: '/help/returns' }],
    });
    await messages(messageOf(1, 'How long may I return it?'), answer);
    await write({ type: 'responder', responder: 'waiting-agent', ticketId: 'ticket-1', locale: 'de' });
    expect(await archive.find(id, [site], page)).toEqual({
      conversation: {
        id,
        siteId: site,
        visitorId: 'visitor-1',
        locale: 'de',
        startedAt: START,
        lastAt: answer.at,
        lastSeq: 2,
        firstLine: 'How long may I return it?',
        responder: 'waiting-agent',
        ticketId: 'ticket-1',
        ratings: { up: 0, down: 0 },
      },
      messages: [messageOf(1, 'How long may I return it?'), answer],
      earlier: false,
      ratings: [],
    });
  });

  test('repeating changes, in whole or from the middle, has no effect', async () => {
    const [archive, site] = [archiveOf(), newSite()];
    const { id, change } = conversationOf(archive, site);
    const changes = [
      change({ type: 'message', message: messageOf(1, 'Hello') }),
      change({ type: 'message', message: messageOf(2, 'Hello! How can I help?') }),
      change({ type: 'message-rated', messageId: 'm2', value: 'up' }),
      change({ type: 'responder', responder: 'agent' }),
      change({ type: 'message-rated', messageId: 'm2', value: 'down', reason: 'too short' }),
      change({ type: 'conversation-rated', score: 4, comment: 'Thank you' }),
    ];
    await archive.write(changes);
    const once = await archive.find(id, [site], page);
    await archive.write(changes.slice(1));
    await archive.write(changes);
    expect(await archive.find(id, [site], page)).toEqual(once);
    expect(once).toMatchObject({
      conversation: {
        lastSeq: 2,
        responder: 'agent',
        ratings: { up: 0, down: 1 },
        satisfaction: { score: 4, comment: 'Thank you' },
      },
      ratings: [{ messageId: 'm2', value: 'down', reason: 'too short' }],
    });
  });

  test('a conversation has its region, and whether the site has verified the visitor', async () => {
    const [archive, site] = [archiveOf(), newSite()];
    const { id, write, messages } = conversationOf(archive, site);
    await write({ type: 'message', message: messageOf(1, 'Hello'), region: 'eu', identified: true });
    await messages(messageOf(2, 'Hello! How can I help?'));
    expect(await archive.find(id, [site], page)).toMatchObject({ region: 'eu', identified: true });
  });

  test('what the site states about a visitor is never mixed with what the visitor typed', async () => {
    const [archive, site] = [archiveOf(), newSite()];
    const { id, write } = conversationOf(archive, site);
    const profile = { subject: '4711', name: 'Ada', attributes: { plan: 'pro', seats: 4, trial: false } };
    await write({ type: 'visitor', preChat: { name: 'Verified ✔', email: 'typed@example.com' } });
    await write({ type: 'identified', profile });
    await write({ type: 'visitor', preChat: { name: 'Typed later', email: 'later@example.com' } });
    const found = await archive.find(id, [site], page);
    expect(found?.conversation).toMatchObject({ name: 'Ada', verified: true });
    expect(found?.conversation).not.toHaveProperty('email');
    expect(found).toMatchObject({ profile, preChat: { name: 'Typed later', email: 'later@example.com' } });
    await write({ type: 'identified', profile: { subject: '4711', email: 'ada@example.com' } });
    const later = await archive.find(id, [site], page);
    expect(later?.conversation).toMatchObject({ email: 'ada@example.com' });
    expect(later?.conversation).not.toHaveProperty('name');
  });

  test('what the visitor says about themselves is merged', async () => {
    const [archive, site] = [archiveOf(), newSite()];
    const { id, write } = conversationOf(archive, site);
    await write({ type: 'visitor', preChat: { name: 'Ada', question: 'Order number?', answer: '17' } });
    await write({ type: 'visitor', preChat: { email: 'ada@example.com' } });
    expect(await archive.find(id, [site], page)).toMatchObject({
      conversation: { name: 'Ada', email: 'ada@example.com', firstLine: '', lastSeq: 0 },
      preChat: { name: 'Ada', question: 'Order number?', answer: '17', email: 'ada@example.com' },
    });
  });

  test('history is read in pages, backwards and forwards', async () => {
    const [archive, site] = [archiveOf(), newSite()];
    const { id, messages } = conversationOf(archive, site);
    await messages(...Array.from({ length: 7 }, (_, index) => messageOf(index + 1, `message ${index + 1}`)));
    const seqs = (found: readonly Message[] | undefined) => found?.map(({ seq }) => seq);
    expect(seqs(await archive.readBefore(id, 6, 3))).toEqual([3, 4, 5]);
    expect(seqs(await archive.readAfter(id, 2, 3))).toEqual([3, 4, 5]);
    const newest = await archive.find(id, [site], { limit: 3 });
    expect([seqs(newest?.messages), newest?.earlier]).toEqual([[5, 6, 7], true]);
    const oldest = await archive.find(id, [site], { limit: 3, before: 4 });
    expect([seqs(oldest?.messages), oldest?.earlier]).toEqual([[1, 2, 3], false]);
  });

  test('nothing of another site is found, listed or searched', async () => {
    const [archive, site, other] = [archiveOf(), newSite(), newSite()];
    const { id, messages } = conversationOf(archive, site);
    await messages(messageOf(1, 'a teapot'));
    for (const siteIds of [[other], []]) {
      expect(await archive.find(id, siteIds, page)).toBeUndefined();
      expect(await archive.list({ ...page, siteIds })).toEqual({ conversations: [] });
      expect(await archive.list({ ...page, siteIds, q: id })).toEqual({ conversations: [] });
      expect(await archive.searchMessages({ ...page, siteIds, q: 'teapot' })).toEqual({ messages: [] });
    }
  });

  test('the list is read in pages, the newest message first, also where times are equal and while others arrive', async () => {
    const [archive, site] = [archiveOf(), newSite()];
    const ids = Array.from({ length: 5 }, (_, index) => `c${index}-${site}`);
    const at = [1, 2, 2, 2, 3];
    for (const [index, id] of ids.entries())
      await conversationOf(archive, site, 'v', id).messages(messageOf(1, 'Hello', { at: START + (at[index] ?? 0) }));
    const first = await archive.list({ siteIds: [site], limit: 2 });
    await conversationOf(archive, site).messages(messageOf(1, 'I am new', { at: START + DAY }));
    const second = await archive.list({ siteIds: [site], limit: 2, cursor: first.next });
    const third = await archive.list({ siteIds: [site], limit: 2, cursor: second.next });
    const found = [first, second, third].flatMap(({ conversations }) => conversations.map(({ id }) => id));
    expect(found).toEqual([ids[4], ids[3], ids[2], ids[1], ids[0]]);
    expect(third.next).toBeUndefined();
  });

  test('a text that is not a cursor is refused', async () => {
    const archive = archiveOf();
    const one = conversationOf(archive, newSite());
    await one.messages(messageOf(1, 'Hello'));
    for (const cursor of ['no', Buffer.from('[1]').toString('base64url')]) {
      await expect(archive.list({ siteIds: ['x'], limit: 1, cursor })).rejects.toThrow(CursorError);
      await expect(archive.searchMessages({ siteIds: ['x'], limit: 1, q: 'a', cursor })).rejects.toThrow(CursorError);
    }
  });

  test('the list is filtered by responder, ticket, rating, visitor and time', async () => {
    const [archive, site] = [archiveOf(), newSite()];
    const plain = conversationOf(archive, site, 'visitor-1');
    const special = conversationOf(archive, site, 'visitor-2');
    await plain.messages(messageOf(1, 'Hello'));
    await special.messages(messageOf(1, 'Hello', { at: START + DAY }));
    await special.write(
      { type: 'responder', responder: 'agent', ticketId: 'ticket-2' },
      { type: 'message-rated', messageId: 'm2', value: 'down' },
    );
    const idsOf = async (filter: Partial<Parameters<ConversationArchive['list']>[0]>) =>
      (await archive.list({ siteIds: [site], limit: 10, ...filter })).conversations.map(({ id }) => id);
    for (const filter of [
      { responder: 'agent' },
      { ticket: 'with' },
      { rated: 'down' },
      { visitorId: 'visitor-2' },
      { from: START + DAY },
    ] as const)
      expect([filter, await idsOf(filter)]).toEqual([filter, [special.id]]);
    for (const filter of [{ responder: 'assistant' }, { ticket: 'without' }, { to: START + DAY }] as const)
      expect([filter, await idsOf(filter)]).toEqual([filter, [plain.id]]);
    expect(await idsOf({ rated: 'up' })).toEqual([]);
    const count = (filter: object, max = 10) => archive.count({ siteIds: [site], ...filter }, max);
    expect([await count({}), await count({}, 1), await count({ rated: 'down' })]).toEqual([2, 1, 1]);
    expect([
      await count({ q: 'hello' }),
      await count({ q: 'absent' }),
      await archive.count({ siteIds: [] }, 10),
    ]).toEqual([2, 0, 0]);
  });

  test('the list is filtered by language, verified visitors, unsupported answers, and what is live', async () => {
    const [archive, site] = [archiveOf(), newSite()];
    const plain = conversationOf(archive, site, 'visitor-1');
    const special = conversationOf(archive, site, 'visitor-2');
    const closed = conversationOf(archive, site, 'visitor-3');
    await plain.write({ type: 'message', locale: 'en', message: messageOf(1, 'Hello') });
    const answer = messageOf(2, 'Perhaps.', { unsupported: ['Perhaps.'], at: START + DAY });
    await special.write(
      { type: 'message', locale: 'de-AT', message: messageOf(1, 'Hallo') },
      { type: 'message', locale: 'de-AT', message: answer },
      { type: 'identified', profile: { subject: 'ada', name: 'Ada' } },
    );
    await closed.messages(messageOf(1, 'Hello', { at: START + DAY }));
    await closed.write({ type: 'closed' }, { type: 'responder', responder: 'closed' });
    const idsOf = async (filter: Partial<Parameters<ConversationArchive['list']>[0]>) =>
      (await archive.list({ siteIds: [site], limit: 10, ...filter })).conversations.map(({ id }) => id);
    for (const filter of [
      { language: 'de' },
      { verified: 'yes' },
      { unsupported: 'yes' },
      { liveSince: START + DAY },
      { language: 'de', verified: 'yes', unsupported: 'yes', liveSince: START },
    ] as const)
      expect([filter, await idsOf(filter)]).toEqual([filter, [special.id]]);
    expect(await idsOf({ language: 'en', verified: 'yes' })).toEqual([]);
  });

  test('the list is searched by words of messages, and by parts of names, addresses and ids', async () => {
    const [archive, site] = [archiveOf(), newSite()];
    const { id, write, messages } = conversationOf(archive, site, `visitor-${site}`);
    await messages(messageOf(1, 'The blue teapot arrived broken'), messageOf(2, 'I am sorry.'));
    await write({ type: 'visitor', preChat: { name: 'Ada Lovelace', email: 'ada@example.com' } });
    await conversationOf(archive, site).messages(messageOf(1, 'a blue kettle'));
    for (const q of ['teapot blue', 'lovel', 'ADA@EXAMPLE', id.slice(3, 12), `visitor-${site}`])
      expect([q, (await archive.list({ siteIds: [site], limit: 9, q })).conversations.map((each) => each.id)]).toEqual([
        q,
        [id],
      ]);
    for (const q of ['teapot kettle', '100%', '_', '!!!'])
      expect([q, await archive.list({ siteIds: [site], limit: 9, q })]).toEqual([q, { conversations: [] }]);
  });

  test('a name is found by one or two of its letters, in any script', async () => {
    const [archive, site] = [archiveOf(), newSite()];
    const { id, write, messages } = conversationOf(archive, site);
    await messages(messageOf(1, 'Hello'));
    await write({ type: 'visitor', preChat: { name: '山田太郎 Bo', email: 'Ö@example.com' } });
    for (const q of ['山', '田太', '山田太郎', 'bo', '郎 b', 'ö', 'ö@'])
      expect([q, (await archive.list({ siteIds: [site], limit: 9, q })).conversations.map((each) => each.id)]).toEqual([
        q,
        [id],
      ]);
    for (const q of ['田山', 'ob', 'q'])
      expect([q, await archive.list({ siteIds: [site], limit: 9, q })]).toEqual([q, { conversations: [] }]);
  });

  test('a found conversation has the words that were found, in the first message that has them', async () => {
    const [archive, site] = [archiveOf(), newSite()];
    const { messages, write } = conversationOf(archive, site);
    const long = `${'Before that, many other words were said. '.repeat(10)}My blue Téapot <b>broke</b>, that blue one. ${'And more. '.repeat(30)}`;
    await messages(messageOf(1, 'Hello'), messageOf(3, long), messageOf(4, 'A blue teapot?'));
    await write({ type: 'visitor', preChat: { name: 'Ada Lovelace' } });
    const matchOf = async (q: string) =>
      (await archive.list({ siteIds: [site], limit: 9, q })).conversations.map(({ match }) => match)[0];
    const match = await matchOf('teapot BLUE');
    expect(match?.seq).toBe(3);
    expect(match?.marks.map(([start, end]) => match.excerpt.slice(start, end))).toEqual(['blue', 'Téapot', 'blue']);
    expect(match?.excerpt).toMatch(/^….*My blue Téapot <b>broke<\/b>, that blue one\. .*…$/);
    expect(match?.excerpt.length).toBeLessThan(165);
    expect(await matchOf('lovelace')).toBeUndefined();
  });

  test('messages are searched over all conversations, in pages, the newest first', async () => {
    const [archive, site] = [archiveOf(), newSite()];
    const one = conversationOf(archive, site);
    const other = conversationOf(archive, site);
    await one.messages(messageOf(1, 'the parcel'), messageOf(2, 'Which parcel?'), messageOf(3, 'mine'));
    await other.messages(messageOf(4, 'A parcel is missing'));
    const first = await archive.searchMessages({ siteIds: [site], q: 'Parcel', limit: 2 });
    expect(first.messages).toEqual([
      { conversationId: other.id, siteId: site, message: messageOf(4, 'A parcel is missing') },
      { conversationId: one.id, siteId: site, message: messageOf(2, 'Which parcel?') },
    ]);
    const second = await archive.searchMessages({ siteIds: [site], q: 'Parcel', limit: 2, cursor: first.next });
    expect(second).toEqual({
      messages: [{ conversationId: one.id, siteId: site, message: messageOf(1, 'the parcel') }],
    });
  });

  test('an erased conversation is gone, and a late or repeated change does not bring it back', async () => {
    const [archive, site] = [archiveOf(), newSite()];
    const { id, change, messages, write } = conversationOf(archive, site);
    await messages(messageOf(1, 'a secret teapot'));
    await archive.write([change({ type: 'message', message: messageOf(2, 'Oh') }), change({ type: 'erased' })]);
    await messages(messageOf(1, 'a secret teapot'), messageOf(3, 'late'));
    await write({ type: 'responder', responder: 'agent' }, { type: 'message-rated', messageId: 'm1', value: 'up' });
    expect(await archive.find(id, [site], page)).toBeUndefined();
    expect(await archive.list({ ...page, siteIds: [site] })).toEqual({ conversations: [] });
    expect(await archive.searchMessages({ ...page, siteIds: [site], q: 'teapot' })).toEqual({ messages: [] });
    expect(await archive.readAfter(id, 0, 10)).toEqual([]);
  });

  test('a conversation that is erased before anything of it was written stays away', async () => {
    const [archive, site] = [archiveOf(), newSite()];
    const { id, messages, write } = conversationOf(archive, site);
    await write({ type: 'erased' });
    await messages(messageOf(1, 'late'));
    expect(await archive.find(id, [site], page)).toBeUndefined();
  });

  test('everything of a visitor is exported, and erased', async () => {
    const [archive, site] = [archiveOf(), newSite()];
    const [first, second] = [conversationOf(archive, site, 'ada'), conversationOf(archive, site, 'ada')];
    const other = conversationOf(archive, site, 'bob');
    await first.messages(messageOf(1, 'one'), messageOf(2, 'two'));
    await archive.write([second.change({ type: 'message', message: messageOf(1, 'three') }, START + DAY)]);
    await other.messages(messageOf(1, 'of another visitor'));
    const exported = [];
    for await (const each of archive.exportVisitor(site, 'ada')) exported.push(each);
    expect(exported.map(({ detail, messages }) => [detail.conversation.id, messages.map(({ text }) => text)])).toEqual([
      [first.id, ['one', 'two']],
      [second.id, ['three']],
    ]);
    expect(new Set(await archive.eraseVisitor(site, 'ada', START + DAY))).toEqual(new Set([first.id, second.id]));
    expect((await archive.list({ ...page, siteIds: [site] })).conversations.map(({ id }) => id)).toEqual([other.id]);
    for await (const _ of archive.exportVisitor(site, 'ada')) throw new Error('something is left');
  });

  test('the pre-chat form stays when the conversation goes on', async () => {
    const [archive, site] = [archiveOf(), newSite()];
    const { id, messages, write } = conversationOf(archive, site);
    await write({ type: 'visitor', preChat: { name: 'Ada' } });
    await messages(messageOf(1, 'Hello'));
    await write({ type: 'visitor', preChat: { email: 'ada@mail.example' } });
    await messages(messageOf(2, 'Are you there?'));
    expect((await archive.find(id, [site], page))?.preChat).toEqual({ name: 'Ada', email: 'ada@mail.example' });
  });

  test('conversations are found by their visitor, or by an address in any case', async () => {
    const [archive, site] = [archiveOf(), newSite()];
    const [known, named] = [conversationOf(archive, site, 'ada'), conversationOf(archive, site, 'bob')];
    await known.messages(messageOf(1, 'one'));
    await named.messages(messageOf(1, 'two'));
    await named.write({ type: 'visitor', preChat: { email: 'Ada_100%@mail.example' } });
    const found = async (who: object, sites = [site]) =>
      (await archive.conversationsOf({ siteIds: sites, ...who })).map(({ conversationId }) => conversationId);
    expect(await found({ visitorId: 'ada' })).toEqual([known.id]);
    expect(await found({ email: 'ada_100%@MAIL.example' })).toEqual([named.id]);
    expect(await found({ email: 'adax100%@mail.example' })).toEqual([]);
    expect(await found({ visitorId: 'ada' }, [newSite()])).toEqual([]);
    await named.write({ type: 'erased' });
    expect(await found({ email: 'ada_100%@mail.example' })).toEqual([]);
  });

  test('inactive conversations are listed in pages, the oldest first', async () => {
    const [archive, site] = [archiveOf(), newSite()];
    const ids: string[] = [];
    for (const day of [1, 0, 0, 2]) {
      const { id, messages } = conversationOf(archive, site);
      await messages(messageOf(1, 'Hello', { at: START + day * DAY }));
      ids.push(id);
    }
    const [later = '', ...both] = ids.slice(0, 3);
    const first = await archive.listInactive(site, START + 2 * DAY, { limit: 2 });
    expect(first.ids).toEqual(both.sort());
    expect(await archive.listInactive(site, START + 2 * DAY, { limit: 2, cursor: first.next })).toEqual({
      ids: [later],
    });
  });

  test('what is left of an erased conversation is deleted later', async () => {
    const [archive, site] = [archiveOf(), newSite()];
    const { id, write, messages } = conversationOf(archive, site);
    await write({ type: 'erased' });
    await archive.forgetErased(START);
    await messages(messageOf(1, 'too soon'));
    expect(await archive.readAfter(id, 0, 9)).toEqual([]);
    await archive.forgetErased(START + 1);
    await messages(messageOf(1, 'forgotten'));
    expect(await archive.readAfter(id, 0, 9)).toHaveLength(1);
  });

  test('a filled-in form is not a conversation before its first message', async () => {
    const [archive, site] = [archiveOf(), newSite()];
    const { id, write, messages } = conversationOf(archive, site);
    await write({ type: 'visitor', preChat: { name: 'Ada' } });
    expect(await archive.list({ ...page, siteIds: [site] })).toEqual({ conversations: [] });
    await messages(messageOf(1, 'Hello'));
    const { conversations } = await archive.list({ ...page, siteIds: [site] });
    expect(conversations).toMatchObject([{ id, name: 'Ada', firstLine: 'Hello', lastSeq: 1 }]);
  });

  test('what leaves Redis is known by the ids of complete conversations, and comes back with its end', async () => {
    const [archive, site] = [archiveOf(), newSite()];
    const whole = conversationOf(archive, site);
    const gap = conversationOf(archive, site);
    await whole.messages(messageOf(1, 'Hello'), messageOf(2, 'Yes?'), messageOf(3, 'Bye'));
    await whole.write(
      { type: 'message-rated', messageId: 'm2', value: 'up', reason: 'kind' },
      { type: 'conversation-rated', score: 4 },
    );
    await gap.messages(messageOf(1, 'Hello'), messageOf(3, 'Bye'));
    expect(await archive.completeIds([whole.id, gap.id, randomUUID()])).toEqual(
      new Map([[whole.id, ['m1', 'm2', 'm3']]]),
    );
    expect(await archive.completeIds([])).toEqual(new Map());
    expect(await archive.readTail(whole.id, 2)).toEqual({
      messages: [messageOf(2, 'Yes?'), messageOf(3, 'Bye')],
      earlier: [{ seq: 1, id: 'm1', from: 'visitor', text: 'Hello' }],
      ratings: [
        { of: 'message', messageId: 'm2', value: 'up', reason: 'kind' },
        { of: 'conversation', score: 4 },
      ],
    });
    expect(await archive.readTail(randomUUID(), 2)).toEqual({ messages: [], earlier: [], ratings: [] });
  });

  test('text that PostgreSQL cannot hold is stored without the characters in question', async () => {
    const [archive, site] = [archiveOf(), newSite()];
    const { id, messages, write } = conversationOf(archive, site);
    await messages(messageOf(1, 'before\u0000after \ud800 end'));
    await write(
      { type: 'visitor', locale: 'e\u0000', preChat: { name: 'A\u0000da' } },
      { type: 'conversation-rated', score: 5, comment: '\udfff' },
    );
    expect((await archive.readAfter(id, 0, 9)).map(({ text }) => text)).toEqual(['before\ufffdafter \ufffd end']);
    const found = await archive.find(id, [site], page);
    const { name, locale, satisfaction } = found?.conversation ?? {};
    expect([name, locale, satisfaction?.comment]).toEqual(['A\ufffdda', 'e\ufffd', '\ufffd']);
  });
}
