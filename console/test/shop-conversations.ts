/** Conversations of the demo shop, most of them answered by the assistant alone. */
import type { ConversationDetail } from '@firstword/shared/conversation-records';
import type { Message } from '@firstword/shared/wire';
import { MINUTE, talk } from './ticket-builders.ts';

const QUESTIONS = [
  ['How long do I have to return an item?', 'You can return an item within **30 days** of delivery. Returns are free.'],
  ['What does delivery cost?', 'Delivery costs 4.90 € up to 20 kg, and is free from 100 €.'],
  ['Where is my parcel? The order number is 48213.', 'Your parcel left our warehouse yesterday. It takes 2 to 4 days.'],
  ['Which bulbs fit the lamps?', 'All lamps take E27 bulbs of at most 60 W. LED bulbs are included.'],
  ['Wie pflege ich geöltes Holz?', 'Wischen Sie es trocken ab, und ölen Sie es einmal im Jahr.'],
] as const;

export const LONG_ID = 'c-long';
/** Messages of the long conversation. */
export const LONG = 130;

const PROFILE = {
  subject: '4711',
  name: 'Ada Example',
  email: 'ada@post.example',
  attributes: { plan: 'pro', seats: 4, trial: false, customerSince: '2024-05-01' },
};

/** The newest first. */
export function shopConversations(now: number, count = 120): ConversationDetail[] {
  const plain = Array.from({ length: count }, (_, index) => {
    const [question, answer] = QUESTIONS[index % QUESTIONS.length] ?? QUESTIONS[0];
    const at = now - (index + 6) * 17 * MINUTE;
    return conversation(`c-plain-${index}`, at, talk(at, ['visitor', question], ['assistant', answer]), {
      visitorId: `${(index * 7919 + 40_961).toString(16).padStart(6, '0')}-of-the-shop`,
      siteId: index % 4 === 3 ? 'workshop' : 'demo',
    });
  });
  return [...specialConversations(now), ...plain];
}

function specialConversations(now: number): ConversationDetail[] {
  const oil = talk(
    now - MINUTE,
    ['visitor', 'Can I use linseed oil on the oak desk?'],
    [
      'assistant',
      'Yes. The oak desk is oiled, so you can care for it with:\n\n- hard wax oil, twice a year\n- linseed oil, in a **thin** layer [1]\n\nLet it dry for a day.',
      {
        turnId: 'turn-oil',
        state: 'done',
        citations: [{ n: 1, title: 'Care for oiled wood', url: '/help/oiled-wood', article: 'care' }],
        unsupported: ['Let it dry for a day.'],
      },
    ],
    ['visitor', 'label.png', { file: { id: 'f1', name: 'label.png', type: 'image/png', size: 12_288 } }],
    ['visitor', 'Is that the right oil?'],
    ['assistant', 'It looks like the right one: pure linseed oil.', { turnId: 'turn-oil-2', state: 'stopped' }],
  );
  const many: Parameters<typeof talk>[1][] = Array.from({ length: LONG }, (_, index) =>
    index % 2 === 0
      ? ['visitor', index === 6 ? 'And where is the warranty card?' : `Question ${index / 2 + 1} about the shelf`]
      : ['assistant', `Answer ${(index + 1) / 2} about the shelf. It holds 25 kg on each board.`],
  );
  return [
    conversation('c-oil', now - MINUTE, oil, {
      name: 'Ada Example',
      email: 'ada@post.example',
      verified: true,
      locale: 'en-GB',
      ratings: { up: 1, down: 0 },
      satisfaction: { score: 5, comment: 'Quick and clear' },
    }),
    conversation('c-1042', now - 14 * MINUTE, talk(now, ['visitor', 'You charged me twice for the same desk']), {
      email: 'visitor@post.example',
      responder: 'waiting-agent',
      ticketId: 't-1042',
      ratings: { up: 0, down: 2 },
    }),
    conversation(LONG_ID, now - 60 * MINUTE, talk(now - 60 * MINUTE, ...many), { name: 'Lin Example' }),
  ];
}

function conversation(
  id: string,
  lastAt: number,
  messages: Message[],
  more: Partial<ConversationDetail['conversation']>,
): ConversationDetail {
  const [first] = messages;
  return {
    conversation: {
      ...{ id, siteId: 'demo', visitorId: '5f1c09aa-of-the-shop', locale: 'en', responder: 'assistant' },
      ...{ startedAt: first?.at ?? lastAt, lastAt, lastSeq: messages.length, firstLine: first?.text ?? '' },
      ratings: { up: 0, down: 0 },
      ...more,
    },
    messages,
    earlier: false,
    ratings: more.ratings?.up
      ? [{ messageId: messages[1]?.id ?? '', value: 'up' as const, reason: 'Just what I needed' }]
      : [],
    region: 'eu-central',
    ...(more.verified === undefined ? {} : { identified: true, profile: PROFILE }),
    ...(id === 'c-oil' ? { preChat: { question: 'What is it about?', answer: 'Care of furniture' } } : {}),
  };
}
