import { expect, test } from 'vitest';
import { FEED_EVENT_VERSION, feedEventSchema } from './feed-event.ts';

const origin = { v: FEED_EVENT_VERSION, eventId: '1-0', at: 1, siteId: 'acme', conversationId: 'c', visitorId: 'v' };
const message = { seq: 3, id: 'm', from: 'visitor', text: 'Where is it?', at: 1 };

test('a message event holds all that a row of an archive needs', () => {
  const event = { ...origin, type: 'message', locale: 'de', ticketId: 't', region: 'eu', identified: true, message };
  expect(feedEventSchema.parse(event)).toEqual(event);
});

test('an event may leave out what is not known', () => {
  const { visitorId: _, ...least } = origin;
  expect(feedEventSchema.parse({ ...least, type: 'message', message })).toEqual({ ...least, type: 'message', message });
});

test.each([
  ['of another version', { ...origin, v: FEED_EVENT_VERSION + 1, type: 'conversation-erased' }],
  ['of an unknown type', { ...origin, type: 'message-edited' }],
  ['without its conversation', { ...origin, conversationId: undefined, type: 'conversation-erased' }],
  ['with a message that has no seq', { ...origin, type: 'message', message: { ...message, seq: undefined } }],
  ['with a score above 5', { ...origin, type: 'rated', rating: { of: 'conversation', score: 6 } }],
])('an event %s is refused', (_, event) => {
  expect(feedEventSchema.safeParse(event).success).toBe(false);
});
