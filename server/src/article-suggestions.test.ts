import type { Proposal } from '@firstword/shared/proposal';
import type { Message } from '@firstword/shared/wire';
import { expect, test } from 'vitest';
import { createArticleSuggestions } from './article-suggestions.ts';
import { createKnowledge } from './knowledge/knowledge.ts';

const MINUTE_MS = 60_000;
const knowledge = createKnowledge([]);

/** Every conversation is one question, by its id, and an answer. */
function openSuggestions(questions: Record<string, string>, known: Proposal[] = []) {
  const proposals = [...known];
  const suggestions = createArticleSuggestions({
    knowledgeOf: () => knowledge,
    store: {
      async snapshot(conversationId) {
        const at = { at: 1, turnId: 't' };
        const messages: Message[] = [
          { ...at, id: 'q', seq: 1, from: 'visitor', text: questions[conversationId] ?? '' },
          { ...at, id: 'a', seq: 2, from: 'assistant', text: 'An answer.' },
        ];
        return { ...EMPTY_SNAPSHOT, messages };
      },
    },
    proposals: {
      list: async () => proposals,
      async draftFor(siteId, { conversationId, question, origin }) {
        proposals.push(proposalOf({ siteId, conversationIds: [conversationId], question, origin, by: origin }));
      },
    },
  });
  const rate = (conversationId: string, value: 'up' | 'down' = 'down') =>
    suggestions.rated({
      ...{ v: 1, eventId: '1-0', at: 1, siteId: 'acme', conversationId, type: 'rated' },
      rating: { of: 'message', messageId: 'a', value },
    });
  return { suggestions, rate, made: () => proposals.slice(known.length) };
}

const EMPTY_SNAPSHOT = { responder: 'assistant', lastSeq: 2, hasOlder: false } as const;
const proposalOf = (change: Partial<Proposal>): Proposal => ({
  ...{ id: crypto.randomUUID(), siteId: 'acme', state: 'open', question: '', title: '', body: '' },
  ...{ conversationIds: [], articles: [], createdAt: Date.now() - MINUTE_MS, by: 'owner' },
  ...change,
});

test('a thumbs-down proposes an article for the question before the answer, once', async () => {
  const { rate, made } = openSuggestions({ c1: 'Hello!\nDo you repair bicycles in Oslo?' });
  await rate('c1', 'up');
  expect(made()).toEqual([]);
  await rate('c1');
  await rate('c1');
  expect(made()).toMatchObject([
    { conversationIds: ['c1'], question: 'Do you repair bicycles in Oslo?', origin: 'rating', state: 'open' },
  ]);
});

test('a reply that an agent rewrote does the same, and one whose style was corrected does not', async () => {
  const { suggestions, made } = openSuggestions({ c1: 'Do you repair bicycles?', c2: 'Do you sell violins?' });
  await suggestions.edited({ siteId: 'acme', conversationId: 'c1' }, 0.05);
  await suggestions.edited({ siteId: 'acme', conversationId: 'c2' }, 0.5);
  expect(made()).toMatchObject([{ conversationIds: ['c2'], origin: 'edit' }]);
});

test('the same matter is proposed again only after its article was accepted', async () => {
  const question = 'Do you repair bicycles in Oslo?';
  for (const [state, count] of [
    ['open', 0],
    ['rejected', 0],
    ['accepted', 1],
  ] as const) {
    const { rate, made } = openSuggestions({ c2: 'Can you repair bicycles in Oslo' }, [
      proposalOf({ state, question }),
    ]);
    await rate('c2');
    expect(made()).toHaveLength(count);
  }
});

test('a site gets five proposals a day, those that were requested not counted', async () => {
  const matters = ['violins', 'lamps', 'carpets', 'shelves', 'mirrors', 'curtains'];
  const { rate, made } = openSuggestions(Object.fromEntries(matters.map((one) => [one, `Are ${one} sold?`])), [
    proposalOf({ question: 'Where is the showroom?' }),
  ]);
  for (const matter of matters) await rate(matter);
  expect(made().map(({ conversationIds }) => conversationIds[0])).toEqual(matters.slice(0, 5));
});
