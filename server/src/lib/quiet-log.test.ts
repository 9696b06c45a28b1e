import { expect, test } from 'vitest';
import { createQuietLog } from './quiet-log.ts';

const MINUTE_MS = 60_000;

function written() {
  const lines: [string, object][] = [];
  const push = (details: object, message: string) => void lines.push([message, details]);
  let now = 0;
  const log = createQuietLog({ warn: push, error: push }, ['siteId'], () => now);
  return {
    log,
    lines,
    pass(ms: number) {
      now += ms;
    },
  };
}

test('a kind is logged once a minute, then with the number of lines that were left out', () => {
  const { log, lines, pass } = written();
  for (let n = 0; n < 10; n++) log.warn({ siteId: 'acme', n }, 'refused a connection');
  expect(lines).toEqual([['refused a connection', { siteId: 'acme', n: 0 }]]);
  pass(MINUTE_MS);
  log.warn({ siteId: 'acme', n: 10 }, 'refused a connection');
  expect(lines[1]).toEqual(['refused a connection', { siteId: 'acme', n: 10, leftOut: 9 }]);
});

test('the message and the given fields tell kinds apart', () => {
  const { log, lines } = written();
  log.warn({ siteId: 'acme' }, 'refused a connection');
  log.warn({ siteId: 'bank' }, 'refused a connection');
  log.error({ siteId: 'acme' }, 'turn failed');
  expect(lines).toHaveLength(3);
});

test('of more than 200 kinds, the others are left out until the next minute', () => {
  const { log, lines, pass } = written();
  for (let n = 0; n < 300; n++) log.warn({ siteId: `site-${n}` }, 'refused a connection');
  expect(lines).toHaveLength(200);
  pass(MINUTE_MS);
  log.warn({ siteId: 'site-299' }, 'refused a connection');
  expect(lines).toHaveLength(201);
});
