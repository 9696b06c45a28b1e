/** Texts of the page of conversations. */
import type { Failure } from '../api.ts';
import type { ResponderFilter } from '../conversation-filter.ts';
import { commonTexts, countOf } from './common-texts.ts';
import { type Texts, translated } from './translated.ts';

const responders: Record<ResponderFilter, string> = {
  assistant: 'Assistant',
  'waiting-agent': 'Waiting for an agent',
  agent: 'Agent',
  closed: 'Closed',
};

const english = {
  responders,
  title: 'Conversations',
  list: 'All conversations',
  search: 'Search conversations',
  searchHint: 'Messages, names, IDs',
  refresh: 'Refresh list',
  refreshOpen: 'Refresh conversation',
  filterNames: {
    responder: 'Answered by',
    ticket: 'Ticket',
    from: 'From (UTC)',
    to: 'To (UTC)',
  },
  tickets: { without: 'Without a ticket', with: 'With a ticket' },
  clear: 'Clear filters',
  clearSearch: 'Clear search and filters',
  empty: 'No conversations yet. They appear here as soon as a visitor writes.',
  noMatch: 'No conversations match these filters.',
  noMatchFor: (q: string, filtered: boolean) => `No conversations match “${q}”${filtered ? ' and these filters' : ''}.`,
  noMatchHint: 'Search finds whole words in messages, and parts of names, e-mail addresses and IDs.',
  end: (count: number) => countOf(count, 'conversation', 'conversations'),
  visitor: (shortId: string) => `Visitor ${shortId}`.trimEnd(),
  messages: (count: number) => countOf(count, 'message', 'messages'),
  noMessages: 'No messages',
  helpful: (count: number) => `${count} helpful`,
  notHelpful: (count: number) => `${count} not helpful`,
  satisfaction: (score: number) => `Rated ${score} of 5`,
  hasTicket: 'Ticket',
  id: (id: string) => `ID ${id}`,

  noneTitle: 'No conversation selected',
  none: 'Press J and K to move through the list, and Enter to open a conversation. Press F to search the list, and / to search everything.',
  back: 'Back to the list',
  notFound: 'Conversation not found',
  notFoundHint: 'It may have been deleted, or its first message was stored a moment ago.',
  notLoaded: 'Couldn’t load the conversation',
  earlier: 'Show earlier messages',
  loadingEarlier: 'Loading earlier messages…',
  earlierFailed: 'Couldn’t load earlier messages.',
  openTicket: 'Open ticket',
  started: 'started',
  region: (region: string) => `region ${region}`,
  verified: 'Identity verified by the site',
  answeredBy: {
    assistant: 'Answered by the assistant',
    'waiting-agent': 'Waiting for an agent',
    agent: 'Answered by an agent',
    closed: 'Closed',
  } satisfies Record<ResponderFilter, string>,
  visitorIdHint: (visitorId: string) => `Visitor ID ${visitorId}`,
  unavailable:
    'Conversations can’t be shown right now: the database may not be responding. Visitors can still chat, and their messages are kept.',
  unknownSite: 'The server doesn’t have the site that this list is filtered by. Choose another site.',
  listNotLoaded: 'Couldn’t load the conversations.',
} as const;
export type ConversationTexts = Texts<typeof english>;
export const conversationTexts = translated<ConversationTexts>('conversation', english);

/** What can't be shown, and what goes on. */
export function failureText(code: Failure['code']): string {
  switch (code) {
    case 'offline':
      return commonTexts.offline;
    case 'unavailable':
      return conversationTexts.unavailable;
    case 'not-found':
      return conversationTexts.unknownSite;
    default:
      return conversationTexts.listNotLoaded;
  }
}

export const visitorText = (visitorId = '') => conversationTexts.visitor(visitorId.slice(0, 6));
