import { expect, test, vi } from 'vitest';
import { createRefusalLog } from './refusal-log.ts';

const page = {
  code: 'unknown-site',
  message: 'Unknown site "shop".',
  site: 'shop',
  origin: 'https://a.example',
} as const;

test('each site and origin is logged once, with the fix', () => {
  const warn = vi.fn();
  const note = createRefusalLog({ warn });
  for (let attempt = 0; attempt < 5; attempt += 1) note(page);
  note({ ...page, origin: 'https://b.example' });
  note({ ...page, code: 'origin-refused' });
  expect(warn.mock.calls.map(([fields]) => fields)).toEqual([
    { code: 'unknown-site', site: 'shop', origin: 'https://a.example', fix: 'Unknown site "shop".' },
    { code: 'unknown-site', site: 'shop', origin: 'https://b.example', fix: 'Unknown site "shop".' },
    { code: 'origin-refused', site: 'shop', origin: 'https://a.example', fix: 'Unknown site "shop".' },
  ]);
});

test('refusals without a configuration mistake are not logged', () => {
  const warn = vi.fn();
  const note = createRefusalLog({ warn });
  for (const code of ['rate-limited', 'draining', 'session-expired'] as const) note({ ...page, code });
  expect(warn).not.toHaveBeenCalled();
});

test('any number of unknown names causes a bounded number of lines', () => {
  const warn = vi.fn();
  const note = createRefusalLog({ warn });
  for (let at = 0; at < 5000; at += 1) note({ ...page, site: at % 2 === 0 ? `${at}`.repeat(500) : [at] });
  expect(warn.mock.calls.length).toBeLessThanOrEqual(1000);
  expect(Math.max(...warn.mock.calls.map(([fields]) => fields.site.length))).toBeLessThanOrEqual(200);
});
