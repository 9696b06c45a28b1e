/** Texts about the conversation feed. */
import type { FeedGroup } from '@firstword/shared/feed-status';
import { durationText } from '../figures.ts';
import { countOf } from './common-texts.ts';
import { type Texts, translated } from './translated.ts';

/** Consumers that agents may know; others are shown by their name. */
const groups: Record<string, string> = {
  archive: 'Archive (conversations, search)',
  console: 'Console (live messages)',
  'reply-mail': 'Replies by e-mail',
  tickets: 'Tickets',
  webhooks: 'Webhooks',
};

const types: Record<string, string> = {
  message: 'Message',
  'turn-ended': 'End of a turn',
  'responder-changed': 'Change of responder',
  'hand-off-requested': 'Hand-off',
  rated: 'Rating',
  read: 'Read mark',
  'conversation-closed': 'Closed conversation',
  'conversation-erased': 'Erased conversation',
};

const english = {
  groups,
  types,
  unreadable: 'Unreadable event',
  title: 'Event processing',
  caption: 'Progress of each consumer',
  hint: 'What follows a message, such as the archive or an e-mail, is done by consumers. They are behind, or could not process an event.',
  columns: { group: 'Consumer', lag: 'Behind by', waiting: 'Waiting', processes: 'Processes', setAside: 'Set aside' },
  setAsideTitle: (count: number) => `${countOf(count, 'event', 'events')} set aside`,
  setAsideHint:
    'A consumer failed five times at these events. Fix the cause, then redeliver them. A redelivered event comes after newer ones of its conversation.',
  tries: (count: number) => countOf(count, 'try', 'tries'),
  happened: 'happened',
  openConversation: 'Open conversation',
  redeliver: 'Redeliver',
  remove: 'Delete',
  confirmRemove: 'Delete for good',
  named: (action: string, type: string, group: string) => `${action}, ${type} for ${group}`,
  delivered: 'Event delivered.',
  deleted: 'Event deleted.',
  failedAgain: (reason: string) => `The consumer failed again: ${reason}`,
  failed: (message: string) => `Couldn’t do that: ${message}`,
} as const;
export type FeedTexts = Texts<typeof english>;
export const feedTexts = translated<FeedTexts>('feed', english);

export const typeName = (type: string | undefined) =>
  type === undefined ? feedTexts.unreadable : (feedTexts.types[type] ?? type);
export const groupName = (group: string) => feedTexts.groups[group] ?? group;
export const lagText = ({ lagSeconds }: Pick<FeedGroup, 'lagSeconds'>) =>
  lagSeconds === 0 ? '–' : durationText(lagSeconds * 1000);
