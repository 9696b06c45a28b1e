import { expect, test } from 'vitest';
import { writeExportPage } from './export-page.ts';

test('what a visitor wrote is text on the page, whatever it contains', () => {
  const page = writeExportPage({
    exportedAt: 0,
    visitors: [{ siteId: 'acme', visitorId: 'v' }],
    sessions: [],
    conversations: [
      {
        conversation: {
          ...{ id: 'c', siteId: 'acme', startedAt: 0, lastAt: 0, lastSeq: 1, firstLine: '', responder: 'assistant' },
          ratings: { up: 0, down: 0 },
        },
        messages: [{ seq: 1, id: 'm', from: 'visitor', text: '</p><script>alert(1)</script> & more', at: 0 }],
        ...{ ratings: [], files: [], calls: [], tickets: [], preChat: { name: '"><img src=x onerror=alert(1)>' } },
      },
    ],
  });
  expect(page).not.toMatch(/<script|<img/);
  expect(page).toContain('&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; more');
});
