import { expect, test } from 'vitest';
import { filterCount, filterQuery, readFilter } from './conversation-filter.ts';

test('filters are written to the URL and read from it', () => {
  const filter = { q: 'blue & green', site: 'acme', responder: 'agent', from: '2026-05-20' } as const;
  expect(filterQuery(filter)).toBe('q=blue+%26+green&site=acme&responder=agent&from=2026-05-20');
  expect(readFilter(filterQuery(filter))).toEqual(filter);
  expect(filterCount(filter)).toBe(3);
});

test('what the server would refuse is left out, and empty values, too', () => {
  const odd = 'q=%20&site=No%20Site&responder=robot&ticket=maybe&rated=5&from=yesterday&to=2026-13-40&x=1';
  expect(readFilter(odd)).toEqual({});
  expect(readFilter(`q=${'x'.repeat(201)}`)).toEqual({});
  expect(filterQuery({ q: '  ', ticket: undefined, rated: '' })).toBe('');
});
