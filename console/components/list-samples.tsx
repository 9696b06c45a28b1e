/** Rows of tickets and conversations, and what lists show without rows. */
import type { ListedConversation } from '@firstword/shared/conversation-records';
import type { Ticket } from '@firstword/shared/ticket';
import { ConversationRow } from '../src/ui/conversation-row.tsx';
import { LoadMore } from '../src/ui/load-more.tsx';
import { TicketRow } from '../src/ui/ticket-row.tsx';
import { agent, otherAgent, ticket } from '../test/ticket-builders.ts';
import { LONG_TEXT, nothing, RTL_TEXT, Sample } from './sample.tsx';

const NOW = Date.now();
const TICKETS: readonly (readonly [name: string, more: Partial<Ticket>, selected?: boolean])[] = [
  ['Ticket', { firstLine: 'The lamp arrived with a cracked shade' }],
  ['Ticket, critical, with tags', { urgency: 'critical', reason: 'legal', tags: ['late-delivery', 'vip', 'توصيل'] }],
  ['Ticket, long text', { urgency: 'high', firstLine: LONG_TEXT, assignee: otherAgent }],
  [
    'Ticket, right to left',
    { firstLine: RTL_TEXT, state: 'in-progress', assignee: { id: agent.id, name: agent.name } },
  ],
  ['Ticket, selected', { firstLine: 'Two spare screws are missing from the box' }, true],
];
const PLACE = { 'aria-setsize': 1, 'aria-posinset': 1 };
const conversation = (more: Partial<ListedConversation>): ListedConversation => ({
  ...{ id: 'c-1', siteId: 'demo', visitorId: '5f1c09aa-of-the-shop', responder: 'assistant', lastSeq: 5 },
  ...{ startedAt: NOW - 600_000, lastAt: NOW - 60_000, firstLine: 'Can I use linseed oil on the oak desk?' },
  ...{ ratings: { up: 1, down: 0 } },
  ...more,
});
const CONVERSATIONS: readonly (readonly [name: string, more: Partial<ListedConversation>, q?: string])[] = [
  ['Conversation', {}],
  ['Conversation, verified', { name: 'Ada Example', email: 'ada@post.example', verified: true }],
  [
    'Conversation, long text',
    { name: LONG_TEXT, email: 'a'.repeat(60), firstLine: LONG_TEXT, responder: 'waiting-agent' },
  ],
  [
    'Conversation, right to left',
    { name: 'ليلى', firstLine: RTL_TEXT, responder: 'agent', ratings: { up: 0, down: 2 } },
  ],
  [
    'Conversation, found',
    { match: { seq: 3, excerpt: '… where is the warranty card?', marks: [[15, 23]] }, responder: 'closed' },
    'warranty',
  ],
];

export function ListSamples() {
  return (
    <>
      {TICKETS.flatMap(([name, more, isSelected]) =>
        [false, true].map((current) => (
          <Sample key={`${name} ${current}`} name={`${name}${current ? ', open' : ''}`} kind="list">
            <div class="list">
              <ul>
                <TicketRow
                  place={PLACE}
                  ticket={ticket(1042, NOW, more)}
                  href="#ticket"
                  current={current}
                  siteName={current ? 'Wendleby Outlet' : undefined}
                  picture={undefined}
                  mine={more.assignee?.id === agent.id}
                  viewers={current ? ['Second Agent'] : []}
                  isSelected={isSelected}
                  readOnly={false}
                  onSelect={nothing}
                  onOpen={nothing}
                />
              </ul>
            </div>
          </Sample>
        )),
      )}
      {CONVERSATIONS.map(([name, more, q]) => (
        <Sample key={name} name={name} kind="list">
          <div class="list">
            <ul>
              <ConversationRow
                place={PLACE}
                conversation={conversation(more)}
                q={q}
                siteName="Wendleby"
                href="#conversation"
                current={false}
                onOpen={nothing}
              />
            </ul>
          </div>
        </Sample>
      ))}
      {[undefined, 'Can’t reach the server.'].map((failed) => (
        <Sample key={failed} name={failed === undefined ? 'Next page' : 'Next page, failed'} kind="list">
          <div class="list">
            <LoadMore label="Loading more…" busy={failed === undefined} failed={failed} onMore={nothing} />
          </div>
        </Sample>
      ))}
      <Sample name="List without rows" kind="list">
        <div class="list">
          <p class="list__empty">Nothing to review. New tickets appear here automatically.</p>
        </div>
      </Sample>
      <Sample name="List lines" kind="list">
        <div class="list">
          <p class="list__line">Can’t reach the server. Check your connection and try again.</p>
          <button type="button" class="list__arrived">
            2 new tickets
          </button>
        </div>
      </Sample>
    </>
  );
}
