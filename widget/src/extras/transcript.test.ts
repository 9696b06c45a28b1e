import type { Message } from '@firstword/shared/wire';
import { expect, test } from 'vitest';
import { transcript } from './transcript.ts';

const texts = { locale: 'en', assistant: 'Assistant', you: 'You', agent: 'Support team' };

test('a transcript lists each message with its author, time and sources, in order', () => {
  const at = new Date(2026, 0, 2, 15, 4).getTime();
  const messages: Message[] = [
    { seq: 1, id: 'a', from: 'visitor', text: 'May I send it back?', at },
    {
      seq: 2,
      id: 'b',
      from: 'assistant',
      text: 'Within 30 days.[1]\n',
      at,
      citations: [{ n: 1, title: 'Returns', url: '/help/returns' }],
    },
    { seq: 3, id: 'c', from: 'system', text: 'Someone from our team joins.', at },
    { seq: 4, id: 'd', from: 'agent', text: 'Good afternoon.', at },
  ];
  expect(transcript(messages, texts, 'Shop').replaceAll('\u202f', ' ')).toBe(`Shop

You · Jan 2, 2026, 3:04 PM
May I send it back?

Assistant · Jan 2, 2026, 3:04 PM
Within 30 days.[1]
[1] Returns: /help/returns

Shop · Jan 2, 2026, 3:04 PM
Someone from our team joins.

Support team · Jan 2, 2026, 3:04 PM
Good afternoon.
`);
});
