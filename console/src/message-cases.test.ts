import type { NewCase, SavedCase } from '@firstword/shared/evaluation-case';
import type { Message } from '@firstword/shared/wire';
import { expect, test } from 'vitest';
import { createMessageCases, type WrittenCase } from './message-cases.ts';

const QUESTION: Message = { id: 'm3', seq: 3, from: 'visitor', text: 'Is returning free?', at: 3 };
const TARGET = { conversationId: 'c1', siteId: 'shop', question: QUESTION, messages: [QUESTION] };
const WRITTEN: WrittenCase = { conversation: ['Is returning free?'], facts: ['free'], kind: 'any' };
const REFUSED = { ok: false, code: 'unavailable', message: 'The database does not answer.' } as const;

function setUp() {
  const scripted = { away: false, cases: new Map<string, SavedCase>(), reads: [] as string[] };
  const messageCases = createMessageCases({
    async readCases(site, conversation) {
      scripted.reads.push(`${site} ${conversation}`);
      return scripted.away ? REFUSED : { ok: true, value: { cases: [...scripted.cases.values()] } };
    },
    async addCase({ site, conversation, conversationId = '', seq, facts = [] }: NewCase) {
      if (scripted.away) return REFUSED;
      const id = `${conversationId}.${seq}`;
      const saved: SavedCase = {
        ...{ id, siteId: site, conversationId, conversation, facts, absent: [], kind: 'any', note: '' },
        ...{ savedAt: 1, by: 'Ada' },
      };
      scripted.cases.set(id, saved);
      return { ok: true, value: saved };
    },
    async removeCase(id) {
      if (scripted.away) return REFUSED;
      scripted.cases.delete(id);
      return { ok: true, value: undefined };
    },
  });
  return { scripted, messageCases };
}

async function chosen({ stored, choose }: ReturnType<typeof setUp>['messageCases']) {
  choose(TARGET);
  await expect.poll(() => stored.busy.value).toBe(false);
}

test('what was added is removed by its undo, and a failed undo can be repeated', async () => {
  const { scripted, messageCases } = setUp();
  await chosen(messageCases);
  expect([scripted.reads, messageCases.known.value]).toEqual([['shop c1'], undefined]);
  expect(await messageCases.add(WRITTEN)).toBe(true);
  expect([...scripted.cases.keys()]).toEqual(['c1.3']);
  scripted.away = true;
  messageCases.notice.value?.undo?.();
  await expect.poll(() => messageCases.notice.value?.text).toContain('The database does not answer.');
  scripted.away = false;
  messageCases.notice.value?.undo?.();
  await expect.poll(() => messageCases.notice.value).toEqual({ caseId: 'c1.3', text: 'Removed from test cases.' });
  expect(scripted.cases.size).toBe(0);
});

test('what was replaced comes back by its undo', async () => {
  const { scripted, messageCases } = setUp();
  await chosen(messageCases);
  await messageCases.add(WRITTEN);
  await chosen(messageCases);
  expect(messageCases.known.value?.facts).toEqual(['free']);
  await messageCases.add({ ...WRITTEN, facts: ['30 days'] });
  messageCases.notice.value?.undo?.();
  await expect.poll(() => scripted.cases.get('c1.3')?.facts).toEqual(['free']);
});

test('a refused case says why, and stays in the form', async () => {
  const { scripted, messageCases } = setUp();
  await chosen(messageCases);
  scripted.away = true;
  expect([await messageCases.add(WRITTEN), messageCases.failure.value, messageCases.notice.value]).toEqual([
    ...[false, 'The database does not answer.', undefined],
  ]);
});
