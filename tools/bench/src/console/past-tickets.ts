/** Made-up tickets of past conversations, four of ten resolved. The same conversations get the same ones. */
import { type RunRecord, runIdOf } from '@firstword/server/records/ticket-record';
import type { TicketWrite } from '@firstword/server/records/ticket-store';
import { HAND_OFF_REASONS, type Ticket, type TicketState, URGENCIES } from '@firstword/shared/ticket';
import type { ArchivedConversation } from '../records/fill-archive.ts';
import { createSeededRandom } from '../seeded-random.ts';

const STATES: readonly TicketState[] = [
  'new',
  'needs-review',
  'needs-review',
  'needs-review',
  'in-progress',
  'waiting-visitor',
  'resolved',
  'resolved',
  'resolved',
  'closed',
];
const TAGS = ['delivery', 'return', 'invoice', 'vip', 'address', 'warranty'];

/** In the order of their numbers, which each site counts for itself. */
export function* pastTickets(conversations: readonly ArchivedConversation[]): Generator<TicketWrite> {
  const random = createSeededRandom(11);
  const oneOf = <Item>(items: readonly Item[], otherwise: Item): Item =>
    items[Math.floor(random() * items.length)] ?? otherwise;
  const numbers = new Map<string, number>();
  for (const { id: conversationId, siteId, lastAt, text } of conversations) {
    const number = (numbers.get(siteId) ?? 0) + 1;
    numbers.set(siteId, number);
    const id = `t-${conversationId}`;
    const state = oneOf(STATES, 'new');
    const isDone = state === 'resolved' || state === 'closed';
    const run = state === 'needs-review' ? analysisOf({ id, text, at: lastAt }) : undefined;
    const ticket: Ticket = {
      ...{ id, number, siteId, conversationId, state, version: 3, revision: 1, reopened: 0, openedBy: 'assistant' },
      reason: oneOf(HAND_OFF_REASONS, 'complex'),
      urgency: oneOf(URGENCIES, 'normal'),
      firstLine: text.slice(0, 160),
      openedAt: lastAt,
      changedAt: lastAt + 60_000,
      ...(isDone ? { resolution: 'answered' } : { waitingSince: lastAt }),
      ...(random() < 0.3 ? { tags: [oneOf(TAGS, 'delivery')] } : {}),
      ...(random() < 0.3 ? { email: `visitor.${number}@mail.example` } : {}),
      ...(run === undefined
        ? {}
        : { analysis: { runId: run.run.id, state: run.run.state, verdict: 'pending', stale: false } }),
    };
    yield {
      record: { ticket, inner: { fence: 3, runs: run === undefined ? 0 : 1, analyse: false } },
      events: [{ at: lastAt, action: 'open', actor: { kind: 'assistant' }, to: 'new', version: 1 }],
      ...(run === undefined ? {} : { runs: [run] }),
      dueAt: undefined,
    };
  }
}

function analysisOf({ id, text, at }: { id: string; text: string; at: number }): RunRecord {
  const sentences = ['Thank you for your message.', 'We have asked the carrier and will write again tomorrow.'];
  return {
    run: {
      ...{ id: runIdOf({ id }, 1), ticketId: id, number: 1, revision: 1, state: 'completed', trigger: 'hand-off' },
      content: {
        reading: {
          ...{ summary: `The visitor asks: ${text}`, visitorGoal: 'An answer with a date.', category: 'delivery' },
          ...{ alternatives: [], urgency: 'normal', urgencyReason: '', sentiment: 'neutral', trend: 'steady' },
          language: 'en',
        },
        hypotheses: [{ statement: 'The parcel is late.', confidence: 0.7, status: 'likely', evidence: ['e1'] }],
        evidence: [{ id: 'e1', kind: 'message', sourceId: '1', quote: text.slice(0, 40), found: false }],
        ...{ missingInfo: [], policy: [], nextActions: [], flags: [], dropped: [], alreadySaid: '' },
        reply: {
          text: sentences.join(' '),
          language: 'en',
          sentences: sentences.map((sentence) => ({ text: sentence, citations: [], supported: true })),
        },
        confidence: { value: 0.7, band: 'medium', reasons: [] },
      },
      createdAt: at,
      review: { verdict: 'pending' },
    },
    fencingToken: 1,
    queuedAt: at,
  };
}
