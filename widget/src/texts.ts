/** Every word the widget says. English is built in; other languages are fetched one at a time, when asked for. */
import type { AckCode, ConnectCode } from '@firstword/shared/wire';
import { signal } from '@preact/signals';

export interface Texts {
  locale: string;
  region: string;
  open: string;
  close: string;
  dialog(site: string): string;
  fallbackSite: string;
  assistant: string;
  you: string;
  person: string;
  answersAtOnce: string;
  waitsForPerson: string;
  isHere(name: string): string;
  closed: string;
  demo: string;
  demoMeans: string;
  menu: string;
  talkToPerson: string;
  personAsked: string;
  personNotAsked: string;
  fallbackGreeting: string;
  suggestions: string;
  conversation: string;
  earlier: string;
  newText: string;
  write: string;
  send: string;
  stop: string;
  charactersLeft(count: number): string;
  reading: string;
  stillWorking: string;
  sources: string;
  copy: string;
  copied: string;
  good: string;
  bad: string;
  thanks: string;
  again: string;
  retry: string;
  edit: string;
  sending: string;
  waitsForLink: string;
  notSent: Record<AckCode | 'unreachable', string>;
  actionFailed: string;
  stopped: string;
  interrupted: string;
  failed: string;
  shortened: string;
  typing(name: string): string;
  awayTitle: string;
  saveTranscript: string;
  sound: string;
  endChat: string;
  ended: string;
  goOn: string;
  startAnew: string;
  connecting: string;
  offline: string;
  refused: Record<ConnectCode, string>;
  reconnect: string;
  now: string;
}

export const english: Texts = {
  locale: 'en',
  region: 'Support chat',
  open: 'Ask a question',
  close: 'Close chat',
  dialog: (site) => `Chat with ${site}`,
  fallbackSite: 'Support',
  assistant: 'Assistant',
  you: 'You',
  person: 'A person',
  answersAtOnce: 'Assistant · replies at once',
  waitsForPerson: 'A person is being called',
  isHere: (name) => `${name} is here`,
  closed: 'This conversation is closed',
  demo: 'Demo engine',
  demoMeans: 'No language model is connected: answers are quotations from the help articles.',
  menu: 'Menu',
  talkToPerson: 'Talk to a person',
  personAsked: 'A person has been asked to join.',
  personNotAsked: 'The request did not get through. Please try again.',
  fallbackGreeting: 'What can we help you with?',
  suggestions: 'Suggested questions',
  conversation: 'Conversation',
  earlier: 'Show earlier messages',
  newText: 'New text',
  write: 'Write a message',
  send: 'Send',
  stop: 'Stop the answer',
  charactersLeft: (count) => `${count} characters left`,
  reading: 'Looking in the help articles…',
  stillWorking: 'Still working on it…',
  sources: 'Sources',
  copy: 'Copy',
  copied: 'Copied',
  good: 'Helpful',
  bad: 'Not helpful',
  thanks: 'Thank you',
  again: 'Answer again',
  retry: 'Try again',
  edit: 'Edit',
  sending: 'Sending…',
  waitsForLink: 'Sent when the connection is back.',
  notSent: {
    'bad-message': 'This message could not be read.',
    'too-long': 'This message is too long.',
    conflict: 'This message was changed on the way.',
    busy: 'Many people are writing just now.',
    'rate-limited': 'That was a lot at once. Wait a moment.',
    'not-found': 'This conversation no longer exists.',
    closed: 'This conversation is closed.',
    unavailable: 'The service cannot take messages just now.',
    unreachable: 'Not sent: no answer from the server.',
  },
  actionFailed: 'That did not get through.',
  stopped: 'You stopped this answer.',
  interrupted: 'The answer broke off here.',
  failed: 'No answer came.',
  shortened: 'The answer was cut short because it grew too long.',
  typing: (name) => `${name} is writing…`,
  awayTitle: 'Nobody is here right now',
  saveTranscript: 'Save the conversation',
  sound: 'Sound for new messages',
  endChat: 'End chat',
  ended: 'You ended this chat.',
  goOn: 'Go on writing',
  startAnew: 'New conversation',
  connecting: 'Connecting…',
  offline: 'No connection. Messages are sent when it is back.',
  refused: {
    'unknown-site': 'This chat is not set up for this site.',
    'origin-refused': 'This chat may not run on this page.',
    'bad-identity': 'Your sign-in could not be checked. Reload the page to sign in again.',
    'session-expired': 'Your earlier conversation has expired.',
    'rate-limited': 'Too many connections. Trying again shortly.',
    draining: 'Moving to another server…',
  },
  reconnect: 'Connect again',
  now: 'now',
};

/** One entry for each language besides English; each is a file of its own that is fetched when needed. */
export const LANGUAGES: Readonly<Record<string, () => Promise<{ texts: Texts }>>> = {
  de: () => import('./languages/texts-de.ts'),
  fr: () => import('./languages/texts-fr.ts'),
  es: () => import('./languages/texts-es.ts'),
  pt: () => import('./languages/texts-pt.ts'),
  it: () => import('./languages/texts-it.ts'),
  nl: () => import('./languages/texts-nl.ts'),
  pl: () => import('./languages/texts-pl.ts'),
  tr: () => import('./languages/texts-tr.ts'),
  ja: () => import('./languages/texts-ja.ts'),
  zh: () => import('./languages/texts-zh.ts'),
  ar: () => import('./languages/texts-ar.ts'),
  he: () => import('./languages/texts-he.ts'),
};

export const texts = signal(english);
let asked = 'en';

/** Takes the nearest language there is: `de-AT` is served by `de`, an unknown one by English. */
export async function loadTexts(locale: string): Promise<void> {
  const language = locale.toLowerCase().split('-')[0] ?? 'en';
  const load = LANGUAGES[language];
  asked = language;
  const loaded = load ? await load().catch(() => undefined) : undefined;
  // A file that comes late must not undo a later choice.
  if (asked === language) texts.value = loaded?.texts ?? english;
}
