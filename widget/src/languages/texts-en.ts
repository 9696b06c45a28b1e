/** The widget's texts in English, and what every other language must provide. */
import type { AckCode } from '@firstword/shared/wire-refusals';
import type { RefusalCode } from '../chat/chat-state.ts';

export interface Texts {
  locale: string;
  region: string;
  open: string;
  close: string;
  dialog(site: string): string;
  fallbackSite: string;
  assistant: string;
  you: string;
  agent: string;
  answersInstantly: string;
  waitingForAgent: string;
  chattingWith(name: string): string;
  closed: string;
  demo: string;
  demoExplained: string;
  menu: string;
  fallbackGreeting: string;
  suggestions: string;
  conversation: string;
  earlier: string;
  newMessages: string;
  write: string;
  send: string;
  stop: string;
  charactersLeft(count: number): string;
  /** `count`: how many too many. */
  charactersOver(count: number): string;
  searching: string;
  stillWorking: string;
  sources: string;
  retry: string;
  edit: string;
  sending: string;
  waitingForConnection: string;
  notSent: Record<AckCode | 'unreachable', string>;
  actionFailed: string;
  /** A file that is fetched on demand could not be fetched. */
  partMissing: string;
  stopped: string;
  interrupted: string;
  failed: string;
  shortened: string;
  typing(name: string): string;
  awayTitle: string;
  connecting: string;
  offline: string;
  refused: Record<RefusalCode, string>;
  reconnect: string;
  now: string;
}

export const texts: Texts = {
  locale: 'en',
  region: 'Support chat',
  open: 'Ask a question',
  close: 'Close chat',
  dialog: (site) => `Chat with ${site}`,
  fallbackSite: 'Support',
  assistant: 'Assistant',
  you: 'You',
  agent: 'Support team',
  answersInstantly: 'Assistant · replies instantly',
  waitingForAgent: 'Our team will reply here',
  chattingWith: (name) => `Chatting with ${name}`,
  closed: 'This conversation is closed',
  demo: 'Demo mode',
  demoExplained: 'No language model is connected. Answers are quoted from the help articles.',
  menu: 'Menu',
  fallbackGreeting: 'How can we help?',
  suggestions: 'Suggested questions',
  conversation: 'Conversation',
  earlier: 'Show earlier messages',
  newMessages: 'New messages',
  write: 'Write a message',
  send: 'Send',
  stop: 'Stop answering',
  charactersLeft: (count) => `${count} characters left`,
  charactersOver: (count) => `${count} characters too many. Shorten your message to send it.`,
  searching: 'Searching the help articles…',
  stillWorking: 'Still working on it…',
  sources: 'Sources',
  retry: 'Try again',
  edit: 'Edit',
  sending: 'Sending…',
  waitingForConnection: 'We’ll send this when you’re back online.',
  notSent: {
    'bad-message': 'We couldn’t read this message.',
    'too-long': 'This message is too long.',
    conflict: 'This message couldn’t be sent.',
    busy: 'We’re very busy right now. Wait a moment.',
    'rate-limited': 'You’re sending messages too quickly. Wait a few seconds.',
    'not-found': 'This conversation no longer exists.',
    closed: 'This conversation is closed.',
    unavailable: 'We can’t receive messages right now.',
    unreachable: 'Not sent. Check your connection.',
  },
  actionFailed: 'That didn’t work.',
  partMissing: 'Part of the chat couldn’t load.',
  stopped: 'You stopped this answer.',
  interrupted: 'The answer was cut off.',
  failed: 'The assistant didn’t answer.',
  shortened: 'The answer was shortened because it was too long.',
  typing: (name) => `${name} is typing…`,
  awayTitle: 'We’re away right now',
  connecting: 'Connecting…',
  offline: 'No connection. We’ll send your messages when it’s back.',
  refused: {
    'unknown-site': 'Chat isn’t set up for this site.',
    'origin-refused': 'Chat isn’t available on this page.',
    'bad-identity': 'Sign in to chat, or reload the page.',
    'session-expired': 'Your previous conversation has expired.',
    'rate-limited': 'Too many connections. We’ll try again shortly.',
  },
  reconnect: 'Reconnect',
  now: 'now',
};
