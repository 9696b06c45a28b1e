/** An answer with every element that answers may contain. */
import type { Script } from './script.ts';

export const showcase: Pick<Script, 'answer' | 'citations'> = {
  answer: `You can send back **unopened bags within 30 days** of delivery.[1] Opened coffee is different: tell us within 7 days and we send a replacement.[2]

### What to do

1. Open your order at [your account](https://shop.example/account).
2. Choose *Return*, then print the label for \`order_id\` 4711.
3. Drop the parcel at any pickup point.

| Item | Return within | Cost |
|---|---|---|
| Unopened coffee | 30 days | free |
| Grinders | 60 days | free |

> Refunds reach your card 3 to 5 days after the parcel arrives.

- Parcels without a label take longer.
- Write to help@shop.example if the label is missing.

\`\`\`
Return code: FW-4711
\`\`\`
`,
  citations: [
    {
      n: 1,
      title: 'Returns and refunds',
      url: '/articles/returns',
      excerpt: 'Unopened bags come back within 30 days of delivery, at our cost; opened ones are another matter.',
    },
    { n: 2, title: 'When a bag arrives damaged or stale, and what we do about it', url: '/articles/damaged' },
  ],
};
